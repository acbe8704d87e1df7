"""The engines and the lock of one database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine.locks import Lock
from bot.store.engine.sqlite_files import SqliteFiles


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines and the lock of one database."""

    writing: AsyncEngine
    reading: AsyncEngine
    """May be the same as `writing`."""
    lock: Lock
    migrating: AsyncEngine
    """Has no time limit for statements."""
    files: SqliteFiles | None = None
    """The files of a SQLite database."""

    async def close(self) -> None:
        """Close every connection, then release the lock."""
        await self.writing.dispose()
        await self.reading.dispose()
        await self.migrating.dispose()
        await self.lock.release()
