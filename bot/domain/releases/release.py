"""Releases: chapters that are out, with the text as it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.stories.chapter_prompts import Prompt


@dataclass(frozen=True, slots=True)
class Release:
    """A released chapter without its text."""

    id: int
    story: str
    chapter: str
    number: int
    """Position among the story's releases, from 1."""
    title: str
    at: datetime
    """The slot or moment that the release belongs to."""
    released_at: datetime
    """When the bot really released it."""
    revision: int
    """Number of the current text, from 1; a withdrawal and a return count too."""
    words: int
    backlog: bool = False
    """Set for chapters that were already out when the bot first saw the story."""
    withdrawn_at: datetime | None = None
    """Set while the author has withdrawn the chapter."""

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the author has withdrawn it for now: its text is shown to nobody."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of one revision of a release, as readers get it."""

    release_id: int
    revision: int
    title: str
    text: str
    warnings: tuple[str, ...]
    note_before: str | None
    note_after: str | None
    pov: str | None
    thanks: tuple[int, ...]
    digest: str
    """The chapter file's digest at that time."""
    announced: int | None = None
    """The highest number of the author's revision notes so far."""
    announcement: str | None = None
    """The author's note on the change; None for a silent change."""
    prompt: Prompt | None = None
    """The prompt after this chapter in particular."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture's bytes, kept with the release so that posts outlive the file."""

    path: str
    media_type: str
    data: bytes
