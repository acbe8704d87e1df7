"""Figures of an import: chapters, words, parts, and what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.domain.manuscript_import.imported_story import ImportedStory


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Figures of an import."""

    chapters: int
    words: int
    parts: int
    decided: dict[str, int]
    """Decisions that were carried out, by their kind and reason in words: `dropped: a counter of the web page`."""


def sum_up(story: ImportedStory) -> ImportSummary:
    """Return the figures of an import."""
    decided = Counter(
        f"{each.kind.value.replace('_', ' ')}: {each.reason}" for each in story.decisions if not each.undone
    )
    return ImportSummary(
        len(story.chapters),
        sum(len(chapter.body.split()) for chapter in story.chapters),
        len({chapter.part for chapter in story.chapters if chapter.part}),
        dict(decided.most_common()),
    )
