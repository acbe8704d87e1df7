"""Readers from whom stories take no more ideas."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import upsert
from bot.store.tables import blocked


class SqlBlocks:
    """Blocked readers; see `bot.services.storage.suggestions.Blocks`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, story: str, hashed: str, *, suggestion: int, by: int, at: datetime) -> bool:
        """Block somebody; False if they were."""
        added = await self._connection.execute(
            upsert.insert(self._connection, blocked)
            .values(story=story, hash=hashed, suggestion=suggestion, by=by, at=at)
            .on_conflict_do_nothing(index_elements=["story", "hash"])
        )
        return added.rowcount == 1

    async def has(self, story: str, hashed: str) -> bool:
        """Whether that story takes no more ideas from them."""
        found = await self._connection.execute(
            select(blocked.c.hash).where(blocked.c.story == story, blocked.c.hash == hashed)
        )
        return found.scalar_one_or_none() is not None

    async def lift(self, story: str, *, hashed: str | None, suggestion: int) -> bool:
        """Unblock whoever that hash stands for, or was blocked by that idea; False if nobody was."""
        theirs = blocked.c.suggestion == suggestion
        if hashed is not None:
            theirs = or_(theirs, blocked.c.hash == hashed)
        lifted = await self._connection.execute(delete(blocked).where(blocked.c.story == story, theirs))
        return lifted.rowcount > 0
