"""Opening the database, and its transactions."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.services.ports import Store
from bot.services.storage import Transaction
from bot.store import postgresql, sqlite
from bot.store.backend import Backend
from bot.store.changes import UNSHOWN, changed, watch
from bot.store.errors import DatabaseUnusable
from bot.store.migrate import migrate, require_current
from bot.store.transaction import SqlTransaction
from bot.store.urls import Address, parse
from bot.store.whole import transaction

_LAST_SECONDS = 5.0
"""How long closing waits for transactions under way."""


class SqlStore(Store):
    """The database, as `bot.services.ports.Store` has it. Made by `open`."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._generation = 0
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        watch(backend.writing)

    @classmethod
    async def open(cls, url: str, *, read_only: bool = False) -> SqlStore:
        """Open the database of that SQLAlchemy URL and bring it up to date.

        A SQLite file's folder is made where it is missing. The process holds the database until `close` or its own
        end. With `read_only` nothing is made, migrated or held: for looking on while a bot runs.

        Raises:
            DatabaseBusy: another process holds it.
            DatabaseTooNew: a newer version of the bot has changed it.
            DatabaseUnusable: it cannot be opened, or is not what it should be.
        """
        address = parse(url)
        kind = sqlite if address.is_sqlite else postgresql
        with explained(address):
            backend = kind.backend(address, read_only=read_only)
        try:
            with explained(address):
                if read_only:
                    await require_current(backend.reading, address.where)
                else:
                    await backend.lock.take()
                    await migrate(backend.writing, address.where)
        except BaseException:
            await backend.close()
            raise
        return cls(backend)

    async def close(self) -> None:
        """Let transactions under way end, for a few seconds, then close every connection and let the database go.

        A connection that is in use when its engine is closed would stay open until the process ends.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_SECONDS):
                await self._quiet.wait()
        await self._backend.close()

    def held(self) -> bool:
        """Whether this process still holds the database; it may lose it with the connection to a server."""
        return self._backend.lock.held()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block and rolls back on an exception.

        Raises:
            DatabaseBusy: the hold on the database was lost with its connection, and another process has it now.
        """
        if not self.held():
            await self._backend.lock.take()
        tables: set[str] = set()
        try:
            async with self._transaction(self._backend.writing) as connection:
                tables = changed(connection)
                yield SqlTransaction(connection)
                self._begin_generation(tables)
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
        """A consistent view for reading; the database refuses to be changed through it."""
        async with self._transaction(self._backend.reading) as connection:
            yield SqlTransaction(connection)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        self._under_way += 1
        self._quiet.clear()
        try:
            async with transaction(engine) as connection:
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
        raise DatabaseUnusable(address.where, f"{lines[0].rstrip('.')}.") from error


def _opening_errors() -> tuple[type[Exception], ...]:
    """What opening can fail with: drivers' own exceptions too, which SQLAlchemy does not wrap while it connects."""
    errors = (SQLAlchemyError, CommandError, sqlite3.Error, OSError)
    try:
        import asyncpg
    except ModuleNotFoundError:
        return errors
    return (*errors, asyncpg.PostgresError, asyncpg.InterfaceError)
