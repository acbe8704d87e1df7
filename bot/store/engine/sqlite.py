"""SQLite, with its pragmas, real transactions and a single writer.

Python's sqlite3 begins transactions late and in the wrong mode: a deferred one that comes to write fails at once with
"database is locked", whatever the busy timeout. So the driver begins none (`isolation_level=None`), and SQLAlchemy's
`begin` event executes BEGIN IMMEDIATE for writing and BEGIN for reading. All writing goes through one connection,
where transactions queue in order instead of polling for SQLite's lock.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.store.engine.cancellation_safety import READS
from bot.store.engine.engines import Engines
from bot.store.engine.error_redaction import redact_errors
from bot.store.engine.errors import DatabaseUnusable
from bot.store.engine.locks import FileLock, NoLock
from bot.store.engine.sqlite_files import SqliteFiles
from bot.store.engine.urls import Address

_READERS = 4
_BUSY_SECONDS = 2
"""How long another program's lock is waited out, which is no more than somebody waits for an answer in Discord."""

_QUEUE_SECONDS = 60

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL, not WAL's usual NORMAL: a claim lost with the power would be sent again. It costs one fsync a commit.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)


def create_engines(address: Address, *, read_only: bool, shared: bool = False) -> Engines:
    """Create the engines and the lock of a SQLite database without opening it.

    Raises:
        DatabaseUnusable: a database to be read is not there.
        sqlite3.Error: the file is none of SQLite's, or may not be opened.
    """
    if address.file is None:
        single = _engine(address, size=1, begin="BEGIN IMMEDIATE")
        return Engines(writing=single, reading=single, lock=NoLock(), migrating=single)
    looking = _engine(address, size=_READERS, begin="BEGIN", pragmas=(*_PRAGMAS, "PRAGMA query_only = ON"))
    reading = looking.execution_options(**{READS: True})
    if read_only or shared:
        if not address.file.exists():
            raise DatabaseUnusable(address.where, "there is none yet; `fascicle run` makes it.")
        _probe(address.file)
        if shared:
            beside = _engine(address, size=1, begin="BEGIN IMMEDIATE")
            return Engines(writing=beside, reading=reading, lock=NoLock(), migrating=beside)
        return Engines(writing=reading, reading=reading, lock=NoLock(), migrating=reading)
    _probe(address.file)
    writing, files = _engine(address, size=1, begin="BEGIN IMMEDIATE"), SqliteFiles(address.file)
    for moment in ("connect", "close"):
        event.listen(writing.sync_engine, moment, lambda *_: files.forget_log())
    lock = FileLock(address.file, address.where)
    return Engines(writing=writing, reading=reading, lock=lock, migrating=writing, files=files)


async def save_log(engine: AsyncEngine) -> bool:
    """Move what SQLite's log holds into the database, even if the log's file is gone, since SQLite has it open.

    Returns:
        Whether everything was moved.
    """
    try:
        async with engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            rows = await driver.execute_fetchall("PRAGMA wal_checkpoint(FULL)")
    except Exception:
        return False
    ((busy, _, _),) = rows
    return not busy


def _probe(file: Path) -> None:
    """Check that SQLite can open the file; aiosqlite leaves a thread behind if it cannot."""
    with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA schema_version")


def _engine(address: Address, *, size: int, begin: str, pragmas: tuple[str, ...] = _PRAGMAS) -> AsyncEngine:
    engine = create_async_engine(
        address.url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_QUEUE_SECONDS,
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
        hide_parameters=True,
    )
    redact_errors(engine)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")
            for pragma in pragmas:
                cursor.execute(pragma)
        except BaseException:
            # The pool does not know this connection yet, so nobody else would close it.
            connection.close()
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
