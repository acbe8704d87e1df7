"""The ledger: who is owed which post, and what became of it.

A row's `wake_at` is when it next wants attention: the moment it is due, or the one its claim runs out; a settled row
has none. The two partial indexes on it hold only what is still to be sent, so finding work costs the same however
long the ledger grows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Row,
    RowMapping,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import Delivery, DeliveryState
from bot.domain.releases.release import Release
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.delivery_records import ClaimedDelivery, NewDelivery
from bot.store.engine import upsert
from bot.store.engine.types import Instant
from bot.store.releases.releases import read_release
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
    """The ledger."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rows: Sequence[NewDelivery]) -> int:
        """Enter rows; those that exist already are left as they are. Returns how many are new.

        Raises:
            KeyError: a row names a release that there is not.
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

    async def claim(
        self, now: datetime, until: datetime, limit: int, avoid: Collection[int] = ()
    ) -> list[ClaimedDelivery]:
        """Claim up to `limit` deliveries that are due, oldest first.

        1. Pick rows that are first in line for their subscription, one of a channel. PostgreSQL locks them, passing
           over those another claimer has locked; SQLite has one writer at a time.
        2. Update those that are still awake at `now`. The update moves `wake_at` past `now`, so of two claimers only
           one changes a row; what it returns is what was claimed.
        3. Read the claimed rows with what they belong to.

        Raises:
            ValueError: the claim would have run out already.
        """
        if until <= now:
            raise ValueError("a claim must reach into the future")
        picked = await self._pick(now, limit, avoid)
        if not picked:
            return []
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
        jobs = await self._jobs(set(claimed.scalars()), {row.id for row in picked if row.state == "claimed"})
        return [jobs[row.id] for row in picked if row.id in jobs]

    async def _pick(self, now: datetime, limit: int, avoid: Collection[int]) -> list[Row[int, str, int]]:
        """The rows to claim. A page may be all of one busy channel, so pages are read until there are enough."""
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
        """The row of that id."""
        found = await self._connection.execute(select(delivery).where(delivery.c.id == delivery_id))
        row = found.mappings().one_or_none()
        return None if row is None else read_delivery(row)

    async def made(self, delivery_id: int, message_id: int) -> bool:
        """The message of a claimed one exists; what else belongs to it is still to be done, so it stays claimed."""
        return await self._release_claim(delivery_id, DeliveryState.CLAIMED, message_id=message_id)

    async def sent(self, delivery_id: int, message_id: int | None, now: datetime) -> bool:
        """Settle a claimed one as sent."""
        return await self._release_claim(
            delivery_id,
            DeliveryState.SENT,
            wake_at=null(),
            message_id=message_id,
            sent_at=now,
            reason=null(),
        )

    async def among(self, delivery_ids: Collection[int]) -> set[int]:
        """Those of these that the ledger still has: what is planned anew is forgotten first."""
        known = select(delivery.c.id).where(delivery.c.id.in_(delivery_ids))
        return set((await self._connection.execute(known)).scalars())

    async def sent_after(self, subscription_id: int, number: int) -> Release | None:
        """The first chapter after that number that the subscription has been sent and that can be read."""
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

    async def sent_all(self, message_ids: Mapping[int, int | None], now: datetime) -> None:
        """Settle claimed ones as sent: the message of each, by delivery; those not claimed stay as they are."""
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

    async def again(self, delivery_id: int, due_at: datetime, reason: str, *, fresh: bool) -> bool:
        """Release a claim: it is due again later. `fresh`: it surely was not sent, so the next attempt starts anew."""
        forget = {"first_tried_at": null()} if fresh else {}
        return await self._release_claim(
            delivery_id, DeliveryState.DUE, due_at=due_at, wake_at=due_at, reason=reason, **forget
        )

    async def park(self, delivery_id: int, reason: str, *, fresh: bool = False) -> bool:
        """Settle a claimed one as parked. `fresh`: it surely was not sent, so once unparked it starts anew."""
        forget = {"first_tried_at": null()} if fresh else {}
        return await self._release_claim(
            delivery_id, DeliveryState.PARKED, wake_at=null(), reason=reason, **forget
        )

    async def skip(self, delivery_id: int, reason: str) -> bool:
        """Settle a claimed one as skipped."""
        return await self._release_claim(delivery_id, DeliveryState.SKIPPED, wake_at=null(), reason=reason)

    async def _release_claim(self, delivery_id: int, to: DeliveryState, **values: object) -> bool:
        settled = await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == delivery_id, delivery.c.state == DeliveryState.CLAIMED.value)
            .values(state=to.value, **values)
        )
        return settled.rowcount == 1

    async def renew(self, row: NewDelivery) -> bool:
        """Enter a row, also where one was skipped; False if there is one that was sent or will be."""
        await self._connection.execute(
            delete(delivery).where(
                delivery.c.subscription_id == row.subscription_id,
                delivery.c.release_id == row.release_id,
                delivery.c.part == row.part,
                delivery.c.state == DeliveryState.SKIPPED.value,
            )
        )
        return await self.add([row]) == 1

    async def forget(self, delivery_id: int) -> None:
        """Its message was deleted because nobody is to have it any more."""
        await self._connection.execute(
            delete(delivery).where(delivery.c.id == delivery_id, delivery.c.wake_at.is_(None))
        )

    async def reclaim(self, now: datetime, but: Collection[int] = ()) -> int:
        """Have every claim run out now, whoever made it, without those of the deliveries `but`; returns how many. What
        was tried stays on record.
        """
        claimed = and_(delivery.c.state == DeliveryState.CLAIMED.value, delivery.c.id.not_in(but))
        # What was claimed was due: its own moment holds also where the clock is wrong just now.
        moment = case((delivery.c.due_at < now, delivery.c.due_at), else_=literal(now, Instant()))
        run_out = await self._connection.execute(
            update(delivery).where(_unsettled, claimed, delivery.c.wake_at > moment).values(wake_at=moment)
        )
        return run_out.rowcount

    async def set_right(self, now: datetime, longest: timedelta) -> int:
        """Bring forward what waits for a moment that only a wrong clock can have named: the next post of a destination
        is never more than `longest` ahead. What follows it comes as far behind it as before. Returns for how many
        destinations.
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

    async def unpark(self, subscription_id: int, due_at: datetime) -> int:
        """Make the parked ones of a subscription due again; returns how many.

        Attempts keep counting: an earlier one's unknown outcome must not be forgotten.
        """
        woken = await self._connection.execute(
            update(delivery)
            .where(
                delivery.c.subscription_id == subscription_id, delivery.c.state == DeliveryState.PARKED.value
            )
            .values(state=DeliveryState.DUE.value, due_at=due_at, wake_at=due_at)
        )
        return woken.rowcount

    async def withdraw(self, subscription_id: int) -> int | None:
        """Take back what is planned after the last post that was tried, sent or given up; returns the number of the
        first release that is no longer planned, None if nothing was taken back.
        """
        own = delivery.c.subscription_id == subscription_id
        untried = and_(
            delivery.c.state.in_([DeliveryState.DUE.value, DeliveryState.PARKED.value]),
            delivery.c.first_tried_at.is_(None),
            delivery.c.message_id.is_(None),
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
        """Skip everything of a subscription that is due or parked and has not been tried; returns how many."""
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

    async def last_due(self, subscription_ids: Collection[int]) -> dict[int, datetime]:
        """For each of them that has unsettled deliveries, when the last is due."""
        found: dict[int, datetime] = {}
        for some in upsert.chunks(list(subscription_ids)):
            rows = await self._connection.execute(
                select(delivery.c.subscription_id, func.max(delivery.c.due_at))
                .where(_unsettled, delivery.c.subscription_id.in_(some))
                .group_by(delivery.c.subscription_id)
            )
            found.update(rows.all())
        return found

    async def overdue(self, now: datetime) -> dict[int, list[tuple[int, datetime]]]:
        """The posts of running subscriptions that have not been tried and of which several are overdue: by
        subscription, in the order of posting, each with when it is due.
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

    async def put_off(self, moments: Mapping[int, datetime]) -> None:
        """Have these be due at those moments, unless they have been claimed since."""
        if not moments:
            return
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == bindparam("of"), delivery.c.state == DeliveryState.DUE.value)
            .values(due_at=bindparam("moment"), wake_at=bindparam("moment")),
            [{"of": id_, "moment": moment} for id_, moment in moments.items()],
        )

    async def next_due(self) -> datetime | None:
        """When the next delivery can be claimed: it is due then, or its claim runs out."""
        first = _claimable.with_only_columns(delivery.c.wake_at).limit(1)
        return (await self._connection.execute(first)).scalar_one_or_none()

    async def unsettled(self, subscription_id: int) -> int:
        """How many are still to be sent."""
        counted = select(func.count()).where(_unsettled, delivery.c.subscription_id == subscription_id)
        return int((await self._connection.execute(counted)).scalar_one())


def read_delivery(row: RowMapping) -> Delivery:
    """The row in a mapping that has all of its table's columns, possibly among others."""
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
