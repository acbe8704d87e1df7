"""Keeping a second bot off the database, by locks that die with their process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import filelock
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.errors import DatabaseBusy, DatabaseUnusable

_HEARTBEAT = 5.0
"""Seconds between two looks at the lock's connection, and how long its answer may take."""

_TRIES = 20
_BETWEEN_TRIES = 0.1

# The key's first half is ours, the second the schema's, so that one database can hold several bots.
_KEY = "1178686275, hashtext(coalesce(current_schema()::text, ''))"
_TRY_LOCK = text(f"SELECT pg_try_advisory_lock({_KEY})")
_UNLOCK = text(f"SELECT pg_advisory_unlock({_KEY})")
_PING = text("SELECT 1")


class Lock(Protocol):
    """The claim of one process on one database."""

    async def take(self) -> None:
        """Take it, or take it again after it was lost.

        Raises:
            DatabaseBusy: another process holds it.
        """
        ...

    def held(self) -> bool:
        """Whether it is still ours."""
        ...

    async def release(self) -> None:
        """Let the next process have it."""
        ...


class NoLock:
    """For a database in memory, which no other process can see, and for those who only read."""

    async def take(self) -> None:
        """Nothing to take."""

    def held(self) -> bool:
        """Always."""
        return True

    async def release(self) -> None:
        """Nothing to release."""


class FileLock:
    """The operating system's lock on a file beside the database; the file stays, the lock goes with the process."""

    def __init__(self, database: Path, where: str) -> None:
        self._where = where
        path = database.with_name(database.name + ".lock")
        # A lock made of a file's existence would outlive a killed process.
        self._lock = filelock.FileLock(path, timeout=0, thread_local=False, fallback_to_soft=False)

    async def take(self) -> None:
        """Take it.

        Raises:
            DatabaseBusy: another process, or another store of this one, holds it.
            DatabaseUnusable: the lock's file cannot be made, or its file system has no locks.
        """
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            raise DatabaseBusy(self._where) from error
        except (OSError, NotImplementedError) as error:
            raise DatabaseUnusable(
                self._where, f"its lock file {self._lock.lock_file} fails ({error})."
            ) from error

    def held(self) -> bool:
        """Whether it was taken."""
        return self._lock.is_locked

    async def release(self) -> None:
        """Let it go."""
        self._lock.release()


class AdvisoryLock:
    """PostgreSQL's lock of a session, held on a connection of its own.

    The server drops it when that connection ends, whether or not we notice. So the connection is watched: the driver
    tells when it ends, and a heartbeat finds out where nobody does.
    """

    def __init__(self, engine: AsyncEngine, where: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._where = where
        self._connection: AsyncConnection | None = None
        self._watch: asyncio.Task[None] | None = None
        self._taking = asyncio.Lock()

    async def take(self) -> None:
        """Take it, or take it again after its connection was lost.

        Raises:
            DatabaseBusy: another process holds it.
        """
        async with self._taking:
            if self.held():
                return
            await self._stop_watching()
            connection = await self._engine.connect()
            try:
                await self._ask(connection)
                driver: Any = (await connection.get_raw_connection()).driver_connection
            except BaseException:
                await connection.close()
                raise
            self._connection = connection
            driver.add_termination_listener(lambda _: self._lose(connection))
            self._watch = asyncio.create_task(self._heartbeat(connection), name="database lock")

    async def _ask(self, connection: AsyncConnection) -> None:
        """A killed process's session may outlive it by a moment, so the question is repeated for a while."""
        for _ in range(_TRIES):
            if (await connection.execute(_TRY_LOCK)).scalar_one():
                return
            await asyncio.sleep(_BETWEEN_TRIES)
        raise DatabaseBusy(self._where)

    def held(self) -> bool:
        """Whether its connection still stands."""
        return self._connection is not None

    async def release(self) -> None:
        """Give the lock back and close its connection."""
        await self._stop_watching()
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError, OSError):
                await connection.execute(_UNLOCK)
            await connection.close()

    def _lose(self, connection: AsyncConnection) -> None:
        if self._connection is connection:
            self._connection = None

    async def _stop_watching(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _heartbeat(self, connection: AsyncConnection) -> None:
        try:
            while self._connection is connection:
                await asyncio.sleep(_HEARTBEAT)
                async with asyncio.timeout(_HEARTBEAT):
                    await connection.execute(_PING)
        except Exception:
            # Whatever it was: a lock that nobody looks after any more must not be taken for held.
            self._lose(connection)
            await connection.invalidate()
        finally:
            if self._connection is not connection:
                await connection.close()
