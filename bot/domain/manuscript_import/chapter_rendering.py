"""Writing of cleaned chapters as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.manuscript_import.disclaimers import story_disclaimer
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft, ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source
from bot.domain.manuscript_import.work_preface import story_summary


def render_story(source: Source, drafts: Sequence[ChapterDraft], log: DecisionLog) -> ImportedStory:
    """Return the story with its chapters as Markdown."""
    chapters = tuple(
        ImportedChapter(
            draft.title or f"Chapter {number}",
            "\n\n".join(block.text for block in draft.blocks) + "\n",
            f"{source.documents[draft.document].name}#{number}",
            draft.document,
            part=draft.part,
            note_before=draft.note_before,
            note_after=draft.note_after,
            pov=draft.pov,
            warnings=draft.warnings,
        )
        for number, draft in enumerate(drafts, 1)
    )
    return ImportedStory(
        source,
        chapters,
        log.decisions(),
        source.title,
        source.author,
        source.language,
        summary=story_summary(log.decisions()),
        disclaimer=story_disclaimer(drafts),
    )
