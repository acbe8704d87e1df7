"""Opening the database, and its transactions."""

from __future__ import annotations

import asyncio
import copy
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.observability.outage_log import OutageLog
from bot.store.engine import postgresql, sqlite
from bot.store.engine.cancellation_safety import transaction
from bot.store.engine.change_tracking import UNSHOWN, changed, watch
from bot.store.engine.circuit_breaker import CircuitBreaker, Permit
from bot.store.engine.engine_set import EngineSet
from bot.store.engine.errors import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseLost,
    DatabaseNotThere,
    DatabaseUnusable,
    FilesGone,
    HoldLost,
)
from bot.store.engine.migrate import migrate, require_current
from bot.store.engine.outage_detection import PASSING_STATES, sqlstate, translated
from bot.store.engine.sqlite_files import prepare
from bot.store.engine.urls import Address, parse
from bot.store.transaction import Transaction

_LAST_SECONDS = 5.0
"""How long closing waits for transactions under way."""

_FAULT = "database"
"""The kind of fault that `OutageLog` is told of."""

_PROBE = "probe"
"""The setting that is written to see whether anything can be."""

_DELETED = (
    "its file was deleted, moved or replaced while I ran on it, so nothing that I would write is kept. Stop me before "
    "you touch it; what I still had to write is lost."
)
_LOG_SAVED = (
    "its -wal file was deleted or replaced while I ran on it. What it held is in the database now; start me again, and "
    "stop me before you touch any of its files."
)
_LOG_LOST = (
    "its -wal file was deleted or replaced while I ran on it, and what it held cannot be saved. Restore a backup, or "
    "start me again on what is there."
)

_log = logging.getLogger(__name__)


