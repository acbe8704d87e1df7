"""The steps of an import between reading and writing: clean, split, clean each chapter, render."""

from __future__ import annotations

from collections.abc import Set

from bot.domain.manuscript_import.chapter_cleanup import clean_chapters
from bot.domain.manuscript_import.chapter_rendering import render_story
from bot.domain.manuscript_import.chapter_splitting import split_chapters
from bot.domain.manuscript_import.document_cleanup import clean_documents
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.manuscript_import.source_document import Source


def import_source(source: Source, *, refused: Set[str] = frozenset()) -> ImportedStory:
    """Make chapters of a source.

    The same source gives the same chapters and decisions.

    Args:
        source: What was read.
        refused: Ids of the decisions that the author has undone.
    """
    log = DecisionLog(refused)
    cleaned = clean_documents(source, log)
    drafts = split_chapters(cleaned, log)
    return render_story(cleaned, clean_chapters(drafts, cleaned, log), log)
