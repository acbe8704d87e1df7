"""Migration of a database to the version that the code expects."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.errors import DatabaseTooNew, DatabaseUnusable


def config() -> Config:
    """Build Alembic's settings in code, so that there is no alembic.ini to find or lose."""
    made = Config()
    scripts = Path(__file__).parents[1] / "migrations"
    made.set_main_option("script_location", str(scripts).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


async def migrate(engine: AsyncEngine, where: str) -> None:
    """Migrate the database to the newest version, in one transaction.

    Raises:
        DatabaseTooNew: a newer version of the bot has been here.
        DatabaseUnusable: rows are left that refer to none.
    """
    async with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            async with connection.begin():
                await connection.run_sync(_upgrade, where)
            return
        # SQLite alters a table by making it anew, and dropping the old one would delete what refers to it.
        # Its pragma does nothing inside a transaction.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("PRAGMA foreign_keys = OFF")
        try:
            async with connection.begin():
                if await connection.run_sync(_upgrade, where):
                    await _check_references(connection, where)
        finally:
            await driver.execute("PRAGMA foreign_keys = ON")


async def _check_references(connection: AsyncConnection, where: str) -> None:
    broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise DatabaseUnusable(where, f"rows of its table {broken[0]} refer to rows that are not there.")


async def require_current(engine: AsyncEngine, where: str) -> None:
    """Check that the database has exactly the version that the code expects.

    Raises:
        DatabaseTooNew: a newer version of the bot has been here.
        DatabaseUnusable: it is empty, or older.
    """
    async with engine.connect() as connection:
        if not await connection.run_sync(_is_current, where):
            raise DatabaseUnusable(where, "it is not up to date; start the bot once with `fascicle run`.")


def read_revision(connection: Connection, where: str) -> str | None:
    """Return the revision of a database's tables; None if it has none.

    Raises:
        DatabaseTooNew: a newer version of the bot has been here.
    """
    heads = MigrationContext.configure(connection).get_current_heads()
    for version in heads:
        if version not in _revisions()[0]:
            raise DatabaseTooNew(where, version)
    return heads[0] if heads else None


def upgrade_to(connection: Connection, revision: str) -> None:
    """Upgrade the tables to a revision, `head` for the newest, inside the transaction that is open.

    Raises:
        DatabaseTooNew: this version of the bot does not know it.
    """
    if revision != "head" and revision not in _revisions()[0]:
        raise DatabaseTooNew("The backup", revision)
    upgrading = config()
    upgrading.attributes["connection"] = connection
    command.upgrade(upgrading, revision)


def _upgrade(connection: Connection, where: str) -> bool:
    """Upgrade if needed, and return whether it was."""
    if _is_current(connection, where):
        return False
    upgrade_to(connection, "head")
    return True


def _is_current(connection: Connection, where: str) -> bool:
    return {read_revision(connection, where)} == _revisions()[1]


@cache
def _revisions() -> tuple[frozenset[str], frozenset[str]]:
    """Return all revisions that this program knows, and the newest; reading their scripts is slow."""
    scripts = ScriptDirectory.from_config(config())
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return known, frozenset(scripts.get_heads())
