"""Posts that are still to be crossposted to following channels: sent deliveries with a `publish_at`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.message_templates import Reason
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.crosspost_records import Crosspost, PendingCrosspost
from bot.store.engine import upsert
from bot.store.engine.column_types import Instant
from bot.store.subscriptions.subscriptions import read_subscription
from bot.store.tables import delivery, subscription

_wanted = (
    delivery.c.publish_at.is_not(None),
    delivery.c.message_id.is_not(None),
    subscription.c.publish,
    # A parked destination is left alone; its posts are published once it goes on.
    subscription.c.state.in_([SubscriptionState.ACTIVE.value, SubscriptionState.PAUSED.value]),
)
_other, _others, _own = delivery.alias("other"), subscription.alias("others"), subscription.alias("own")
_own_channel = (
    select(_own.c.channel_id)
    .where(_own.c.id == delivery.c.subscription_id)
    .correlate(delivery)
    .scalar_subquery()
)
_with_subscription = delivery.join(subscription, subscription.c.id == delivery.c.subscription_id)


class CrosspostRepository:
    """Schedules and settles the crossposting of sent deliveries."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def schedule(self, delivery_ids: Collection[int], now: datetime) -> None:
        """Schedule sent deliveries for crossposting, none before another of its channel that waits."""
        if delivery_ids:
            last = (
                select(func.max(_other.c.publish_at))
                .select_from(_other.join(_others, _others.c.id == _other.c.subscription_id))
                .where(_other.c.publish_at > now, _others.c.channel_id == _own_channel)
                .correlate(delivery)
                .scalar_subquery()
            )
            await self._connection.execute(
                update(delivery)
                .where(delivery.c.id.in_(delivery_ids), delivery.c.state == DeliveryState.SENT.value)
                .values(publish_at=func.coalesce(last, literal(now, Instant())), publish_tries=0)
            )

    async def list_due(self, now: datetime, limit: int) -> list[Crosspost]:
        """List the posts to crosspost now, oldest first.

        Only subscriptions that are active or paused and still want it count.
        """
        rows = await self._connection.execute(
            select(delivery, subscription)
            .select_from(_with_subscription)
            .where(*_wanted, delivery.c.publish_at <= now)
            .order_by(delivery.c.publish_at, delivery.c.sent_at, delivery.c.id)
            .limit(limit)
        )
        return [
            Crosspost(
                delivery_id=row[delivery.c.id],
                subscription=read_subscription(row),
                message_id=row[delivery.c.message_id],
                sent_at=row[delivery.c.sent_at] or now,
                tries=row[delivery.c.publish_tries] or 0,
            )
            for row in rows.mappings()
        ]

    async def find_next_due(self) -> datetime | None:
        """Return when the next crosspost is due."""
        first = select(func.min(delivery.c.publish_at)).select_from(_with_subscription).where(*_wanted)
        moment: datetime | None = (await self._connection.execute(first)).scalar_one()
        return moment

    async def postpone(self, delivery_id: int, at: datetime, reason: Reason | None) -> None:
        """Record a failed attempt and schedule the next one."""
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.id == delivery_id, delivery.c.publish_at.is_not(None))
            .values(
                publish_at=at, publish_tries=func.coalesce(delivery.c.publish_tries, 0) + 1, reason=reason
            )
        )

    async def clamp_due_times(self, now: datetime, latest: datetime) -> None:
        """Make due now any crosspost after `latest`, which only a wrong clock can have set."""
        await self._connection.execute(
            update(delivery).where(delivery.c.publish_at > latest).values(publish_at=now)
        )

    async def pause_channel(self, channel_id: int, until: datetime) -> None:
        """Delay every crosspost of a channel until then."""
        there = select(subscription.c.id).where(subscription.c.channel_id == channel_id)
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.subscription_id.in_(there), delivery.c.publish_at < until)
            .values(publish_at=until)
        )

    async def settle(self, delivery_id: int, reason: Reason | None = None) -> None:
        """Record that a post is crossposted or, with a reason, that it never will be."""
        await self._connection.execute(
            update(delivery).where(delivery.c.id == delivery_id).values(publish_at=null(), reason=reason)
        )

    async def cancel(self, subscription_id: int) -> None:
        """Cancel the crossposts of a subscription."""
        await self._connection.execute(
            update(delivery)
            .where(delivery.c.subscription_id == subscription_id, delivery.c.publish_at.is_not(None))
            .values(publish_at=null())
        )

    async def summarize_pending(self, subscription_ids: Collection[int]) -> dict[int, PendingCrosspost]:
        """Summarize the waiting crossposts of each subscription that has any."""
        found: dict[int, PendingCrosspost] = {}
        for some in upsert.chunks(list(subscription_ids)):
            rows = await self._connection.execute(
                select(
                    delivery.c.subscription_id,
                    func.count(),
                    func.min(delivery.c.publish_at),
                    func.max(delivery.c.reason),
                )
                .select_from(_with_subscription)
                .where(*_wanted, delivery.c.subscription_id.in_(some))
                .group_by(delivery.c.subscription_id)
            )
            found.update({row[0]: PendingCrosspost(*row[1:]) for row in rows})
        return found
