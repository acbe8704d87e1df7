"""Locks that keep a second bot off the database and end with their process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import filelock
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.errors import DatabaseBusy, DatabaseUnusable

_HEARTBEAT = 5.0
_PATIENCE = 5.0
"""Seconds between two looks at the lock's connection, and how long its answer may take."""

_TRIES = 20
_BETWEEN_TRIES = 0.1
"""How often a lock that somebody holds is asked for, and the seconds in between: a bot that is leaving, or was killed,
keeps it for a moment."""

_TAKING = 15.0
"""Seconds that taking it may last, on a server that hangs."""

# The key's first half is ours, the second the schema's, so that one database can hold several bots.
_KEY = "1178686275, hashtext(coalesce(current_schema()::text, ''))"
_TRY_LOCK = text(f"SELECT pg_try_advisory_lock({_KEY})")
_UNLOCK = text(f"SELECT pg_advisory_unlock({_KEY})")
_PING = text("SELECT 1")
_SELF = text("SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")
_END_OWN = text(
    "SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1178686275"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND a.pid = :pid AND a.backend_start::text = :start"
)


class Lock(Protocol):
    """The exclusive claim of one process on one database."""

    async def take(self) -> None:
        """Take the lock, also again after it was lost.

        Raises:
            DatabaseBusy: another process holds it.
        """
        ...

    def is_held(self) -> bool:
        """Return whether this process holds the lock."""
        ...

    async def release(self) -> None:
        """Release the lock."""
        ...


class NoLock:
    """A lock for databases in memory, which no other process can see, and for read-only use."""

    async def take(self) -> None:
        """Do nothing."""

    def is_held(self) -> bool:
        """Return True."""
        return True

    async def release(self) -> None:
        """Do nothing."""


class FileLock:
    """The operating system's lock on a file beside the database; the file stays, the lock ends with the process."""

    def __init__(self, database: Path, where: str) -> None:
        self._where = where
        path = database.with_name(database.name + ".lock")
        # A lock made of a file's existence would outlive a killed process.
        self._path = path
        self._lock = filelock.FileLock(
            path, timeout=0, thread_local=False, fallback_to_soft=False, mode=0o600
        )
        self._file: tuple[int, int] | None = None

    async def take(self) -> None:
        """Take the lock, also again after its file was deleted.

        Raises:
            DatabaseBusy: another process, or another store of this one, holds it.
            DatabaseUnusable: the lock's file cannot be made, or its file system has no locks.
        """
        if self._lock.is_locked and not self.is_held():
            # What we hold is a file that nobody else will ever find.
            self._lock.release(force=True)
        for _ in range(_TRIES):
            try:
                self._lock.acquire()
            except filelock.Timeout:
                await asyncio.sleep(_BETWEEN_TRIES)
            except (OSError, NotImplementedError) as error:
                raise DatabaseUnusable(
                    self._where, f"its lock file {self._lock.lock_file} fails ({error})."
                ) from error
            else:
                self._file = self._identity()
                return
        raise DatabaseBusy(self._where)

    def is_held(self) -> bool:
        """Return whether the lock is taken and its file is where other processes look for it."""
        return self._lock.is_locked and self._file == self._identity()

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    async def release(self) -> None:
        """Release the lock."""
        self._lock.release()


class AdvisoryLock:
    """PostgreSQL's session lock, held on a connection of its own.

    The server releases it when that connection ends, whether or not we notice. So the driver reports the end of the
    connection, and a heartbeat detects the ends it misses.
    """

    def __init__(self, engine: AsyncEngine, where: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._where = where
        self._connection: AsyncConnection | None = None
        self._watch: asyncio.Task[None] | None = None
        self._taking = asyncio.Lock()
        self._session: tuple[int, str] | None = None

    async def take(self) -> None:
        """Take the lock, also again after its connection was lost.

        Raises:
            DatabaseBusy: another process holds it.
            TimeoutError: the server does not answer.
        """
        async with self._taking, asyncio.timeout(_TAKING):
            if self.is_held():
                return
            await self._stop_watching()
            connection = await self._engine.connect()
            try:
                await self._ask(connection)
                self._session = await _session_of(connection)
                driver: Any = (await connection.get_raw_connection()).driver_connection
            except BaseException:
                await connection.close()
                raise
            self._connection = connection
            driver.add_termination_listener(lambda _: self._lose(connection))
            self._watch = asyncio.create_task(self._heartbeat(connection), name="database lock")

    async def _ask(self, connection: AsyncConnection) -> None:
        """Ask for the lock repeatedly for a while, because a killed process's session may outlive it."""
        for _ in range(_TRIES):
            if (await connection.execute(_TRY_LOCK)).scalar_one():
                return
            await self._end_own_session(connection)
            await asyncio.sleep(_BETWEEN_TRIES)
        raise DatabaseBusy(self._where)

    async def _end_own_session(self, connection: AsyncConnection) -> None:
        """End our own lost session, which holds the lock if the server has not noticed the loss."""
        if self._session is not None:
            pid, start = self._session
            await connection.execute(_END_OWN, {"pid": pid, "start": start})

    def is_held(self) -> bool:
        """Return whether the lock's connection is alive."""
        return self._connection is not None

    async def release(self) -> None:
        """Release the lock and close its connection."""
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
                async with asyncio.timeout(_PATIENCE):
                    await connection.execute(_PING)
        except Exception:
            # Whatever it was: a lock that nobody looks after any more must not be taken for held.
            self._lose(connection)
            await connection.invalidate()
        finally:
            if self._connection is not connection:
                await connection.close()


async def _session_of(connection: AsyncConnection) -> tuple[int, str]:
    """Identify the connection's session to the server by number and start, since numbers are reused."""
    row = (await connection.execute(_SELF)).one()
    return row.pid, row.backend_start
