"""Times at which parked subscriptions are tried again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.parking_records import ParkedSubscription
from bot.store.engine import upsert
from bot.store.subscriptions.subscriptions import read_subscription
from bot.store.tables import delivery, guild, parking, subscription

_with_parking = parking.join(subscription, subscription.c.id == parking.c.subscription_id)
_parked = subscription.c.state == SubscriptionState.PARKED.value
_left = exists().where(guild.c.id == subscription.c.guild_id, guild.c.left_at.is_not(None))


class ParkingRepository:
    """Schedules the looks at parked subscriptions; finds only subscriptions that are parked now."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count_looks(self, subscription_id: int, *, since: datetime) -> int:
        """Count the looks at a subscription that resumed by itself after `since` and got no post since; otherwise 0."""
        posted_since = exists().where(
            delivery.c.subscription_id == subscription_id, delivery.c.sent_at > parking.c.looked_at
        )
        counted = select(parking.c.looks).where(
            parking.c.subscription_id == subscription_id, parking.c.revived_at > since, ~posted_since
        )
        return int((await self._connection.execute(counted)).scalar_one_or_none() or 0)

    async def schedule_look(self, subscription_id: int, *, looks: int, look_at: datetime) -> None:
        """Schedule the first look at a subscription that was just parked."""
        new = upsert.insert(self._connection, parking).values(
            subscription_id=subscription_id, looks=looks, look_at=look_at
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["subscription_id"],
                set_={"looks": new.excluded.looks, "look_at": new.excluded.look_at, "revived_at": None},
            )
        )

    async def list_due(self, now: datetime, limit: int) -> list[ParkedSubscription]:
        """List the subscriptions to look at now, longest due first, without those of guilds the bot left."""
        return await self._select(parking.c.look_at <= now, ~_left, limit=limit)

    async def list_by_guilds(self, guild_ids: Collection[int]) -> list[ParkedSubscription]:
        """List the parked subscriptions of these guilds."""
        found: list[ParkedSubscription] = []
        for some in upsert.lists(guild_ids):
            found += await self._select(subscription.c.guild_id.in_(some))
        return found

    async def list_by_story(self, story: str) -> list[ParkedSubscription]:
        """List the parked subscriptions of a story."""
        return await self._select(subscription.c.story == story)

    async def find_next_look(self) -> datetime | None:
        """Return when the next look is due."""
        first = select(func.min(parking.c.look_at)).select_from(_with_parking).where(_parked, ~_left)
        moment: datetime | None = (await self._connection.execute(first)).scalar_one()
        return moment

    async def record_look(
        self, parked: ParkedSubscription, *, looks: int, now: datetime, look_at: datetime
    ) -> None:
        """Record a look after which the subscription stays parked.

        A request for an earlier look that came in the meantime is kept.
        """
        await self._connection.execute(
            update(parking)
            .where(parking.c.subscription_id == parked.subscription.id)
            .values(looks=looks, looked_at=now)
        )
        await self._connection.execute(
            update(parking)
            .where(parking.c.subscription_id == parked.subscription.id, parking.c.look_at == parked.look_at)
            .values(look_at=look_at)
        )

    async def hasten_look(
        self, subscription_id: int, now: datetime, look_at: datetime, *, anyway: bool = False
    ) -> None:
        """Move a look forward to `look_at`, unless an earlier one is scheduled.

        A look under way may have missed the change, so its time is moved too. `anyway` ignores an earlier one.
        """
        wanted = [parking.c.subscription_id == subscription_id, parking.c.look_at.is_not(None)]
        if not anyway:
            wanted.append(~parking.c.look_at.between(now, look_at))
        await self._connection.execute(update(parking).where(*wanted).values(look_at=look_at))

    async def record_revival(self, subscription_id: int, *, looks: int, now: datetime) -> None:
        """Record that a subscription resumed by itself; its looks keep counting until a post arrives."""
        await self._connection.execute(
            update(parking)
            .where(parking.c.subscription_id == subscription_id)
            .values(looks=looks, looked_at=now, look_at=None, revived_at=now)
        )

    async def list_revived_after(self, guild_id: int, moment: datetime) -> dict[int, datetime]:
        """Return the subscriptions of a guild that resumed by themselves after `moment`, and when."""
        rows = await self._connection.execute(
            select(parking.c.subscription_id, parking.c.revived_at)
            .select_from(_with_parking)
            .where(subscription.c.guild_id == guild_id, parking.c.revived_at > moment)
        )
        return dict(rows.all())

    async def _select(
        self, *conditions: ColumnElement[bool], limit: int | None = None
    ) -> list[ParkedSubscription]:
        rows = await self._connection.execute(
            select(subscription, parking.c.looks, parking.c.looked_at, parking.c.look_at)
            .select_from(_with_parking)
            .where(_parked, *conditions)
            .order_by(parking.c.look_at, parking.c.subscription_id)
            .limit(limit)
        )
        return [
            ParkedSubscription(
                subscription=read_subscription(row),
                looks=row[parking.c.looks],
                looked_at=row[parking.c.looked_at],
                look_at=row[parking.c.look_at],
            )
            for row in rows.mappings()
        ]
