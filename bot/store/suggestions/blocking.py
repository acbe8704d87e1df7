"""Readers from whom stories take no more ideas."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import blocked


class BlockRepository:
    """Readers from whom a story takes no more ideas, known only by a keyed hash of their id.

    There is one block for each idea that somebody was blocked by, whoever that was: so nothing that an author can do
    with blocks tells whether two ideas are of one person.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, suggestion: int, story: str, hashed: str | None, *, by: int, at: datetime) -> None:
        """Block whoever made that idea, None where that cannot be known any more; once more changes nothing."""
        await self._connection.execute(
            upsert.insert(self._connection, blocked)
            .values(suggestion=suggestion, story=story, hash=hashed, by=by, at=at)
            .on_conflict_do_nothing(index_elements=["suggestion"])
        )

    async def is_blocked(self, story: str, hashed: str) -> bool:
        """Whether any block of that story stands for them."""
        found = await self._connection.execute(
            select(blocked.c.suggestion).where(blocked.c.story == story, blocked.c.hash == hashed).limit(1)
        )
        return found.first() is not None

    async def find_story(self, suggestion: int) -> str | None:
        """The story of the block made with that idea, which may be gone; None where there is no such block."""
        found = await self._connection.execute(
            select(blocked.c.story).where(blocked.c.suggestion == suggestion)
        )
        story: str | None = found.scalar_one_or_none()
        return story

    async def remove(self, suggestion: int) -> bool:
        """Undo the block made with that idea, and no other; False if there is none."""
        lifted = await self._connection.execute(delete(blocked).where(blocked.c.suggestion == suggestion))
        return lifted.rowcount == 1
