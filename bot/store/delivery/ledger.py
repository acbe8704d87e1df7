"""The delivery ledger: claiming deliveries that are due, and settling them.

`wake_at` of a row is when it needs attention next: when it is due, or when its claim runs out. A settled row has
none. The partial indexes on it hold only unsettled rows, so finding work costs the same however long the ledger
grows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Row,
    RowMapping,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import Delivery, DeliveryState
from bot.domain.message_templates import Reason
from bot.domain.releases.release import Release
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.engine.column_types import Instant
from bot.store.releases.release_queries import read_release
from bot.store.subscriptions.subscriptions import read_subscription
from bot.store.tables import delivery, release, subscription

_earlier = delivery.alias("earlier")
_unsettled = delivery.c.wake_at.is_not(None)
_first_in_line = ~exists().where(
    _earlier.c.subscription_id == delivery.c.subscription_id,
    _earlier.c.wake_at.is_not(None),
    tuple_(_earlier.c.number, _earlier.c.part) < tuple_(delivery.c.number, delivery.c.part),
)
_claimable = (
    select(delivery.c.id, delivery.c.state, subscription.c.channel_id)
    .join(subscription, subscription.c.id == delivery.c.subscription_id)
    .where(_unsettled, _first_in_line, subscription.c.state == SubscriptionState.ACTIVE.value)
    .order_by(delivery.c.wake_at, delivery.c.id)
)


class DeliveryLedger:
    """Claims deliveries and settles them; `DeliveryPlanRepository` enters, moves and cancels them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(
        self, now: datetime, until: datetime, limit: int, avoid: Collection[int] = ()
    ) -> list[ClaimedDelivery]:
        """Claim up to `limit` deliveries that are due, oldest first.

        Args:
            now: The present moment.
            until: When the claims run out.
            limit: The most deliveries to claim.
            avoid: Channels to leave out.

        Returns:
            The claimed deliveries with their subscription and release, at most one per channel.

        Raises:
            ValueError: the claim would have run out already.
        """
        if until <= now:
            raise ValueError("a claim must reach into the future")
        # PostgreSQL locks the picked rows and skips those another claimer has locked; SQLite has one writer at a time.
        picked = await self._pick(now, limit, avoid)
        if not picked:
            return []
        # The update moves `wake_at` past `now`, so of two claimers only one changes a row. What it returns is what was
        # claimed, which may be less than was picked.
        claimed = await self._connection.execute(
            update(delivery)
            .where(delivery.c.id.in_([row.id for row in picked]), delivery.c.wake_at <= now)
            .values(
                state=DeliveryState.CLAIMED.value,
                wake_at=until,
                attempts=delivery.c.attempts + 1,
                first_tried_at=func.coalesce(delivery.c.first_tried_at, literal(now, Instant())),
            )
            .returning(delivery.c.id)
        )
        # A picked row that was claimed already is one whose claim ran out: nobody knows whether it was sent.
        jobs = await self._jobs(set(claimed.scalars()), {row.id for row in picked if row.state == "claimed"})
        return [jobs[row.id] for row in picked if row.id in jobs]

    async def _pick(self, now: datetime, limit: int, avoid: Collection[int]) -> list[Row[int, str, int]]:
        """Choose the rows to claim.

        A page may consist of one busy channel, so pages are read until there are enough channels.
        """
        picked: dict[int, Row[int, str, int]] = {}
        passed = set(avoid)
        while len(picked) < limit:
            wanted = limit - len(picked)
            page = (
                await self._connection.execute(
                    _claimable.where(delivery.c.wake_at <= now, subscription.c.channel_id.not_in(passed))
                    .limit(wanted)
                    .with_for_update(of=delivery, skip_locked=True)
                )
            ).all()
            for row in page:
                picked.setdefault(row.channel_id, row)
            if len(page) < wanted:
                break
            passed |= picked.keys()
        return list(picked.values())

    async def _jobs(self, delivery_ids: set[int], resumed: set[int]) -> dict[int, ClaimedDelivery]:
        rows = await self._connection.execute(
            select(delivery, subscription, release)
            .join(subscription, subscription.c.id == delivery.c.subscription_id)
            .join(release, release.c.id == delivery.c.release_id)
            .where(delivery.c.id.in_(delivery_ids))
        )
        jobs = (
            ClaimedDelivery(
                read_delivery(row), read_subscription(row), read_release(row), row[delivery.c.id] in resumed
            )
            for row in rows.mappings()
        )
        return {job.delivery.id: job for job in jobs}

    async def get(self, delivery_id: int) -> Delivery | None:
        """Return the delivery with that id."""
        found = await self._connection.execute(select(delivery).where(delivery.c.id == delivery_id))
        row = found.mappings().one_or_none()
        return None if row is None else read_delivery(row)

    async def record_message(self, delivery_id: int, message_id: int) -> bool:
        """Record the message of a claimed delivery, which stays claimed until the rest of it is done.

        Returns:
            False if the delivery is not claimed.
        """
        return await self._release_claim(delivery_id, DeliveryState.CLAIMED, message_id=message_id)

    async def find_sent_after(self, subscription_id: int, number: int) -> Release | None:
        """Return the first readable chapter after `number` that was sent to the subscription."""
        found = await self._connection.execute(
            select(release)
            .join(delivery, delivery.c.release_id == release.c.id)
            .where(
                delivery.c.subscription_id == subscription_id,
                delivery.c.part == 0,
                delivery.c.state == DeliveryState.SENT.value,
                release.c.number > number,
                release.c.withdrawn_at.is_(None),
            )
            .order_by(release.c.number)
            .limit(1)
        )
        row = found.mappings().one_or_none()
        return None if row is None else read_release(row)

    async def settle_sent(self, message_ids: Mapping[int, int | None], now: datetime) -> None:
        """Settle claimed deliveries as sent; those not claimed stay as they are.

        Args:
            message_ids: The message of each delivery, by the delivery's id.
            now: When they were sent.
        """
        if not message_ids:
            return
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == bindparam("settled"), delivery.c.state == DeliveryState.CLAIMED.value)
            .values(
                state=DeliveryState.SENT.value,
                wake_at=null(),
                message_id=bindparam("message"),
                sent_at=now,
                reason=null(),
            ),
            [{"settled": key, "message": message_id} for key, message_id in message_ids.items()],
        )

    async def postpone(self, delivery_id: int, due_at: datetime, reason: Reason, *, fresh: bool) -> bool:
        """Release a claim and make the delivery due again at `due_at`.

        Args:
            delivery_id: The claimed delivery.
            due_at: When it is due again.
            reason: Why it was not sent.
            fresh: Whether it was certainly not sent, so that the next attempt starts anew.
        """
        forget = {"first_tried_at": null()} if fresh else {}
        return await self._release_claim(
            delivery_id, DeliveryState.DUE, due_at=due_at, wake_at=due_at, reason=reason, **forget
        )

    async def park(self, delivery_id: int, reason: Reason, *, fresh: bool = False) -> bool:
        """Settle a claimed delivery as parked.

        Args:
            delivery_id: The claimed delivery.
            reason: Why it was not sent.
            fresh: Whether it was certainly not sent, so that it starts anew once unparked.
        """
        forget = {"first_tried_at": null()} if fresh else {}
        return await self._release_claim(
            delivery_id, DeliveryState.PARKED, wake_at=null(), reason=reason, **forget
        )

    async def skip(self, delivery_id: int, reason: str) -> bool:
        """Settle a claimed delivery as skipped."""
        return await self._release_claim(delivery_id, DeliveryState.SKIPPED, wake_at=null(), reason=reason)

    async def _release_claim(self, delivery_id: int, to: DeliveryState, **values: object) -> bool:
        settled = await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == delivery_id, delivery.c.state == DeliveryState.CLAIMED.value)
            .values(state=to.value, **values)
        )
        return settled.rowcount == 1

    async def expire_claims(self, now: datetime, but: Collection[int] = ()) -> int:
        """Make every claim run out now, except those on the deliveries `but`; return the number.

        The attempts stay on record.
        """
        claimed = and_(delivery.c.state == DeliveryState.CLAIMED.value, delivery.c.id.not_in(but))
        # What was claimed was due: its own moment holds also where the clock is wrong just now.
        moment = case((delivery.c.due_at < now, delivery.c.due_at), else_=literal(now, Instant()))
        run_out = await self._connection.execute(
            update(delivery).where(_unsettled, claimed, delivery.c.wake_at > moment).values(wake_at=moment)
        )
        return run_out.rowcount

    async def clamp_due_times(self, now: datetime, longest: timedelta) -> int:
        """Bring forward deliveries whose due time only a wrong clock can have set.

        No subscription's next post may be more than `longest` ahead; the posts after it keep their distance to it.
        Returns the number of subscriptions changed.
        """
        ahead = delivery.c.wake_at > now + longest
        found = await self._connection.execute(
            select(delivery.c.subscription_id, delivery.c.wake_at).where(_unsettled, ahead, _first_in_line)
        )
        rows = found.all()
        for row in rows:
            too_far = (row.wake_at - now) // timedelta(microseconds=1)
            moment = type_coerce(type_coerce(delivery.c.wake_at, BigInteger) - too_far, Instant())
            await self._connection.execute(
                update(delivery)
                .where(_unsettled, ahead, delivery.c.subscription_id == row.subscription_id)
                .values(wake_at=moment, due_at=moment)
            )
        return len(rows)

    async def find_next_due(self) -> datetime | None:
        """Return when the next delivery can be claimed, because it is due or its claim runs out."""
        first = _claimable.with_only_columns(delivery.c.wake_at).limit(1)
        return (await self._connection.execute(first)).scalar_one_or_none()


def read_delivery(row: RowMapping) -> Delivery:
    """Convert a row with at least the table's columns."""
    c = delivery.c
    claimed = row[c.state] == DeliveryState.CLAIMED.value
    return Delivery(
        id=row[c.id],
        subscription_id=row[c.subscription_id],
        release_id=row[c.release_id],
        part=row[c.part],
        state=DeliveryState(row[c.state]),
        due_at=row[c.due_at],
        nonce=row[c.nonce],
        mention=row[c.mention],
        attempts=row[c.attempts],
        first_tried_at=row[c.first_tried_at],
        claimed_until=row[c.wake_at] if claimed else None,
        message_id=row[c.message_id],
        skipped=tuple(row[c.skipped]),
        thread_id=row[c.thread_id],
    )
