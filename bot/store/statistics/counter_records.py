"""Rows of comment counts and drop-offs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ThreadCommentCount:
    """A thread of a chapter and the number of messages in it that are not the bot's."""

    thread_id: int
    release_id: int
    guild_id: int | None
    count: int
    counted_at: datetime

    def recounted(self, count: int, now: datetime) -> ThreadCommentCount:
        """Return a copy with a new count."""
        return replace(self, count=count, counted_at=now)


@dataclass(frozen=True, slots=True)
class DropOffRow:
    """The number of people who read to an offset of a revision's text, and no further."""

    release_id: int
    offset: int
    length: int
    """The length of that text."""
    people: int


@dataclass(frozen=True, slots=True)
class StoryGrowth:
    """A story's new readers, reads and votes since a moment."""

    readers: int = 0
    """People who read their first chapter of it."""
    reads: int = 0
    """Chapters that somebody read for the first time."""
    votes: int = 0
    """People who starred a chapter, over all chapters."""


@dataclass(frozen=True, slots=True)
class GrowingThread:
    """A chapter's thread with new comments."""

    thread_id: int
    guild_id: int | None
    chapter: int
    """The chapter's number."""
    grown: int
    """The number of new comments."""
