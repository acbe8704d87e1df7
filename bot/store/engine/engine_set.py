"""What a kind of database brings with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine.locks import Lock
from bot.store.engine.sqlite_files import SqliteFiles


@dataclass(frozen=True, slots=True)
class EngineSet:
    """Engines for transactions that write and for those that only read (perhaps one and the same), and the lock.
    `migrating` is for what may take its time; `files` are a SQLite file's."""

    writing: AsyncEngine
    reading: AsyncEngine
    lock: Lock
    migrating: AsyncEngine
    files: SqliteFiles | None = None

    async def close(self) -> None:
        """Close every connection, then let the lock go."""
        await self.writing.dispose()
        await self.reading.dispose()
        await self.migrating.dispose()
        await self.lock.release()
