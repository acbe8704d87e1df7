"""A beginning that an admin asked for is posted whole and in order, whatever the story's rule for missed slots."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery.outcomes import Refused
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.subscriptions.subscription import DeliveryFault, Start, SubscriptionOptions
from bot.store.database import Database
from tests.services.fakes import ADMIN, CHANNEL, NOON, OTHER_CHANNEL, World, chapter, serial
from tests.support.databases import fresh_store
from tests.support.profiles import examples

SIX = [chapter(key) for key in ("one", "two", "three", "four", "five", "six")]
RULES = [CatchUp.LATEST, CatchUp.ONE, CatchUp.ALL]
GAP = timedelta(minutes=10)


async def world_of(store: Database, rule: CatchUp, out: int = 4) -> World:
    """A world at noon with so many of six chapters out; the others come daily at six."""
    world = World(store, serial(*SIX, schedule="daily at 18:00", catch_up=rule, backlog=out))
    await world.run()
    return world


async def in_small_steps(world: World, **by: float) -> None:
    """As the bot does while it runs: it looks every ten minutes."""
    end = world.clock.now() + timedelta(**by)
    while world.clock.now() < end:
        await world.later(minutes=10)


@pytest.mark.parametrize("rule", RULES)
async def test_it_is_posted_whole_a_gap_apart(store: Database, rule: CatchUp) -> None:
    world = await world_of(store, rule)
    await world.subscribe(start=Start.BEGINNING, options=SubscriptionOptions(mention=77))
    await world.deliver()
    for count in (1, 2, 3, 4):
        assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three", "four"][:count]
        await world.later(minutes=10)
    assert [post.mention for _, post, _ in world.messenger.posts.values()] == [None, None, None, 77]
    await in_small_steps(world, days=2)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three", "four", "five", "six"]


@pytest.mark.parametrize("rule", RULES)
async def test_the_others_begin_where_they_are_told_to(store: Database, rule: CatchUp) -> None:
    world = await world_of(store, rule)
    await world.subscribe(start=Start.LATEST)
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.NEXT)
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["four"]
    assert world.messenger.keys_in(OTHER_CHANNEL) == []


@pytest.mark.parametrize(
    ("rule", "posted", "named"),
    [
        (CatchUp.ALL, ["one", "two", "three", "four", "five", "six"], []),
        (CatchUp.LATEST, ["one", "two", "three", "four", "six"], ["five"]),
        (CatchUp.ONE, ["one", "two", "three", "four", "five"], []),
    ],
)
async def test_a_stop_in_the_middle_takes_nothing_of_it(
    store: Database, rule: CatchUp, posted: list[str], named: list[str]
) -> None:
    """The bot is away for two days; what came out meanwhile was missed, the rest of the beginning was not."""
    world = await world_of(store, rule)
    await world.subscribe(start=Start.BEGINNING)
    await world.deliver()
    world.clock.advance(timedelta(days=2))
    await world.publisher.space_out_overdue()
    await world.run()
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"], (
        "what waited comes a gap apart, not all at once"
    )
    await in_small_steps(world, hours=2)
    assert world.messenger.keys_in(CHANNEL) == posted
    skipped = [release.chapter for _, post, _ in world.messenger.posts.values() for release in post.skipped]
    assert skipped == named


@pytest.mark.parametrize("rule", RULES)
async def test_a_pause_or_a_parking_in_the_middle_takes_nothing_of_it(store: Database, rule: CatchUp) -> None:
    world = await world_of(store, rule)
    await world.subscribe(start=Start.BEGINNING)
    await world.deliver()
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.later(hours=5)
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    world.messenger.answers = [Refused(DeliveryFault("discord-50013", "no", NOON))]
    await world.later(minutes=10)
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await in_small_steps(world, hours=1)
    assert world.messenger.keys_in(CHANNEL)[:4] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("rule", RULES)
async def test_so_it_is_after_subscribing_again_and_after_giving_up_a_pace(
    store: Database, rule: CatchUp
) -> None:
    world = await world_of(store, rule)
    await world.subscribe()
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.subscribe(start=Start.BEGINNING, options=SubscriptionOptions(pace="daily at 18:00"))
    await world.later(hours=6)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.subscribe(options=SubscriptionOptions())
    await in_small_steps(world, hours=1)
    assert world.messenger.keys_in(CHANNEL)[:4] == ["one", "two", "three", "four"]


STEPS = st.sampled_from(["run", "stop", "pause", "resume", "refuse", "pace", "no pace"])


@settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rule=st.sampled_from(CatchUp),
    out=st.integers(0, 6),
    paced=st.booleans(),
    steps=st.lists(st.tuples(STEPS, st.integers(1, 30)), max_size=6),
)
async def test_whatever_happens_it_is_whole_in_order_and_once(
    tmp_path_factory: pytest.TempPathFactory,
    rule: CatchUp,
    out: int,
    paced: bool,
    steps: list[tuple[str, int]],
) -> None:
    async with fresh_store(tmp_path_factory.mktemp("beginning"), "sqlite") as store:
        world = await world_of(store, rule, out)
        pace = SubscriptionOptions(pace="every 2 hours")
        await world.subscribe(start=Start.BEGINNING, options=pace if paced else SubscriptionOptions())
        for step, hours in [*steps, ("resume", 1), ("no pace", 1)]:
            await _do(world, step, hours, pace)
        await in_small_steps(world, hours=1)
        for _ in range(6):
            await world.later(days=1)
        posted = [post.release.number for to, post, _ in world.messenger.posts.values()]
        assert posted[:out] == list(range(1, out + 1)), "the beginning is whole and in order"
        assert all(one < other for one, other in pairwise(posted)), "nothing is posted twice"
        named = [one.number for _, post, _ in world.messenger.posts.values() for one in post.skipped]
        assert sorted([*posted, *named]) == [1, 2, 3, 4, 5, 6]


async def _do(world: World, step: str, hours: int, pace: SubscriptionOptions) -> None:
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    state = line.subscription.state.value
    match step:
        case "stop":
            world.clock.advance(timedelta(hours=hours))
            await world.publisher.space_out_overdue()
            return
        case "pause" if state != "paused":
            await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
        case "resume" if state != "active":
            await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
        case "refuse":
            world.messenger.answers = [Refused(DeliveryFault("discord-50013", "no", NOON))]
        case "pace":
            await world.subscribe(options=pace)
        case "no pace":
            await world.subscribe(options=SubscriptionOptions())
    await world.later(hours=hours)
