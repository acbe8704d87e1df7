from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription
from tests.store.samples import ADMIN, CHANNEL, GUILD, NOW, add_story, subscribe

State = SubscriptionState
FULL = SubscriptionOptions(
    style=ReleaseStyle.CARD, mention=9 << 59, pace="daily at 18:00", publish=True, tag=1 << 62
)


async def test_a_subscription_comes_back_as_it_was_made(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx, options=FULL, place=3)
        assert made == Subscription(
            made.id, "lamp", GUILD, CHANNEL, None, ADMIN, NOW, 3, State.ACTIVE, FULL, None
        )
        assert await tx.subscriptions.get(made.id) == made
        assert await tx.subscriptions.find(CHANNEL, "lamp") == made
        assert await tx.subscriptions.find(CHANNEL, "zoo") is None
        assert await tx.subscriptions.get(9999) is None


async def test_a_reader_follows_by_dm(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx, guild_id=None, user_id=77, created_by=77)
        assert await tx.subscriptions.get(made.id) == made
        assert made.guild_id is None
        assert await tx.subscriptions.list_by_guild(GUILD) == []


@pytest.mark.parametrize(
    "changes", [{"story": "none"}, {"guild_id": None, "channel": 5}, {"place": -1, "channel": 5}]
)
async def test_what_the_schema_refuses(store: Database, changes: dict[str, object]) -> None:
    """An unknown story, one of nobody's, a place before the first."""
    async with store.begin() as tx:
        await add_story(tx)
        await subscribe(tx)
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await subscribe(tx, **changes)


async def test_lists_leave_out_what_has_ended(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx, "zoo")
        await add_story(tx)
        zoo = await subscribe(tx, "zoo", 30)
        late = await subscribe(tx, "lamp", 20)
        early = await subscribe(tx, "lamp", 10)
        same = await subscribe(tx, "lamp", 30)
        other = await subscribe(tx, "lamp", 40, guild_id=5)
        assert await tx.subscriptions.list_by_guild(GUILD) == [early, late, same, zoo]
        assert await tx.subscriptions.list_by_channel(30) == [same, zoo]
        assert await tx.subscriptions.list_stories(GUILD) == {"lamp", "zoo"}
        await tx.subscriptions.transition(zoo.id, State.ENDED, was=[State.ACTIVE])
        await tx.subscriptions.transition(late.id, State.PAUSED, was=[State.ACTIVE])
        assert [one.id for one in await tx.subscriptions.list_by_guild(GUILD)] == [early.id, late.id, same.id]
        assert await tx.subscriptions.list_by_channel(30) == [same]
        assert await tx.subscriptions.list_stories(GUILD) == {"lamp"}
        assert await tx.subscriptions.list_by_story("lamp") == [early, same, other]
        assert [one.id for one in await tx.subscriptions.list_by_story("lamp", State.PAUSED)] == [late.id]
        ended = await tx.subscriptions.find(30, "zoo")
        assert ended is not None
        assert ended.state is State.ENDED


async def test_options_change_and_the_place_stays(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx, options=FULL, place=3)
        await tx.subscriptions.set_options(made.id, SubscriptionOptions())
        changed = await tx.subscriptions.get(made.id)
    assert changed is not None
    assert (changed.options, changed.place) == (SubscriptionOptions(), 3)


async def test_places_move_forward_in_bulk_and_back_only_when_asked(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = [await subscribe(tx, channel=n, place=n % 3) for n in range(1, 10)]
        ids = [one.id for one in made]
        await tx.subscriptions.advance([], 2)
        # Many more ids than one statement has parameters for.
        await tx.subscriptions.advance([*ids[:6], *range(10_000, 80_000)], 1)
        assert [one.place for one in await tx.subscriptions.list_by_story("lamp")] == [
            1,
            2,
            1,
            1,
            2,
            1,
            1,
            2,
            0,
        ]
        await tx.subscriptions.rewind(ids[1], 0)
        moved = await tx.subscriptions.get(ids[1])
    assert moved is not None
    assert moved.place == 0


async def test_turning_names_the_old_states_and_keeps_the_fault(store: Database) -> None:
    fault = DeliveryFault("missing-permission", "I may not send here.", NOW)
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)
        assert not await tx.subscriptions.transition(made.id, State.ACTIVE, was=[State.PAUSED, State.PARKED])
        assert not await tx.subscriptions.transition(made.id, State.PAUSED, was=[])
        assert not await tx.subscriptions.transition(9999, State.PAUSED, was=[State.ACTIVE])
        assert await tx.subscriptions.transition(made.id, State.PARKED, was=[State.ACTIVE], fault=fault)
        parked = await tx.subscriptions.get(made.id)
        assert await tx.subscriptions.transition(made.id, State.ACTIVE, was=[State.PAUSED, State.PARKED])
        active = await tx.subscriptions.get(made.id)
    assert parked is not None
    assert (parked.state, parked.fault) == (State.PARKED, fault)
    assert active == made


async def test_of_many_who_turn_at_once_one_does(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)

    async def end() -> bool:
        async with store.begin() as tx:
            return await tx.subscriptions.transition(made.id, State.ENDED, was=[State.ACTIVE])

    assert sum(await asyncio.gather(*(end() for _ in range(20)))) == 1


async def test_of_two_that_subscribe_a_channel_at_once_one_finds_the_others(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
    ready, entered = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with store.begin() as tx:
            await subscribe(tx)
            entered.set()
            await ready.wait()

    async def second() -> tuple[Subscription | None, Subscription | None]:
        await entered.wait()
        async with store.begin() as tx:
            made = await tx.subscriptions.add(
                NewSubscription(
                    story="lamp",
                    guild_id=GUILD,
                    channel_id=CHANNEL,
                    user_id=None,
                    created_by=ADMIN,
                    created_at=NOW,
                    place=0,
                    options=SubscriptionOptions(),
                )
            )
            return made, await tx.subscriptions.find(CHANNEL, "lamp")

    async def release() -> None:
        await entered.wait()
        await asyncio.sleep(0.1)
        ready.set()

    _, (made, found), _ = await asyncio.gather(first(), second(), release())
    assert made is None
    assert found is not None
