"""Small values remembered by key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import setting


class KeyValueStore:
    """Small strings remembered by key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: str) -> str | None:
        """Return the value of a key, or None if it was never set."""
        wanted = select(setting.c.value).where(setting.c.key == key)
        return (await self._connection.execute(wanted)).scalar_one_or_none()

    async def set(self, key: str, value: str) -> None:
        """Store a value under a key."""
        new = upsert.insert(self._connection, setting).values(key=key, value=value)
        await self._connection.execute(
            new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value})
        )

    async def set_default(self, key: str, value: str) -> str:
        """Store a value unless the key has one, and return the value that the key has then."""
        new = upsert.insert(self._connection, setting).values(key=key, value=value)
        await self._connection.execute(new.on_conflict_do_nothing(index_elements=["key"]))
        return await self.get(key) or value
