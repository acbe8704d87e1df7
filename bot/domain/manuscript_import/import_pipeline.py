"""The steps of an import between reading and writing: clean, split, clean each chapter, render."""

from __future__ import annotations

from collections.abc import Set

from bot.domain.manuscript_import.chapter_cleanup import clean_chapters
from bot.domain.manuscript_import.chapter_rendering import render_story
from bot.domain.manuscript_import.chapter_splitting import split_chapters
from bot.domain.manuscript_import.document_cleanup import clean_documents
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.import_progress import ImportProgress, ImportStep, pass_over
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.manuscript_import.source_document import Source

_PASSES = 4


def import_source(
    source: Source, *, refused: Set[str] = frozenset(), progress: ImportProgress = pass_over
) -> ImportedStory:
    """Make chapters of a source.

    The same source gives the same chapters and decisions.

    Args:
        source: What was read.
        refused: Ids of the decisions that the author has undone.
        progress: Told of `ImportStep.CLEAN`.
    """
    log = DecisionLog(refused)
    progress(ImportStep.CLEAN, 0, _PASSES)
    cleaned = clean_documents(source, log)
    progress(ImportStep.CLEAN, 1, _PASSES)
    drafts = split_chapters(cleaned, log)
    progress(ImportStep.CLEAN, 2, _PASSES)
    drafts = clean_chapters(drafts, cleaned, log)
    progress(ImportStep.CLEAN, 3, _PASSES)
    story = render_story(cleaned, drafts, log)
    progress(ImportStep.CLEAN, _PASSES, _PASSES)
    return story
