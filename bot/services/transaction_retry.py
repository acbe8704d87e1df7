"""Retries of transactions while the database is away."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway, DatabaseLost
from bot.store.transaction import Transaction

T = TypeVar("T")

_FIRST_WAIT = 0.25
_LONGEST_WAIT = 5.0
"""Seconds between two tries. The first wait is short, since the database may be back at once."""


async def commit_with_retry(store: Database, change: Callable[[Transaction], Awaitable[T]]) -> T:
    """Make a change in a transaction of its own, and repeat it until it is committed.

    A message that was sent cannot be taken back, and must not be forgotten because the database was away at that
    moment.

    The change must be harmless to repeat: when the answer to a commit is lost, it may have been made. Nobody else may
    be waiting for the same row meanwhile: a claim is kept until this returns.

    Raises:
        DatabaseLost: The database no longer belongs to this process.
    """

    async def once() -> T:
        async with store.begin() as tx:
            return await change(tx)

    return await retry_until_available(once)


async def retry_until_available(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work`, and repeat it while the database is away.

    Raises:
        DatabaseLost: The database no longer belongs to this process.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            return await work()
        except DatabaseLost:
            raise
        except DatabaseAway:
            await asyncio.sleep(wait * (0.75 + 0.25 * random.random()))
            wait = min(_LONGEST_WAIT, 2 * wait)
