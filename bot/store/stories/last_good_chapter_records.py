"""Rows of last valid chapters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastGoodChapter:
    """The identity and digest of a chapter whose file was last found valid."""

    chapter: str
    """The key of the chapter."""
    digest: str
    kept: bool
    """Whether the contents are kept, as they are until the release."""
    cleared: bool
    """Whether it was found not to be a copy of another chapter."""
