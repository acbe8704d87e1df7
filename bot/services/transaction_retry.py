"""Writing down what has happened in Discord, however long the database is away."""

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
"""Seconds between two tries; the first is as soon as the database may be found to be back."""


async def commit_with_retry(store: Database, change: Callable[[Transaction], Awaitable[T]]) -> T:
    """Make a change in a transaction of its own, and again until it is committed.

    A message that is out stays out, and must not be forgotten because the database was away at that moment.

    The change must be harmless to do twice: when an answer to a commit is lost, it may have been made. Nobody else may
    be waiting for the same row in between: whoever holds a claim keeps it until this returns.

    Raises:
        DatabaseLost: the database is not this process's any more.
    """

    async def once() -> T:
        async with store.begin() as tx:
            return await change(tx)

    return await retry_until_available(once)


async def retry_until_available(work: Callable[[], Awaitable[T]]) -> T:
    """Do something that needs the database, and again for as long as that is away.

    Raises:
        DatabaseLost: the database is not this process's any more.
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
