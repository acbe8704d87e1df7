"""Rows that counters are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ThreadCommentCount:
    """A thread of a chapter, and how many of its messages are not the bot's."""

    thread_id: int
    release_id: int
    guild_id: int | None
    count: int
    counted_at: datetime

    def recounted(self, count: int, now: datetime) -> ThreadCommentCount:
        """The same after another look."""
        return replace(self, count=count, counted_at=now)


@dataclass(frozen=True, slots=True)
class DropOffRow:
    """So many people came to that offset of that revision's text, which is so long, and no further."""

    release_id: int
    offset: int
    length: int
    people: int
