"""One consistent view of all tables, as rows that mean the same on both databases, while a bot may be writing.

SQLite's write-ahead log and PostgreSQL's REPEATABLE READ both give a reader the state at its first look, and neither
keeps a writer waiting.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import postgresql, sqlite
from bot.store.engine.errors import DatabaseEmpty, DatabaseUnusable
from bot.store.engine.migrate import read_revision
from bot.store.engine.opening_errors import explain_opening_errors
from bot.store.engine.urls import Address, parse_url

VERSION_TABLE = "alembic_version"
_AT_ONCE = 500
"""Rows that are read, or written, in one step."""


@dataclass(frozen=True, slots=True)
class DatabaseSnapshot:
    """All tables at one moment."""

    address: Address
    revision: str
    """The revision of the tables."""
    tables: tuple[Table, ...]
    """The tables in an order in which none refers to a later one."""
    sequences: dict[str, int]
    """The last number that each table has given to a row, also to rows that are gone."""
    _connection: AsyncConnection

    async def rows(self, table: Table) -> AsyncIterator[Sequence[Any]]:
        """Yield a table's rows, each a sequence of plain values in the order of its columns."""
        ordered = select(table).order_by(*(table.primary_key.columns or table.columns))
        with explain_opening_errors(self.address):
            found = await self._connection.stream(ordered.execution_options(yield_per=_AT_ONCE))
        while True:
            with explain_opening_errors(self.address):
                rows = await found.fetchmany(_AT_ONCE)
            if not rows:
                return
            for row in rows:
                yield tuple(row)

    @property
    def kind(self) -> str:
        """The kind of database: `sqlite` or `postgresql`."""
        return "sqlite" if self.address.is_sqlite else "postgresql"


@asynccontextmanager
async def open_snapshot(url: str) -> AsyncIterator[DatabaseSnapshot]:
    """Open a view of a database, which is neither locked nor changed.

    Raises:
        DatabaseEmpty: no bot has used it yet.
        DatabaseTooNew: a newer version of the bot has changed it.
        DatabaseUnusable: there is none, or it cannot be read.
    """
    address = parse_url(url)
    kind = sqlite if address.is_sqlite else postgresql
    with explain_opening_errors(address):
        backend = kind.create_engines(address, read_only=True)
    try:
        with explain_opening_errors(address):
            connection = await backend.reading.connect()
        try:
            with explain_opening_errors(address):
                snapshot = await _look(connection, address)
            yield snapshot
        finally:
            await connection.close()
    finally:
        await backend.close()


async def _look(connection: AsyncConnection, address: Address) -> DatabaseSnapshot:
    revision = await connection.run_sync(read_revision, address.where)
    if revision is None:
        raise DatabaseEmpty(address.where)
    tables = await connection.run_sync(reflect_tables)
    sequences = await _sequences(connection, tables)
    return DatabaseSnapshot(address, revision, tables, sequences, connection)


def reflect_tables(connection: Connection) -> tuple[Table, ...]:
    """Return the database's own tables as they are now, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return tuple(table for table in metadata.sorted_tables if table.name != VERSION_TABLE)


async def is_empty(url: str) -> bool:
    """Return whether a database holds nothing that anybody would miss; one that cannot be read holds something.

    Raises:
        DatabaseUnusable: its server cannot be reached.
    """
    address = parse_url(url)
    if address.file is not None and (not address.file.exists() or not address.file.stat().st_size):
        return True
    kind = sqlite if address.is_sqlite else postgresql
    try:
        with explain_opening_errors(address):
            backend = kind.create_engines(address, read_only=True)
            try:
                async with backend.reading.connect() as connection:
                    return bool(await connection.run_sync(_holds_nothing))
            finally:
                await backend.close()
    except DatabaseUnusable:
        if address.is_sqlite:
            return False
        raise


def _holds_nothing(connection: Connection) -> bool:
    """Return whether all tables are empty, but for what the bot notes for itself at every start."""
    names = set(inspect(connection).get_table_names()) - {VERSION_TABLE, "setting"}
    quoted = map(connection.dialect.identifier_preparer.quote, sorted(names))
    return not any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in quoted)


async def _sequences(connection: AsyncConnection, tables: Sequence[Table]) -> dict[str, int]:
    if connection.dialect.name == "sqlite":
        known = await connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"))
        if known.first() is None:
            return {}
        rows = await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {row.name: int(row.seq) for row in rows}
    found = {}
    for table, sequence in await list_sequences(connection, tables):
        row = (await connection.execute(text(f"SELECT last_value, is_called FROM {sequence}"))).one()
        found[table] = int(row.last_value) if row.is_called else 0
    return found


async def list_sequences(connection: AsyncConnection, tables: Sequence[Table]) -> list[tuple[str, str]]:
    """List PostgreSQL's tables whose rows are numbered, each with the name of its sequence."""
    found = []
    for table in tables:
        for column in table.primary_key.columns:
            asked = text("SELECT pg_get_serial_sequence(:table, :column)")
            quoted = connection.dialect.identifier_preparer.quote(table.name)
            given = {"table": quoted, "column": column.name}
            if (sequence := (await connection.execute(asked, given)).scalar_one()) is not None:
                found.append((table.name, str(sequence)))
    return found
