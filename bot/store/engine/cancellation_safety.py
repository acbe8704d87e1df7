"""Transactions that complete each statement even when their task is cancelled.

Breaking off a statement costs its connection, and the thread still running it may keep SQLite's lock, so that the
next writer waits in vain. Therefore a cancellation takes effect between statements, and the transaction is rolled
back properly.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.circuit_breaker import Permit
from bot.store.engine.errors import DatabaseAway
from bot.store.engine.outage_detection import translate_outages

T = TypeVar("T")

READS = "fascicle_reads"
"""The execution option of engines through which nothing is to be changed."""


class UninterruptibleConnection(AsyncConnection):
    """A connection that completes every statement."""

    async def execute(self, *args: Any, **named: Any) -> Any:
        """Execute like SQLAlchemy's own method.

        Raises:
            DatabaseAway: the database is at fault, not the statement.
        """
        reading = bool(self.sync_engine.get_execution_options().get(READS))
        with translate_outages(reading=reading):
            return await complete(super().execute(*args, **named))


@asynccontextmanager
async def transaction(engine: AsyncEngine, passage: Permit | None = None) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that commits at the end of the block and rolls back on an exception.

    A `passage` is asked before it begins, and told if the database is unavailable.

    Raises:
        DatabaseAway: the database is at fault.
    """
    connection = UninterruptibleConnection(engine)
    try:
        with translate_outages():
            await complete(_begin(connection, passage))
        yield connection
        with translate_outages():
            await complete(connection.commit())
    except DatabaseAway as away:
        if passage is not None:
            passage.away(away)
        # It may be in any state, and ending it in order could take as long again.
        await complete(_drop(connection))
        raise
    finally:
        # What was not committed is rolled back by this.
        await complete(_close(connection))


async def complete(work: Coroutine[Any, Any, T]) -> T:
    """Complete the work and return its result, even if the waiting task is cancelled.

    The cancellation takes effect once the work is done.

    Raises:
        Exception: whatever the work raises.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
        raise


async def _begin(connection: AsyncConnection, passage: Permit | None) -> None:
    await connection.start()
    if passage is not None:
        passage.ready()
    await connection.begin()


async def _drop(connection: AsyncConnection) -> None:
    """Invalidate a connection to a server; SQLite's connections remain usable."""
    if connection.sync_connection is None or connection.closed or connection.dialect.name == "sqlite":
        return
    with suppress(Exception):
        await connection.invalidate()


async def _close(connection: AsyncConnection) -> None:
    if connection.sync_connection is None:
        return
    with translate_outages():
        await connection.close()
