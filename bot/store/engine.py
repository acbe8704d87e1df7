"""Opening the database, and its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

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


class SqlStore(Store):
    """The database, as `bot.services.ports.Store` has it. Made by `open`."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._generation = 0
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
        """Close every connection and let the database go."""
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
            async with transaction(self._backend.writing) as connection:
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
        async with transaction(self._backend.reading) as connection:
            yield SqlTransaction(connection)


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