class Database:
    """The database, opened by `open`. Both `begin` and `read` are transactions; `read` promises to change nothing."""

    def __init__(self, backend: EngineSet, where: str = "", lasting: OutageLog | None = None) -> None:
        self._backend = backend
        self._where = where
        self._lasting = lasting or OutageLog()
        self._generation = 0
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._writes = CircuitBreaker(self._went_away, self._came_back)
        self._reads = CircuitBreaker(self._went_away, self._came_back)
        self._lost: DatabaseLost | None = None
        self._gone = asyncio.Event()
        self.written = 0
        """How many transactions were committed that may write."""
        self.on_back: Callable[[], None] = _nobody
        """Called when the database answers again after it was away."""
        watch(backend.writing)

    @classmethod
    async def open(cls, url: str, *, read_only: bool = False, lasting: OutageLog | None = None) -> Database:
        """Open the database of that SQLAlchemy URL and bring it up to date.

        A SQLite file's folder is made where it is missing. The process holds the database until `close` or its own
        end. With `read_only` nothing is made, migrated or held: for looking on while a bot runs. `lasting` is told
        when the database goes away, and when it is back.

        Raises:
            DatabaseBusy: another process holds it.
            DatabaseNotThere: its server cannot be reached, or is not ready.
            DatabaseTooNew: a newer version of the bot has changed it.
            DatabaseUnusable: it cannot be opened, or is not what it should be.
        """
        address = parse(url)
        kind = sqlite if address.is_sqlite else postgresql
        with explained(address):
            if address.file is not None and not read_only:
                prepare(address.file, address.where)
            backend = kind.backend(address, read_only=read_only)
        try:
            with explained(address):
                if read_only:
                    await require_current(backend.reading, address.where)
                else:
                    await backend.lock.take()
                    await migrate(backend.migrating, address.where)
        except BaseException:
            await backend.close()
            raise
        return cls(backend, address.where, lasting)

    async def close(self) -> None:
        """Let transactions under way end, for a few seconds, then close every connection and let the database go.

        A connection that is in use when its engine is closed would stay open until the process ends.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_SECONDS):
                await self._quiet.wait()
        try:
            async with asyncio.timeout(_LAST_SECONDS):
                await self._backend.close()
        except TimeoutError:
            _log.warning("the database did not let itself be closed", extra={"action": "close_failed"})

    def held(self) -> bool:
        """Whether this process still holds the database; it may lose it with the connection to a server."""
        return self._backend.lock.held()

    def intact(self) -> bool:
        """Whether a SQLite database's files on disk are those that are open."""
        files = self._backend.files
        return files is None or not (files.database_gone or files.log_gone)

    def trouble(self) -> str | None:
        """Why the database cannot be used at the moment, as far as is known; None where it can."""
        why = self._lost or self._writes.why or self._reads.why
        return str(why) if why is not None else None

    @property
    def is_lost(self) -> bool:
        """Whether the database is not this process's any more."""
        return self._lost is not None

    async def lost(self) -> DatabaseLost:
        """Return, with the reason, once the database is not this process's any more, and will not be again."""
        await self._gone.wait()
        assert self._lost is not None
        return copy.copy(self._lost)

    async def probe(self) -> None:
        """Find out whether the database can be read and written.

        Raises:
            DatabaseAway: it cannot.
        """
        async with self.begin() as tx:
            await tx.key_values.set(_PROBE, str(self.written % 2))
        async with self.read() as tx:
            await tx.key_values.get(_PROBE)

    def hangs(self) -> None:
        """The database has not answered for long: until it does, nobody else is to wait for it."""
        self._writes.shut(DatabaseAway("it does not answer"))
        if self._backend.files is None:
            self._reads.shut(DatabaseAway("it does not answer"))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block and rolls back on an exception.

        Raises:
            DatabaseAway: the database cannot be used at the moment.
            DatabaseLost: it is another process's now, or its files are gone.
        """
        tables: set[str] = set()
        try:
            with self._writes.through() as passage:
                await self._hold()
                async with self._transaction(self._backend.writing, passage) as connection:
                    tables = changed(connection)
                    yield Transaction(connection)
                    self._begin_generation(tables)
                self.written += 1
                if self._backend.files is not None:
                    self._backend.files.note()
        finally:
            # Once more: whoever read between the two may have seen either.
            self._begin_generation(tables)

    @property
    def generation(self) -> int:
        """Another number after every commit that may have changed what posts show."""
        return self._generation

    def _begin_generation(self, tables: set[str]) -> None:
        if not tables <= UNSHOWN:
            self._generation += 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A consistent view for reading; the database refuses to be changed through it.

        Raises:
            DatabaseAway: the database cannot be used at the moment.
            DatabaseLost: its files are gone, or it is another process's now.
        """
        if self._lost is not None:
            raise copy.copy(self._lost)
        with self._reads.through() as passage:
            async with self._transaction(self._backend.reading, passage) as connection:
                yield Transaction(connection)

    async def _hold(self) -> None:
        """See that the database is this process's still; a hold that was lost alone is taken again."""
        if self._lost is None:
            await self._look_at_files()
        if self._lost is None and not self.held():
            try:
                with translated():
                    await self._backend.lock.take()
            except DatabaseBusy:
                self._lose(HoldLost(self._where))
            except DatabaseUnusable as error:
                raise DatabaseAway(str(error)) from None
        if self._lost is not None:
            # A new one each time: one that is raised in many places at once would be its own context.
            raise copy.copy(self._lost)

    async def _look_at_files(self) -> None:
        """What is written into a file that was deleted is gone with this process. While only SQLite's log was, all that
        is in it can still be brought into the database."""
        files = self._backend.files
        if files is None:
            return
        if files.database_gone:
            self._lose(FilesGone(self._where, _DELETED))
        elif files.log_gone:
            saved = await sqlite.saved(self._backend.writing)
            self._lose(FilesGone(self._where, _LOG_SAVED if saved else _LOG_LOST))

    def _lose(self, lost: DatabaseLost) -> None:
        self._lost = lost
        self._gone.set()

    def _went_away(self, away: DatabaseAway) -> None:
        if not isinstance(away, DatabaseLost):
            self._lasting.happened(_FAULT, f"the database cannot be used ({away})")

    def _came_back(self) -> None:
        if self._writes.why is None and self._reads.why is None:
            self._lasting.over(_FAULT)
            self.on_back()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine, passage: Permit) -> AsyncIterator[AsyncConnection]:
        self._under_way += 1
        self._quiet.clear()
        try:
            async with transaction(engine, passage) as connection:
                yield connection
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._quiet.set()


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turn whatever a driver raises while the database is opened into one sentence."""
    try:
        yield
    except _opening_errors() as error:
        cause = getattr(error, "orig", None) or error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        kind = DatabaseNotThere if _passes(error, address) else DatabaseUnusable
        raise kind(address.where, f"{lines[0].rstrip('.')}.") from error


def _passes(error: BaseException, address: Address) -> bool:
    """Whether a server may be there a moment later: it cannot be reached, has just begun, or has no room."""
    if address.is_sqlite:
        return False
    code = sqlstate(error)
    if code is not None:
        return code.startswith(PASSING_STATES)
    return isinstance(getattr(error, "orig", None) or error, (OSError, socket.gaierror))


def _nobody() -> None:
    """Nobody asked to be called."""


def _opening_errors() -> tuple[type[Exception], ...]:
    """What opening can fail with: drivers' own exceptions too, which SQLAlchemy does not wrap while it connects."""
    errors = (SQLAlchemyError, CommandError, sqlite3.Error, OSError)
    try:
        import asyncpg
    except ModuleNotFoundError:
        return errors
    return (*errors, asyncpg.PostgresError, asyncpg.InterfaceError)
