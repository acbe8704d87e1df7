"""Distinguishes outages of the database from our own mistakes, by the errors of its drivers.

Messages are the driver's own fixed texts about its state, never one that may quote a value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as QueueTimeout

from bot.store.engine.errors import DatabaseAway

_LOCKED, _FULL = "it is locked by another program", "no space is left for it"
_SLOW = "it does not answer in time"

_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "its disk fails (disk I/O error)",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_READONLY: "its file cannot be written",
    sqlite3.SQLITE_PERM: "its file may not be used",
    sqlite3.SQLITE_NOMEM: "there is not enough memory for it",
    sqlite3.SQLITE_CORRUPT: "its file is damaged",
    sqlite3.SQLITE_NOTADB: "its file is damaged",
}
"""By primary result code."""

_PRIMARY = 0xFF

_POSTGRESQL = {
    "08": "the connection to it is lost",
    "25006": "its server takes no changes now",
    "40": "it had to break a transaction off",
    "53100": _FULL,
    "53": "its server has no room for more",
    "55P03": _LOCKED,
    "57014": _SLOW,
    "57P": "its server is starting, stopping or recovering",
    "58": "its server's disk or system fails",
    "XX": "its server has an internal fault",
}
"""By SQLSTATE, or how it begins; a longer one goes first."""

_READ_ONLY = (_SQLITE[sqlite3.SQLITE_READONLY], _POSTGRESQL["25006"])

PASSING_STATES = ("08", "53300", "57P01", "57P02", "57P03", "57P05")
"""What is worth waiting for while a database is opened: its server is not there yet, or not ready."""


def find_outage(error: BaseException, *, reading: bool = False) -> DatabaseAway | None:
    """Convert an error to an outage; None if it is our own mistake or not from a database.

    When `reading`, being unable to write is no outage, for nothing was to be written.
    """
    if isinstance(error, DatabaseAway):
        return error
    why = _why(error)
    if why is None or (reading and why in _READ_ONLY):
        return None
    return DatabaseAway(why)


@contextmanager
def translate_outages(*, reading: bool = False) -> Iterator[None]:
    """Raise drivers' errors as `DatabaseAway` if they mean an outage, without a cause, which may quote values.

    Use this only around a driver's work: an OSError or a TimeoutError inside counts as the connection's.
    """
    try:
        yield
    except Exception as error:
        found = find_outage(error, reading=reading)
        if found is None:
            raise
        raise found from None


def find_sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's error code from anywhere in a chain of wrappers."""
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(seen, "sqlstate", None) or getattr(seen, "pgcode", None)
        if isinstance(code, str):
            return code
        seen = getattr(seen, "orig", None) or seen.__cause__
    return None


def _why(error: BaseException) -> str | None:
    if isinstance(error, (QueueTimeout, TimeoutError)):
        return _SLOW
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, sqlite3.Error):
        return _SQLITE.get((getattr(driver, "sqlite_errorcode", None) or 0) & _PRIMARY)
    if (code := find_sqlstate(error)) is not None:
        known = sorted((each for each in _POSTGRESQL if code.startswith(each)), key=len)
        return _POSTGRESQL[known[-1]] if known else None
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _POSTGRESQL["08"]
    if isinstance(driver, OSError):
        return f"it cannot be reached ({driver.strerror or type(driver).__name__})"
    if _is_closed(driver):
        return _POSTGRESQL["08"]
    return None


def _is_closed(driver: BaseException | None) -> bool:
    """Detect the error of asyncpg for a closed connection, which has no SQLSTATE."""
    seen = driver
    while seen is not None:
        if type(seen).__name__ in ("InterfaceError", "InternalClientError") and "closed" in str(seen):
            return True
        seen = seen.__cause__
    return False
