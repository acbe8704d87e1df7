"""Explanation of the errors that drivers raise while a database is opened."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine.errors import DatabaseNotThere, DatabaseUnusable
from bot.store.engine.outage_detection import PASSING_STATES, find_sqlstate
from bot.store.engine.urls import Address


@contextmanager
def explain_opening_errors(address: Address) -> Iterator[None]:
    """Turn whatever a driver raises while the database is opened into one sentence."""
    try:
        yield
    except _opening_errors() as error:
        cause = getattr(error, "orig", None) or error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        kind = DatabaseNotThere if _passes(error, address) else DatabaseUnusable
        raise kind(address.where, f"{lines[0].rstrip('.')}.") from error


def _passes(error: BaseException, address: Address) -> bool:
    """Return whether a server may be available a moment later: it is unreachable, starting, or full."""
    if address.is_sqlite:
        return False
    code = find_sqlstate(error)
    if code is not None:
        return code.startswith(PASSING_STATES)
    return isinstance(getattr(error, "orig", None) or error, (OSError, socket.gaierror))


def _opening_errors() -> tuple[type[Exception], ...]:
    """List the exceptions that opening may raise, drivers' own included."""
    errors = (SQLAlchemyError, CommandError, sqlite3.Error, OSError)
    try:
        import asyncpg
    except ModuleNotFoundError:
        return errors
    return (*errors, asyncpg.PostgresError, asyncpg.InterfaceError)
