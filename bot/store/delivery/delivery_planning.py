"""Planned deliveries: which posts a subscription is still to get, and when.

The rows are those of the ledger; `ledger.py` claims and settles them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    and_,
    bindparam,
    delete,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.delivery_records import NewDelivery
from bot.store.engine import upsert
from bot.store.tables import delivery, release, subscription

_unsettled = delivery.c.wake_at.is_not(None)


class DeliveryPlanRepository:
    """Enters, moves, cancels and counts deliveries that have not been sent."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rows: Sequence[NewDelivery]) -> int:
        """Enter deliveries and return the number of new ones; those that exist already stay as they are.

        Raises:
            KeyError: A row names a release that does not exist.
        """
        if not rows:
            return 0
        release_ids = {row.release_id for row in rows}
        numbers: dict[int, int] = {}
        for some in upsert.chunks(list(release_ids)):
            known = select(release.c.id, release.c.number).where(release.c.id.in_(some))
            numbers.update((await self._connection.execute(known)).all())
        entered = await self._connection.execute(
            upsert.insert(self._connection, delivery)
            .on_conflict_do_nothing(index_elements=["subscription_id", "release_id", "part"])
            .returning(delivery.c.id),
            [
                {
                    "subscription_id": row.subscription_id,
                    "release_id": row.release_id,
                    "number": numbers[row.release_id],
                    "part": row.part,
                    "state": DeliveryState.DUE.value,
                    "due_at": row.due_at,
                    "wake_at": row.due_at,
                    "nonce": row.nonce,
                    "mention": row.mention,
                    "attempts": 0,
                    "skipped": row.skipped,
                    "thread_id": row.thread_id,
                }
                for row in rows
            ],
        )
        return len(entered.all())

    async def replace_skipped(self, row: NewDelivery) -> bool:
        """Enter a delivery, also in place of a skipped one; False if it was sent or will be."""
        await self._connection.execute(
            delete(delivery).where(
                delivery.c.subscription_id == row.subscription_id,
                delivery.c.release_id == row.release_id,
                delivery.c.part == row.part,
                delivery.c.state == DeliveryState.SKIPPED.value,
            )
        )
        return await self.add([row]) == 1

    async def withdraw(self, subscription_id: int) -> int | None:
        """Delete deliveries planned after the last one that was tried, sent or skipped.

        Returns:
            The number of the first release that is no longer planned; None if nothing was deleted.
        """
        own = delivery.c.subscription_id == subscription_id
        untried = and_(
            delivery.c.state.in_([DeliveryState.DUE.value, DeliveryState.PARKED.value]),
            delivery.c.first_tried_at.is_(None),
            delivery.c.message_id.is_(None),
        )
        last = select(func.max(delivery.c.number)).where(own, ~untried)
        settled = (await self._connection.execute(last)).scalar_one() or 0
        taken = await self._connection.execute(
            delete(delivery)
            .where(own, untried, delivery.c.number > settled)
            .returning(delivery.c.number, delivery.c.skipped)
        )
        numbers = [number for row in taken for number in (row.number, *row.skipped)]
        return min(numbers, default=None)

    async def cancel(self, subscription_id: int, reason: str) -> int:
        """Skip the due and parked deliveries of a subscription that were not tried; return the number."""
        untried = and_(delivery.c.state == DeliveryState.DUE.value, delivery.c.first_tried_at.is_(None))
        cancelled = await self._connection.execute(
            update(delivery)
            .where(
                delivery.c.subscription_id == subscription_id,
                or_(untried, delivery.c.state == DeliveryState.PARKED.value),
            )
            .values(state=DeliveryState.SKIPPED.value, wake_at=null(), reason=reason)
        )
        return cancelled.rowcount

    async def unpark(self, subscription_id: int, due_at: datetime) -> int:
        """Make the parked deliveries of a subscription due again; return the number.

        Attempts keep counting: the unknown outcome of an earlier attempt must not be forgotten.
        """
        woken = await self._connection.execute(
            update(delivery)
            .where(
                delivery.c.subscription_id == subscription_id, delivery.c.state == DeliveryState.PARKED.value
            )
            .values(state=DeliveryState.DUE.value, due_at=due_at, wake_at=due_at)
        )
        return woken.rowcount

    async def delete_settled(self, delivery_id: int) -> None:
        """Delete a settled delivery whose message was taken down on purpose."""
        await self._connection.execute(
            delete(delivery).where(delivery.c.id == delivery_id, delivery.c.wake_at.is_(None))
        )

    async def filter_existing(self, delivery_ids: Collection[int]) -> set[int]:
        """Return those of these ids that are still in the ledger; replanning deletes rows first."""
        known = select(delivery.c.id).where(delivery.c.id.in_(delivery_ids))
        return set((await self._connection.execute(known)).scalars())

    async def find_last_due(self, subscription_ids: Collection[int]) -> dict[int, datetime]:
        """Return when the last unsettled delivery of each subscription is due, for those that have any."""
        found: dict[int, datetime] = {}
        for some in upsert.chunks(list(subscription_ids)):
            rows = await self._connection.execute(
                select(delivery.c.subscription_id, func.max(delivery.c.due_at))
                .where(_unsettled, delivery.c.subscription_id.in_(some))
                .group_by(delivery.c.subscription_id)
            )
            found.update(rows.all())
        return found

    async def list_overdue(self, now: datetime) -> dict[int, list[tuple[int, datetime]]]:
        """List untried posts of active subscriptions that have several overdue.

        Returns:
            By subscription, in posting order, each delivery's id and due time.
        """
        waiting = and_(delivery.c.state == DeliveryState.DUE.value, delivery.c.first_tried_at.is_(None))
        several = (
            select(delivery.c.subscription_id)
            .join(subscription, subscription.c.id == delivery.c.subscription_id)
            .where(_unsettled, waiting, delivery.c.part == 0, delivery.c.wake_at < now)
            .where(subscription.c.state == SubscriptionState.ACTIVE.value)
            .group_by(delivery.c.subscription_id)
            .having(func.count() > 1)
        )
        rows = await self._connection.execute(
            select(delivery.c.subscription_id, delivery.c.id, delivery.c.due_at)
            .where(_unsettled, waiting, delivery.c.part == 0, delivery.c.subscription_id.in_(several))
            .order_by(delivery.c.subscription_id, delivery.c.number)
        )
        found: dict[int, list[tuple[int, datetime]]] = {}
        for subscription_id, delivery_id, due_at in rows:
            found.setdefault(subscription_id, []).append((delivery_id, due_at))
        return found

    async def reschedule(self, moments: Mapping[int, datetime]) -> None:
        """Make deliveries due at these moments, unless they have been claimed since."""
        if not moments:
            return
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == bindparam("of"), delivery.c.state == DeliveryState.DUE.value)
            .values(due_at=bindparam("moment"), wake_at=bindparam("moment")),
            [{"of": id_, "moment": moment} for id_, moment in moments.items()],
        )

    async def count_unsettled(self, subscription_id: int) -> int:
        """Count a subscription's deliveries that are still to be sent."""
        counted = select(func.count()).where(_unsettled, delivery.c.subscription_id == subscription_id)
        return int((await self._connection.execute(counted)).scalar_one())

    async def find_first_unsent(self, subscription_id: int) -> int | None:
        """Return the number of the first chapter that is entered for a subscription and not there yet."""
        waiting = delivery.c.state.in_(
            (DeliveryState.DUE.value, DeliveryState.CLAIMED.value, DeliveryState.PARKED.value)
        )
        first = select(func.min(delivery.c.number)).where(
            delivery.c.subscription_id == subscription_id, waiting
        )
        number: int | None = (await self._connection.execute(first)).scalar_one()
        return number
