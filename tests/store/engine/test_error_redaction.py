"""No error of a database's quotes what was to be stored, in whatever way it gets into a log."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store.database import Database
from tests.support.log_setup import bot_log

SECRET = "The lamplighter's name is Mrs Merriweather"

FAILING = {
    "unique": "INSERT INTO setting (key, value) VALUES (:secret, 'x'), (:secret, 'y')",
    "not null": "INSERT INTO setting (key, value) VALUES (:secret, NULL)",
    "no such column": "UPDATE setting SET nothing = :secret",
    "no number": "SELECT CAST(CAST(:secret AS TEXT) AS INTEGER) / 0 FROM nowhere",
    "cast": "INSERT INTO release (story, number) VALUES (:secret, 1)",
}


def everything(error: BaseException) -> Iterator[str]:
    """All that a log could show of an error."""
    yield "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        yield f"{seen!r} {seen} {seen.args}"
        for name in ("detail", "message", "hint", "orig", "params"):
            yield repr(getattr(seen, name, None))
        seen = seen.__cause__ or seen.__context__


async def execute(store: Database, statement: str, **parameters: object) -> None:
    """Run a statement in a transaction of the store."""
    async with store.begin() as tx:
        connection = tx.key_values._connection  # type: ignore[attr-defined]
        await connection.execute(text(statement), parameters)


@pytest.mark.parametrize("statement", FAILING.values(), ids=FAILING)
async def test_a_failing_statement_keeps_its_parameters(store: Database, statement: str) -> None:
    with pytest.raises(SQLAlchemyError) as failed:
        await execute(store, statement, secret=SECRET)
    said = "\n".join(everything(failed.value))
    assert "Merriweather" not in said
    assert isinstance(failed.value, DBAPIError)
    assert "(Background on this error" in said, "what is wrong is still told"


async def test_a_value_that_the_driver_refuses_is_not_quoted(store: Database) -> None:
    """asyncpg quotes it in its message."""
    statement = "UPDATE release SET number = CAST(:secret AS INTEGER) WHERE 1 / 0 = 1 OR story = :other"
    with pytest.raises((SQLAlchemyError, TypeError, ValueError)) as failed:
        await execute(store, statement, secret=SECRET, other=[SECRET])
    assert "Merriweather" not in "\n".join(everything(failed.value))


@pytest.mark.parametrize("form", ["text", "json"])
async def test_nothing_of_it_is_in_the_log_at_debug_level(store: Database, form: str) -> None:
    with bot_log("debug", form) as stream:
        for statement in FAILING.values():
            try:
                async with store.begin() as tx:
                    await tx.key_values.set(SECRET, SECRET)
                    connection = tx.key_values._connection  # type: ignore[attr-defined]
                    await connection.execute(text(statement), {"secret": SECRET})
            except SQLAlchemyError:
                logging.getLogger("bot").exception("it failed")
    assert "it failed" in stream.getvalue()
    assert "Merriweather" not in stream.getvalue()
