"""Result of writing an import, and what is left to the author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class ConflictAnswer(StrEnum):
    """Treatment of a chapter that both its author and its source have changed."""

    KEEP_MINE = auto()
    TAKE_SOURCE = auto()
    BESIDE = auto()
    """Keep the author's, and write the source's as a draft after it."""


@dataclass(frozen=True, slots=True)
class ConflictAnswers:
    """The author's answers for an import."""

    default: ConflictAnswer | None = None
    """For all files that have none of their own."""
    by_file: Mapping[str, ConflictAnswer] = field(default_factory=dict)


class StoryNotImported(ValueError):
    """The story has chapters, and none came from an import."""


@dataclass(frozen=True, slots=True)
class ImportConflict:
    """A chapter that both its author and its source have changed."""

    file: str
    mine: str
    """The file's text."""
    source: str
    """The text that the source would give."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Files of an import by what became of them, each below the folder of chapters."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    conflicts: tuple[ImportConflict, ...] = ()
    """Not written: an answer is needed."""
    vanished: tuple[str, ...] = ()
    """No longer in the source; they are kept."""
    taken_out: tuple[str, ...] = ()
    """Titles of chapters whose files the author has taken out; they are not written again."""
    lost_pictures: tuple[str, ...] = ()
    """For each picture that could not be kept: which, and why."""
