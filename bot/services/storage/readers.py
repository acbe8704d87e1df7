"""Places and votes of people."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.reader import Bookmark


class Readers(Protocol):
    """Places and votes of people."""

    async def bookmark(self, user_id: int, story: str) -> Bookmark | None: ...

    async def bookmarks(self, user_id: int) -> list[Bookmark]:
        """All of a reader, the most recently read first."""
        ...

    async def keep(self, bookmark: Bookmark) -> None:
        """Insert or replace; the furthest place never goes back."""
        ...

    async def vote(self, release_id: int, user_id: int, now: datetime) -> bool:
        """Count a vote; False if it was there."""
        ...

    async def unvote(self, release_id: int, user_id: int) -> bool: ...

    async def votes(self, release_id: int) -> int: ...
