"""Replacement of everything in a database by rows from elsewhere: all of them, or nothing is changed."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine import postgresql, sqlite
from bot.store.engine.database_snapshot import VERSION_TABLE, list_sequences, reflect_tables
from bot.store.engine.errors import DatabaseUnusable
from bot.store.engine.locks import FileLock
from bot.store.engine.migrate import upgrade_to
from bot.store.engine.opening_errors import explain_opening_errors
from bot.store.engine.sqlite_files import prepare_files
from bot.store.engine.urls import Address, parse_url

_AT_ONCE = 500
_SQLITE_VARIABLES = 30_000

RowReader = Callable[[str], Iterable[Mapping[str, Any]]]
"""Reads the rows of a table by its name."""


@asynccontextmanager
async def replace_database(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection to an empty database that takes the place of this one at the end of the block.

    If the block raises, the database stays as it is. It is locked against a running bot throughout.

    Raises:
        DatabaseBusy: a bot is running on it.
        DatabaseUnusable: it cannot be written.
    """
    address = parse_url(url)
    if address.file is not None:
        async with _beside(address, address.file) as connection:
            yield connection
        return
    with explain_opening_errors(address):
        backend = postgresql.create_engines(address, read_only=False)
    try:
        with explain_opening_errors(address):
            await backend.lock.take()
        async with _replacing(backend.migrating, address) as connection:
            yield connection
    finally:
        await backend.close()


@asynccontextmanager
async def _beside(address: Address, file: Path) -> AsyncIterator[AsyncConnection]:
    """Fill a new file beside a SQLite database, then rename it: the old one may be damaged beyond opening."""
    new = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    lock = FileLock(file, address.where)
    try:
        with explain_opening_errors(address):
            prepare_files(new, address.where)
            await lock.take()
            backend = sqlite.create_engines(parse_url(f"sqlite+aiosqlite:///{new}"), read_only=False)
        try:
            async with _replacing(backend.migrating, address) as connection:
                yield connection
            await sqlite.save_log(backend.migrating)
        finally:
            await backend.close()
        with explain_opening_errors(address):
            _swap(new, file)
    finally:
        for end in ("", "-wal", "-shm", ".lock"):
            new.with_name(new.name + end).unlink(missing_ok=True)
        await lock.release()


@asynccontextmanager
async def _replacing(engine: AsyncEngine, address: Address) -> AsyncIterator[AsyncConnection]:
    """Open a transaction in which SQLite takes rows in any order."""
    with explain_opening_errors(address):
        connection = await engine.connect()
    try:
        with explain_opening_errors(address):
            if address.is_sqlite:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.execute("PRAGMA foreign_keys = OFF")
            transaction = await connection.begin()
        yield connection
        with explain_opening_errors(address):
            await transaction.commit()
    finally:
        await connection.close()


def _swap(new: Path, file: Path) -> None:
    """Put a file in the database's place; the old log belongs to the old file and goes with it."""
    aside: list[tuple[Path, Path]] = []
    try:
        for end in ("-wal", "-shm", ""):
            old = file.with_name(file.name + end)
            if old.exists():
                kept = old.with_name(f"{new.name}.old{end}")
                old.rename(kept)
                aside.append((old, kept))
        new.replace(file)
    except OSError:
        for old, kept in reversed(aside):
            kept.rename(old)
        raise
    for _, kept in aside:
        kept.unlink()


@dataclass(frozen=True, slots=True)
class PortableRows:
    """The rows of all tables at one moment."""

    revision: str
    tables: Sequence[str]
    sequences: Mapping[str, int]
    """The last number that each table has given to a row."""
    read: RowReader


async def load_rows(connection: AsyncConnection, rows: PortableRows, known_tables: Collection[str]) -> None:
    """Make the tables of the rows' revision, fill them, and bring them up to date.

    Args:
        connection: A connection in a transaction, as `replace_database` yields it.
        rows: The rows.
        known_tables: The names of the bot's tables: those that are there go.

    Raises:
        DatabaseTooNew: this version of the bot does not know the revision.
        DatabaseUnusable: the rows do not fit the tables.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        await _drop_tables(connection, {*known_tables, *rows.tables, VERSION_TABLE})
    await connection.run_sync(upgrade_to, rows.revision)
    made = {table.name: table for table in await connection.run_sync(reflect_tables)}
    if unknown := sorted(set(rows.tables) - made.keys()):
        raise DatabaseUnusable("in the backup", f"it has a table that I do not know: {unknown[0]}.")
    references = [] if is_sqlite else await _drop_references(connection)
    for table in made.values():
        await connection.execute(table.delete())
    for name in rows.tables:
        await _fill(connection, made[name], rows.read(name))
    for add in references:
        await connection.exec_driver_sql(add)
    await _set_sequences(connection, list(made.values()), rows.sequences)
    await connection.run_sync(upgrade_to, "head")
    if is_sqlite:
        broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise DatabaseUnusable(
                "in the backup", f"rows of its table {broken[0]} refer to rows that are not there."
            )


async def _fill(connection: AsyncConnection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows; SQLite has 0 and 1 for what is true or false."""
    truths = [column.name for column in table.columns if isinstance(column.type, Boolean)]
    room = max(1, min(_AT_ONCE, _SQLITE_VARIABLES // max(1, len(table.columns))))
    held: list[dict[str, Any]] = []
    for row in rows:
        if unknown := sorted(row.keys() - {column.name for column in table.columns}):
            raise DatabaseUnusable(
                "in the backup", f"its table {table.name} has a column I do not know: {unknown[0]}."
            )
        values = dict(row)
        for name in truths:
            if values.get(name) is not None:
                values[name] = bool(values[name])
        held.append(values)
        if len(held) >= room:
            await connection.execute(table.insert(), held)
            held = []
    if held:
        await connection.execute(table.insert(), held)


async def _drop_tables(connection: AsyncConnection, names: Iterable[str]) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for name in sorted(names):
        await connection.exec_driver_sql(f"DROP TABLE IF EXISTS {quote(name)} CASCADE")


async def _drop_references(connection: AsyncConnection) -> list[str]:
    """Drop every foreign key, since rows may refer to later ones; return the statements that make them again."""
    rows = await connection.execute(
        text(
            "SELECT conrelid::regclass::text AS place, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS rule"
            " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
        )
    )
    again = []
    for row in rows.all():
        await connection.exec_driver_sql(f"ALTER TABLE {row.place} DROP CONSTRAINT {row.name}")
        again.append(f"ALTER TABLE {row.place} ADD CONSTRAINT {row.name} {row.rule}")
    return again


async def _set_sequences(
    connection: AsyncConnection, tables: Sequence[Table], sequences: Mapping[str, int]
) -> None:
    """Go on counting where the numbers ended, so that none is given twice."""
    if connection.dialect.name == "sqlite":
        await connection.run_sync(_set_in_sqlite, sequences)
        return
    for name, sequence in await list_sequences(connection, tables):
        if (last := sequences.get(name, 0)) > 0:
            await connection.execute(
                text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last}
            )


def _set_in_sqlite(connection: Connection, sequences: Mapping[str, int]) -> None:
    counted = text("SELECT 1 FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'")
    for name, last in sequences.items():
        given = {"name": name, "last": last}
        if connection.execute(counted, {"name": name}).first() is None:
            continue
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), given)
