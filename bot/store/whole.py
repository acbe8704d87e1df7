"""Transactions whose statements are finished once begun, whoever is cancelled meanwhile.

A statement that is broken off costs its connection, and the thread that still carries it out may keep SQLite's lock:
the next writer then waits in vain. So a cancellation arrives between statements, and the transaction is rolled back in
order.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")


class WholeConnection(AsyncConnection):
    """A connection that finishes what it executes."""

    async def execute(self, *args: Any, **named: Any) -> Any:
        """As SQLAlchemy's own."""
        return await finished(super().execute(*args, **named))


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that commits at the end of the block and rolls back on an exception."""
    connection = WholeConnection(engine)
    try:
        await finished(_begin(connection))
        yield connection
        await finished(connection.commit())
    finally:
        # What was not committed is rolled back by this.
        await finished(_close(connection))


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. Whoever is cancelled while waiting for it is cancelled once it is done.

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


async def _begin(connection: AsyncConnection) -> None:
    await connection.start()
    await connection.begin()


async def _close(connection: AsyncConnection) -> None:
    if connection.sync_connection is not None:
        await connection.close()
