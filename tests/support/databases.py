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
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database

SERVER = "FASCICLE_TEST_DATABASE_URL"
"""Names a PostgreSQL database (`postgresql+asyncpg://…`) whose user may create others."""

DIALECTS = ("sqlite", "postgresql")


def require(dialect: str) -> None:
    """Skip the test if there is no server for that dialect."""
    if dialect == "postgresql" and not os.environ.get(SERVER):
        pytest.skip(f"{SERVER} names no PostgreSQL server")


@asynccontextmanager
async def empty_database(folder: Path, dialect: str) -> AsyncIterator[str]:
    """The URL of a database with nothing in it that is gone afterwards; any process may open it."""
    require(dialect)
    if dialect == "sqlite":
        yield _url(_new_file(folder))
        return
    async with _on_server() as url:
        yield url


@asynccontextmanager
async def fresh_database(folder: Path, dialect: str) -> AsyncIterator[str]:
    """The same with empty tables, as the bot leaves it after its first start.

    It is a copy of one that was migrated once: migrating costs as much as a whole test.
    """
    require(dialect)
    if dialect not in _migrated:
        _migrated[dialect] = await _migrate_one(dialect)
    if dialect == "sqlite":
        file = _new_file(folder)
        shutil.copyfile(_migrated[dialect], file)
        yield _url(file)
        return
    async with _on_server(template=_migrated[dialect]) as url:
        yield url


@asynccontextmanager
async def fresh_store(folder: Path, dialect: str) -> AsyncIterator[Database]:
    """An open store on a fresh database."""
    async with fresh_database(folder, dialect) as url:
        store = await Database.open(url)
        try:
            yield store
        finally:
            await store.close()


@asynccontextmanager
async def scratch_store() -> AsyncIterator[Database]:
    """An open store on a fresh SQLite database, for a property test that takes a new one for each example."""
    with TemporaryDirectory() as folder:
        async with fresh_store(Path(folder), "sqlite") as store:
            yield store


def clean_up() -> None:
    """Remove the migrated databases of this process; call it when its tests are over."""
    if file := _migrated.pop("sqlite", None):
        shutil.rmtree(Path(file).parent)
    if name := _migrated.pop("postgresql", None):
        asyncio.run(_command(f"DROP DATABASE {name} WITH (FORCE)"))


_migrated: dict[str, str] = {}
"""What fresh databases are copies of, by dialect: a file, the name of a database."""


async def _migrate_one(dialect: str) -> str:
    if dialect == "sqlite":
        made = _url(file := Path(mkdtemp(prefix="fascicle-")) / "migrated.db")
        await (await Database.open(made)).close()
        return str(file)
    name = f"fascicle_migrated_{secrets.token_hex(6)}"
    await _command(f"CREATE DATABASE {name}")
    await (await Database.open(_url_on_server(name))).close()
    return name


@asynccontextmanager
async def _on_server(template: str = "template1") -> AsyncIterator[str]:
    name = f"fascicle_test_{secrets.token_hex(6)}"
    await _command(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _url_on_server(name)
    finally:
        await _command(f"DROP DATABASE {name} WITH (FORCE)")


def _new_file(folder: Path) -> Path:
    return folder / f"{secrets.token_hex(4)}.db"


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def _url_on_server(name: str) -> str:
    return make_url(os.environ[SERVER]).set(database=name).render_as_string(hide_password=False)


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


async def _command(command: str) -> None:
    engine = create_async_engine(os.environ[SERVER], isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(command))
    finally:
        await engine.dispose()
