"""Places and votes of people, and what they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.reading.bookmark import Bookmark

PRIVATE = 0
"""Stands for the message of a vote that was given in a private reader."""


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody read in a chapter at that instant, and was the first time seen to."""

    release_id: int
    user_id: int
    at: datetime


class Readers(Protocol):
    """Places and votes of people, and what they read."""

    async def bookmark(self, user_id: int, story: str) -> Bookmark | None: ...

    async def bookmarks(self, user_id: int) -> list[Bookmark]:
        """All of a reader, the most recently read first."""
        ...

    async def keep(self, bookmark: Bookmark, *, settle: bool = False) -> None:
        """Insert or replace; the furthest they have seen never goes back, and their place only where they `settle`."""
        ...

    async def vote(self, release_id: int, user_id: int, message_id: int, now: datetime) -> bool:
        """Count a star on that message of the chapter (`PRIVATE`: from a private reader); False if it was there.
        However many messages somebody stars, they are one vote."""
        ...

    async def unvote(self, release_id: int, user_id: int, message_id: int) -> bool:
        """Take that one star back; False if there was none."""
        ...

    async def starred(self, release_id: int, user_id: int) -> bool:
        """Whether that person has a vote for the chapter, from wherever."""
        ...

    async def votes(self, release_id: int) -> int:
        """How many people have a vote for the chapter."""
        ...

    async def read(
        self, release_id: int, user_id: int, now: datetime, *, furthest: int, revision: int
    ) -> None:
        """Somebody has had the chapter before them in a private reader, up to that offset of that revision's text:
        the end of the page. The furthest they came never goes back; in a newer revision's text it begins anew."""
        ...

    async def read_all(self, reads: Sequence[Read]) -> None:
        """These people turned or starred a post of these chapters; who is known as a reader already stays as is."""
        ...
