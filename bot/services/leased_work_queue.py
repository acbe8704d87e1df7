"""A queue of due work in the database, claimed in batches under a lease."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.clock import Clock
from bot.domain.delivery.retry import LEASE
from bot.store.database import Database
from bot.store.transaction import Transaction

Item = TypeVar("Item")


class ClaimableTable(Protocol[Item]):
    """A table whose due rows are claimed by one process at a time."""

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[Item]:
        """Claim due rows, `limit` at most, for this process until the lease ends."""

    async def expire_claims(self, now: datetime) -> None:
        """Make rows due again that were claimed and not settled."""

    async def find_next_due(self) -> datetime | None:
        """Return when the next row is due, or None if none waits."""


class LeasedWorkQueue(Generic[Item]):
    """Processes the due rows of one table, batch after batch, until none is due."""

    def __init__(
        self,
        store: Database,
        clock: Clock,
        table: Callable[[Transaction], ClaimableTable[Item]],
        batch_size: int,
        *,
        reclaim_first: bool = False,
    ) -> None:
        """Create the queue.

        Args:
            store: The database that holds the table.
            clock: The source of the current time.
            table: Returns the table within a transaction.
            batch_size: The number of rows claimed at once.
            reclaim_first: Whether the first sweep takes up claims of an earlier process; otherwise `take_over` does.
        """
        self._store = store
        self._clock = clock
        self._table = table
        self._batch_size = batch_size
        self._interrupted = reclaim_first

    async def take_over(self) -> None:
        """Take up what an earlier process had claimed; to be called before the first sweep."""
        async with self._store.begin() as tx:
            await self._table(tx).expire_claims(self._clock.now())

    async def sweep(self, process: Callable[[Sequence[Item], datetime], Awaitable[None]]) -> datetime | None:
        """Process all due rows with `process`, which gets a batch and the time of its claim.

        Returns:
            When the next row will be due, if that is known.
        """
        while True:
            now = self._clock.now()
            # A sweep that was broken off leaves claims that nobody works on.
            interrupted, self._interrupted = self._interrupted, True
            async with self._store.begin() as tx:
                if interrupted:
                    await self._table(tx).expire_claims(now)
                batch = await self._table(tx).claim(now, now + LEASE, self._batch_size)
            await process(batch, now)
            self._interrupted = False
            if not batch:
                break
        async with self._store.read() as tx:
            return await self._table(tx).find_next_due()
