"""Progress of an import, as whoever waits for it is told."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum, auto


class ImportStep(StrEnum):
    """A step of an import, in their order."""

    READ = auto()
    """Its parts are files, or the pages of a book."""
    CLEAN = auto()
    """Its parts are passes over the whole text."""
    WRITE = auto()
    """Its parts are chapters."""


ImportProgress = Callable[[ImportStep, int, int], None]
"""Told a step, how many of its parts are done, and how many there are."""

PartsDone = Callable[[int, int], None]
"""Told how many parts of one step are done, and how many there are."""


def pass_over(*_: object) -> None:
    """Tell nobody."""
