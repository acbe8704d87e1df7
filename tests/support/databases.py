"""Fresh databases for tests: a SQLite file, or a database of its own on the PostgreSQL server of the environment."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.engine import SqlStore

SERVER = "FASCICLE_TEST_DATABASE_URL"
"""Names a PostgreSQL database (`postgresql+asyncpg://…`) whose user may create others."""

DIALECTS = ("sqlite", "postgresql")


def require(dialect: str) -> None:
    """Skip the test if there is no server for that dialect."""
    if dialect == "postgresql" and not os.environ.get(SERVER):
        pytest.skip(f"{SERVER} names no PostgreSQL server")


@asynccontextmanager
async def fresh_database(folder: Path, dialect: str) -> AsyncIterator[str]:
    """The URL of an empty database that is gone afterwards; any process may open it."""
    require(dialect)
    if dialect == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / f'{secrets.token_hex(4)}.db'}"
        return
    name = f"fascicle_test_{secrets.token_hex(6)}"
    server = make_url(os.environ[SERVER])
    await _command(server.render_as_string(hide_password=False), f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await _command(server.render_as_string(hide_password=False), f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def fresh_store(folder: Path, dialect: str) -> AsyncIterator[SqlStore]:
    """An open store on an empty database."""
    async with fresh_database(folder, dialect) as url:
        store = await SqlStore.open(url)
        try:
            yield store
        finally:
            await store.close()


async def back_up(url: str, file: Path) -> None:
    """Copy a database into a file, while it is used."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(address.database or "")) as here,
            closing(sqlite3.connect(file)) as there,
        ):
            here.backup(there)
        return
    await _tool("pg_dump", "--format=custom", f"--file={file}", f"--dbname={_plain(url)}")


async def put_back(url: str, file: Path) -> None:
    """Replace a database that nobody uses by what it was when it was copied into that file."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        database = Path(address.database or "")
        for ending in ("-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        shutil.copy(file, database)
        return
    await _tool(
        "pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={_plain(url)}", str(file)
    )


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def _tool(name: str, *arguments: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    tool = await asyncio.create_subprocess_exec(name, *arguments)
    assert await tool.wait() == 0, name


async def _command(url: str, command: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(command))
    finally:
        await engine.dispose()
