"""Tables whose rows are work: `wake_at` is when a row is due, and a claim moves it to when the claim runs out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.column_types import Instant


class DueRows:
    """The rows of one table that wake; it needs `id`, `wake_at`, which is null in rows that rest, and `attempts`."""

    def __init__(self, connection: AsyncConnection, table: Table) -> None:
        self._connection = connection
        self._table = table

    async def claim(self, now: datetime, until: datetime, limit: int, **changes: Any) -> list[Row[Any]]:
        """Claim rows that are due or whose claim ran out, oldest first, and count the attempt.

        The update moves `wake_at` past `now`, so of two claimers one wins. `changes` are made with it. Where the table
        has `first_tried_at`, that is the moment of the first attempt.

        Raises:
            ValueError: the claim would have run out already.
        """
        if until <= now:
            raise ValueError("a claim must reach into the future")
        column = self._table.c
        awake = (
            select(column.id)
            .where(column.wake_at <= now)
            .order_by(column.wake_at, column.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list((await self._connection.execute(awake)).scalars())
        if "first_tried_at" in column:
            changes["first_tried_at"] = func.coalesce(column.first_tried_at, literal(now, Instant))
        claimed = await self._connection.execute(
            update(self._table)
            .where(column.id.in_(ids), column.wake_at <= now)
            .values(wake_at=until, attempts=column.attempts + 1, **changes)
            .returning(*column)
        )
        found = {row.id: row for row in claimed}
        return [found[id_] for id_ in ids if id_ in found]

    async def wake(self, now: datetime, *which: ColumnElement[bool], after: datetime | None = None) -> None:
        """Make rows due now that would be due later than `after`, or than now."""
        later = self._table.c.wake_at > (now if after is None else after)
        await self._connection.execute(update(self._table).where(later, *which).values(wake_at=now))

    async def find_next_due(self) -> datetime | None:
        """Return when the next row is due."""
        column = self._table.c.wake_at
        moment: datetime | None = (
            await self._connection.execute(select(func.min(column)).where(column.is_not(None)))
        ).scalar_one()
        return moment
