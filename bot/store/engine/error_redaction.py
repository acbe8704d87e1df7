"""Removal of stored values from errors, because errors are logged and the values are people's own words.

SQLAlchemy omits the parameters itself (`hide_parameters`). PostgreSQL quotes them too: in an error's detail, and in
its message if a value itself is invalid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine.outage_detection import find_sqlstate

_QUOTING = "22"
"""The class of SQLSTATEs (data exceptions) whose messages quote the value."""

_FIELDS = ("detail", "hint", "message", "internal_query", "context", "query")
"""What asyncpg's errors hold beside their message."""


def redact_errors(engine: AsyncEngine) -> None:
    """Remove values from all errors of that engine, wherever they are logged."""

    @event.listens_for(engine.sync_engine, "handle_error")
    def strip(context: ExceptionContext) -> None:
        wrapped = context.sqlalchemy_exception
        for error in _chain(context.original_exception):
            _strip(error)
        if isinstance(wrapped, StatementError) and wrapped.orig is not None:
            named = type(wrapped.orig)
            wrapped.args = (f"({named.__module__}.{named.__name__}) {_text(wrapped.orig)}",)
            wrapped.params = None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _strip(error: BaseException) -> None:
    if find_sqlstate(error) is None:
        return
    error.args = (_text(error),)
    for name in _FIELDS:
        if isinstance(getattr(error, name, None), str):
            _forget(error, name)


def _forget(error: Any, name: str) -> None:
    try:
        setattr(error, name, None)
    except AttributeError:
        return


def _text(error: BaseException) -> str:
    """Return the first line of an error's message without details, or only its name if it may quote a value."""
    code = find_sqlstate(error)
    first = str(error.args[0]).split("\n")[0] if error.args else ""
    if code is None:
        return first
    return type(error).__name__ if code.startswith(_QUOTING) else first
