"""Readers who are blocked from suggesting to a story."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import blocked


class BlockRepository:
    """Blocks of readers, who are known only by a keyed hash of their id.

    There is one block for each suggestion that led to one, whoever made it. So nothing that an author can do with
    blocks shows whether two suggestions are by the same person.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, suggestion: int, story: str, hashed: str | None, *, by: int, at: datetime) -> None:
        """Block the suggester of that suggestion; a second block for it changes nothing.

        `hashed` is None if the suggester is not known any more.
        """
        await self._connection.execute(
            upsert.insert(self._connection, blocked)
            .values(suggestion=suggestion, story=story, hash=hashed, by=by, at=at)
            .on_conflict_do_nothing(index_elements=["suggestion"])
        )

    async def is_blocked(self, story: str, hashed: str) -> bool:
        """Return whether a person is blocked from a story."""
        found = await self._connection.execute(
            select(blocked.c.suggestion).where(blocked.c.story == story, blocked.c.hash == hashed).limit(1)
        )
        return found.first() is not None

    async def find_story(self, suggestion: int) -> str | None:
        """Return the story of the block for that suggestion, which may itself be deleted."""
        found = await self._connection.execute(
            select(blocked.c.story).where(blocked.c.suggestion == suggestion)
        )
        story: str | None = found.scalar_one_or_none()
        return story

    async def remove(self, suggestion: int) -> bool:
        """Remove only the block for that suggestion; False if there is none."""
        lifted = await self._connection.execute(delete(blocked).where(blocked.c.suggestion == suggestion))
        return lifted.rowcount == 1
