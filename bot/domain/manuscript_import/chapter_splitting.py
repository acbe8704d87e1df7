"""Division of a source into chapters."""

from __future__ import annotations

from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import Source


def split_chapters(source: Source, log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters of a source in order, by its own structure."""
    del log
    return [
        ChapterDraft(index, document.blocks, document.title, footnotes=document.footnotes)
        for index, document in enumerate(source.documents)
    ]
