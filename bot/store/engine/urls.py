"""Database URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.engine.errors import DatabaseUnusable

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_EXAMPLES = "sqlite+aiosqlite:///data/fascicle.db or postgresql+asyncpg://user:password@host/database"


_SECRET = re.compile(r"pass|pwd|secret|token|credential", re.IGNORECASE)
"""What the names of a query's secrets have in them: password, sslpassword, passfile, …"""


@dataclass(frozen=True, slots=True)
class Address:
    """A database named by a URL."""

    url: URL
    where: str
    """The name for messages, without a password."""
    file: Path | None = None
    """The file of a SQLite database that has one."""

    @property
    def is_sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"


def parse_url(text: str) -> Address:
    """Parse a URL, adding a missing driver and making a SQLite path absolute.

    Raises:
        DatabaseUnusable: it is no URL, or names a database that the bot cannot use.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "in database.url", f"that is not a database URL; write {_EXAMPLES}."
        ) from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None or (url.database or "").startswith("file:"):
        raise DatabaseUnusable(hide_passwords(url), f"write {_EXAMPLES}.")
    url = url.set(drivername=driver)
    if driver.startswith("postgresql"):
        return Address(url, hide_passwords(url))
    if url.database in (None, "", ":memory:"):
        return Address(url, "in memory")
    # The lock lies beside the real file, so two names of one database share it.
    file = Path(str(url.database)).expanduser().resolve()
    return Address(url.set(database=str(file)), str(file), file)


def hide_passwords(url: URL) -> str:
    """Return a URL without passwords, before the `@` or in the query."""
    hidden = {name: "***" for name in url.query if _SECRET.search(name)}
    return url.update_query_dict(hidden).render_as_string().replace(quote_plus("***"), "***")
