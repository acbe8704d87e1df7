"""Writing of cleaned chapters as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft, ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source


def render_story(source: Source, drafts: Sequence[ChapterDraft], log: DecisionLog) -> ImportedStory:
    """Return the story with its chapters as Markdown."""
    chapters = tuple(
        ImportedChapter(
            draft.title or f"Chapter {number}",
            "\n\n".join(block.text for block in draft.blocks) + "\n",
            f"{source.documents[draft.document].name}#{number}",
            draft.document,
        )
        for number, draft in enumerate(drafts, 1)
    )
    return ImportedStory(source, chapters, log.decisions(), source.title, source.author, source.language)
