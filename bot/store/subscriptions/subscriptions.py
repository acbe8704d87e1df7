"""Subscriptions: one per channel and story."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, bindparam, case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriptions.pace import PaceState
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    MentionReach,
    Start,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.store.engine import upsert
from bot.store.subscriptions.subscription_records import NewSubscription
from bot.store.tables import delivery, paced_and_active, subscription

_not_ended = subscription.c.state != SubscriptionState.ENDED.value


class SubscriptionRepository:
    """Subscriptions, one per channel and story."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: NewSubscription) -> Subscription | None:
        """Enter a subscription; None if the channel has one for that story, even one entered a moment ago."""
        entered = await self._connection.execute(
            upsert.insert(self._connection, subscription)
            .values(
                story=new.story,
                guild_id=new.guild_id,
                channel_id=new.channel_id,
                user_id=new.user_id,
                created_by=new.created_by,
                created_at=new.created_at,
                place=new.place,
                wished=new.wished,
                state=SubscriptionState.ACTIVE.value,
                forum=new.forum,
                start=new.start.value if new.start is not None else None,
                **_columns(new.options),
                **_pacing_columns(new.pacing),
            )
            .on_conflict_do_nothing(index_elements=["channel_id", "story"])
            .returning(*subscription.c)
        )
        row = entered.mappings().one_or_none()
        return None if row is None else read_subscription(row)

    async def get(self, subscription_id: int) -> Subscription | None:
        """Return the subscription with that id."""
        return await self._first(subscription.c.id == subscription_id)

    async def find(self, channel_id: int, story: str) -> Subscription | None:
        """Return the subscription of a channel to a story, even an ended one, which keeps its place."""
        return await self._first(subscription.c.channel_id == channel_id, subscription.c.story == story)

    async def list_by_guild(self, guild_id: int) -> list[Subscription]:
        """List a guild's subscriptions that have not ended, by story and channel."""
        return await self._select(subscription.c.guild_id == guild_id, _not_ended)

    async def list_by_channel(self, channel_id: int) -> list[Subscription]:
        """List a channel's subscriptions that have not ended, by story."""
        return await self._select(subscription.c.channel_id == channel_id, _not_ended)

    async def list_by_story(
        self,
        story: str,
        state: SubscriptionState = SubscriptionState.ACTIVE,
        *,
        paced: bool | None = None,
    ) -> list[Subscription]:
        """List a story's subscriptions in that state, with `paced` only those with or without their own pace."""
        conditions = [subscription.c.story == story, subscription.c.state == state.value]
        if paced is not None:
            conditions.append(subscription.c.pace.is_not(None) if paced else subscription.c.pace.is_(None))
        return await self._select(*conditions)

    async def list_by_reader(self, user_id: int) -> list[Subscription]:
        """List a reader's own subscriptions that have not ended, by story."""
        return await self._select(subscription.c.user_id == user_id, _not_ended)

    async def list_due_paced(self, now: datetime, limit: int) -> list[Subscription]:
        """List active subscriptions whose own pace has a slot at or before `now`, longest due first."""
        rows = await self._connection.execute(
            select(subscription)
            .where(paced_and_active, subscription.c.next_slot_at <= now)
            .order_by(subscription.c.next_slot_at, subscription.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [read_subscription(row) for row in rows.mappings()]

    async def find_next_slot(self) -> datetime | None:
        """Return when the next slot of any active subscription's own pace is."""
        first = select(subscription.c.next_slot_at).where(paced_and_active)
        ordered = first.order_by(subscription.c.next_slot_at).limit(1)
        return (await self._connection.execute(ordered)).scalar_one_or_none()

    async def set_pacings(self, pacings: Mapping[int, PaceState | None]) -> None:
        """Store the state of these subscriptions' own pace; None for those without one."""
        if not pacings:
            return
        await self._connection.execute(
            update(subscription)
            .where(subscription.c.id == bindparam("of"))
            .values({name: bindparam(f"new_{name}") for name in _pacing_columns(None)}),
            [
                {"of": id_} | {f"new_{name}": value for name, value in _pacing_columns(pacing).items()}
                for id_, pacing in pacings.items()
            ],
        )

    async def list_stories(self, guild_id: int) -> set[str]:
        """Return the slugs of the stories to which a guild has subscriptions that have not ended."""
        slugs = select(subscription.c.story).where(subscription.c.guild_id == guild_id, _not_ended).distinct()
        return set((await self._connection.execute(slugs)).scalars())

    async def set_options(
        self, subscription_id: int, options: SubscriptionOptions, start: Start | None = None
    ) -> None:
        """Replace the options; place and state stay.

        `start` is where it begins again, if it does. A new role to mention has no fault yet.
        """
        same = subscription.c.mention.is_not_distinct_from(options.mention)
        fault = case((same, subscription.c.mention_fault), else_=null())
        begun = {} if start is None else {"start": start.value}
        await self._set(subscription_id, **_columns(options), mention_fault=fault, **begun)

    async def set_mention_fault(self, subscription_id: int, role_id: int, fault: MentionReach | None) -> bool:
        """Store why a role is not mentioned, or None if it is.

        Returns:
            False if that was known, or if the subscription mentions another role by now.
        """
        value, c = fault.value if fault is not None else None, subscription.c
        changed = await self._connection.execute(
            update(subscription)
            .where(c.id == subscription_id, c.mention == role_id, c.mention_fault.is_distinct_from(value))
            .values(mention_fault=value)
        )
        return changed.rowcount == 1

    async def advance(self, subscription_ids: Collection[int], place: int) -> None:
        """Raise the place of those subscriptions whose place is lower."""
        for some in upsert.chunks(list(subscription_ids)):
            await self._connection.execute(
                update(subscription)
                .where(subscription.c.id.in_(some), subscription.c.place < place)
                .values(place=place)
            )

    async def move_all(self, story: str, *, was: int, to: int) -> None:
        """Move all subscriptions of a story from the place `was`, whatever their state."""
        await self._connection.execute(
            update(subscription)
            .where(subscription.c.story == story, subscription.c.place == was)
            .values(place=to)
        )

    async def rewind(self, subscription_id: int, place: int) -> None:
        """Set any place, and delete the deliveries after it so that they can be planned again.

        The posts that they led to stay known.
        """
        await self._set(subscription_id, place=place)
        await self._connection.execute(
            delete(delivery).where(delivery.c.subscription_id == subscription_id, delivery.c.number > place)
        )

    async def request_through(self, subscription_id: int, number: int) -> None:
        """Record that the releases up to that number were asked for, so no catch-up rule skips them; 0 for none."""
        await self._set(subscription_id, wished=number)

    async def transition(
        self,
        subscription_id: int,
        to: SubscriptionState,
        *,
        was: Collection[SubscriptionState],
        fault: DeliveryFault | None = None,
    ) -> bool:
        """Change the state if it is one of `was`, and store the fault (None clears it)."""
        turned = await self._connection.execute(
            update(subscription)
            .where(subscription.c.id == subscription_id, subscription.c.state.in_([s.value for s in was]))
            .values(
                state=to.value,
                fault_code=fault.code if fault else None,
                fault_reason=fault.reason if fault else None,
                fault_at=fault.at if fault else None,
            )
        )
        return turned.rowcount == 1

    async def _set(self, subscription_id: int, **values: object) -> None:
        await self._connection.execute(
            update(subscription).where(subscription.c.id == subscription_id).values(**values)
        )

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Subscription]:
        rows = await self._connection.execute(select(subscription).where(*conditions))
        found = [read_subscription(row) for row in rows.mappings()]
        # Not by the database: PostgreSQL sorts text by its locale.
        return sorted(found, key=lambda one: (one.story, one.channel_id))

    async def _first(self, *conditions: ColumnElement[bool]) -> Subscription | None:
        found = await self._select(*conditions)
        return found[0] if found else None


def _columns(options: SubscriptionOptions) -> dict[str, Any]:
    return {
        "style": options.style.value,
        "mention": options.mention,
        "pace": options.pace,
        "publish": options.publish,
        "tag": options.tag,
    }


def _pacing_columns(pacing: PaceState | None) -> dict[str, datetime | None]:
    return {
        "paced_since": pacing.since if pacing else None,
        "settled_until": pacing.settled_until if pacing else None,
        "next_slot_at": pacing.next_at if pacing else None,
    }


def read_subscription(row: RowMapping) -> Subscription:
    """Convert a row with at least the table's columns."""
    c = subscription.c
    fault = None
    if row[c.fault_code] is not None:
        fault = DeliveryFault(row[c.fault_code], row[c.fault_reason], row[c.fault_at])
    pacing = None
    if row[c.paced_since] is not None:
        pacing = PaceState(row[c.paced_since], row[c.settled_until], row[c.next_slot_at])
    return Subscription(
        id=row[c.id],
        story=row[c.story],
        guild_id=row[c.guild_id],
        channel_id=row[c.channel_id],
        user_id=row[c.user_id],
        created_by=row[c.created_by],
        created_at=row[c.created_at],
        place=row[c.place],
        state=SubscriptionState(row[c.state]),
        options=SubscriptionOptions(
            style=ReleaseStyle(row[c.style]),
            mention=row[c.mention],
            pace=row[c.pace],
            publish=row[c.publish],
            tag=row[c.tag],
        ),
        fault=fault,
        forum=row[c.forum],
        pace_state=pacing,
        wished=row[c.wished] or 0,
        unsure_since=row[c.unsure_since],
        start=Start(row[c.start]) if row[c.start] is not None else None,
        mention_fault=MentionReach(row[c.mention_fault]) if row[c.mention_fault] is not None else None,
    )
