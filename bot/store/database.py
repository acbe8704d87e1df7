"""The database: opening it, its transactions, and its state."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.kit.callback_list import CallbackList
from bot.observability.outage_log import OutageLog
from bot.store.engine import postgresql, sqlite
from bot.store.engine.cancellation_safety import transaction
from bot.store.engine.change_tracking import UNSHOWN, install_tracking, track_changes
from bot.store.engine.circuit_breaker import CircuitBreaker, Permit
from bot.store.engine.engines import Engines
from bot.store.engine.errors import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseLost,
    DatabaseUnusable,
    FilesGone,
    HoldLost,
)
from bot.store.engine.migrate import migrate, require_current
from bot.store.engine.opening_errors import explain_opening_errors
from bot.store.engine.outage_detection import translate_outages
from bot.store.engine.sqlite_files import prepare_files
from bot.store.engine.urls import parse_url
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
    """The database, opened by `open`.

    `begin` and `read` both open transactions; those of `read` must change nothing.
    """

    def __init__(self, backend: Engines, where: str = "", outages: OutageLog | None = None) -> None:
        self._backend = backend
        self._where = where
        self._outages = outages or OutageLog()
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
        self.on_back = CallbackList()
        """Called when the database answers again after it was away."""
        install_tracking(backend.writing)

    @classmethod
    async def open(
        cls, url: str, *, read_only: bool = False, shared: bool = False, outages: OutageLog | None = None
    ) -> Database:
        """Open the database of a SQLAlchemy URL and bring its schema up to date.

        The folder of a SQLite file is created if it is missing. The process holds the database until `close` or until
        it ends. With `read_only` nothing is created, migrated or locked, so a bot may be running meanwhile. The same
        holds with `shared`, which may write: short transactions, whose effects the bot finds in the tables. `outages`
        is told when the database becomes unavailable and when it is back.

        Raises:
            DatabaseBusy: another process holds it.
            DatabaseNotThere: its server cannot be reached, or is not ready.
            DatabaseTooNew: a newer version of the bot has changed it.
            DatabaseUnusable: it cannot be opened, or is not what it should be.
        """
        address = parse_url(url)
        kind = sqlite if address.is_sqlite else postgresql
        with explain_opening_errors(address):
            if address.file is not None and not read_only and not shared:
                prepare_files(address.file, address.where)
            backend = kind.create_engines(address, read_only=read_only, shared=shared)
        try:
            with explain_opening_errors(address):
                if read_only or shared:
                    await require_current(backend.reading, address.where)
                else:
                    await backend.lock.take()
                    await migrate(backend.migrating, address.where)
        except BaseException:
            await backend.close()
            raise
        return cls(backend, address.where, outages)

    async def close(self) -> None:
        """Wait a few seconds for open transactions, then close every connection and release the database.

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

    def is_held(self) -> bool:
        """Return whether this process still holds the database; the hold may be lost with a server connection."""
        return self._backend.lock.is_held()

    def is_intact(self) -> bool:
        """Return whether a SQLite database's files on disk are still the open ones."""
        files = self._backend.files
        return files is None or not (files.is_database_gone or files.is_log_gone)

    def find_trouble(self) -> str | None:
        """Return why the database is unavailable at the moment; None if it is available."""
        why = self._lost or self._writes.why or self._reads.why
        return str(why) if why is not None else None

    @property
    def is_lost(self) -> bool:
        """True once the database has permanently stopped belonging to this process."""
        return self._lost is not None

    async def wait_until_lost(self) -> DatabaseLost:
        """Wait until the database no longer belongs to this process, and return the reason."""
        await self._gone.wait()
        assert self._lost is not None
        return copy.copy(self._lost)

    async def probe(self) -> None:
        """Write and read once, to find out whether the database is available.

        Raises:
            DatabaseAway: it cannot.
        """
        async with self.begin() as tx:
            await tx.key_values.set(_PROBE, str(self.written % 2))
        async with self.read() as tx:
            await tx.key_values.get(_PROBE)

    def reject_until_back(self) -> None:
        """Reject new transactions until the database answers again."""
        self._writes.shut(DatabaseAway("it does not answer"))
        if self._backend.files is None:
            self._reads.shut(DatabaseAway("it does not answer"))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """Open a transaction that commits at the end of the block and rolls back on an exception.

        Raises:
            DatabaseAway: the database cannot be used at the moment.
            DatabaseLost: it is another process's now, or its files are gone.
        """
        tables: set[str] = set()
        try:
            with self._writes.through() as passage:
                await self._hold()
                async with self._transaction(self._backend.writing, passage) as connection:
                    tables = track_changes(connection)
                    yield Transaction(connection)
                    self._begin_generation(tables)
                self.written += 1
                if self._backend.files is not None:
                    self._backend.files.remember()
        finally:
            # Once more: whoever read between the two may have seen either.
            self._begin_generation(tables)

    @property
    def generation(self) -> int:
        """A number that changes with every commit that may have changed the contents of posts."""
        return self._generation

    def _begin_generation(self, tables: set[str]) -> None:
        if not tables <= UNSHOWN:
            self._generation += 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """Open a transaction with a consistent view; the database refuses changes through it.

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
        """Check that the database still belongs to this process; a lock that was merely lost is taken again."""
        if self._lost is None:
            await self._look_at_files()
        if self._lost is None and not self.is_held():
            try:
                with translate_outages():
                    await self._backend.lock.take()
            except DatabaseBusy:
                self._lose(HoldLost(self._where))
            except DatabaseUnusable as error:
                raise DatabaseAway(str(error)) from None
        if self._lost is not None:
            # A new one each time: one that is raised in many places at once would be its own context.
            raise copy.copy(self._lost)

    async def _look_at_files(self) -> None:
        """Give the database up if its files are gone.

        Anything written to a deleted file disappears with this process. If only SQLite's log was deleted, its
        contents can still be moved into the database.
        """
        files = self._backend.files
        if files is None:
            return
        if files.is_database_gone:
            self._lose(FilesGone(self._where, _DELETED))
        elif files.is_log_gone:
            saved = await sqlite.save_log(self._backend.writing)
            self._lose(FilesGone(self._where, _LOG_SAVED if saved else _LOG_LOST))

    def _lose(self, lost: DatabaseLost) -> None:
        self._lost = lost
        self._gone.set()

    def _went_away(self, away: DatabaseAway) -> None:
        if not isinstance(away, DatabaseLost):
            self._outages.happened(_FAULT, f"the database cannot be used ({away})")

    def _came_back(self) -> None:
        if self._writes.why is None and self._reads.why is None:
            self._outages.over(_FAULT)
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
