"""The database goes away while something is under way in Discord: nothing is lost, doubled, or left to wait."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unknown
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.services import transaction_retry
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from tests.services.fakes import AUTHOR, CHANNEL, NOON, OTHER_CHANNEL, World, chapter, serial
from tests.services.flaky_store import Shaky, Unsteady
from tests.services.suggestions.suggestion_helpers import make, reader

THREE = [chapter("one"), chapter("two"), chapter("three")]


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction_retry, "_FIRST_WAIT", 0.001)
    monkeypatch.setattr(transaction_retry, "_LONGEST_WAIT", 0.001)


async def subscribed(store: Database, *channels: int) -> tuple[World, Shaky]:
    """A world whose channels are owed a chapter in half an hour, and its database."""
    shaky = Shaky(store)
    world = World(shaky, serial(*THREE))
    await world.run()
    for channel in channels or (CHANNEL,):
        await world.subscribe(channel_id=channel)
    return world, shaky


def goes_away_after(world: World, shaky: Shaky, act: str) -> None:
    """Once Discord has done that, the database is away."""
    done: Callable[..., Awaitable[object]] = getattr(world.messenger, act)

    async def and_away(*args: object, **named: object) -> object:
        outcome = await done(*args, **named)
        shaky.away = True
        return outcome

    setattr(world.messenger, act, and_away)


async def until_it_fails(shaky: Shaky, times: int = 3) -> None:
    """Wait until it was tried so often."""
    async with asyncio.timeout(5):
        before = shaky.failures
        while shaky.failures < before + times:  # noqa: ASYNC110 - a count, not an event
            await asyncio.sleep(0.001)


ANSWERS = [Sent(1), Delayed("busy"), Unknown("lost"), Refused(DeliveryFault("50013", "no", NOON))]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: type(each).__name__)
async def test_what_became_of_a_post_is_settled_as_soon_as_it_can_be(store: Database, answer: object) -> None:
    world, shaky = await subscribed(store)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    world.messenger.answers = [answer]  # type: ignore[list-item]
    goes_away_after(world, shaky, "post")
    with contextlib.suppress(DatabaseAway):
        await world.delivery_worker.sweep()
    await until_it_fails(shaky)
    with pytest.raises(DatabaseAway):
        await world.delivery_worker.sweep()
    assert not world.delivery_worker.is_idle
    shaky.away = False
    await world.delivery_worker.drain()
    async with store.read() as tx:
        (job_id,) = [each for each in range(1, 5) if await tx.deliveries.get(each) is not None]
        row = await tx.deliveries.get(job_id)
        one = await tx.subscriptions.get(row.subscription_id) if row is not None else None
    assert row is not None
    assert one is not None
    assert row.state.value == {Sent: "sent", Refused: "parked"}.get(type(answer), "due")
    assert (one.state is SubscriptionState.PARKED) is isinstance(answer, Refused)


async def test_a_claim_whose_commit_was_not_answered_is_taken_up_at_once(store: Database) -> None:
    """Whoever claims cannot know: the rows may be claimed, with nobody at work on them."""
    world, shaky = await subscribed(store, CHANNEL, OTHER_CHANNEL)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    shaky.lose = lambda: True
    with pytest.raises(DatabaseAway):
        await world.delivery_worker.sweep()
    shaky.lose = lambda: False
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == world.messenger.keys_in(OTHER_CHANNEL) == ["one"]


async def test_what_others_are_at_work_on_is_left_to_them(store: Database) -> None:
    world, shaky = await subscribed(store, CHANNEL, OTHER_CHANNEL)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    post, held = world.messenger.post, asyncio.Event()

    async def slowly(*args: object) -> object:
        await held.wait()
        return await post(*args)  # type: ignore[arg-type]

    world.messenger.post = slowly  # type: ignore[assignment, method-assign]
    await world.delivery_worker.sweep()
    world.clock.advance(timedelta(minutes=1))
    shaky.lose = lambda: True
    with pytest.raises(DatabaseAway):
        await world.delivery_worker.sweep()
    shaky.lose = lambda: False
    await world.delivery_worker.sweep()
    held.set()
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == world.messenger.keys_in(OTHER_CHANNEL) == ["one"]


async def test_what_cannot_be_written_down_is_not_sent(store: Database) -> None:
    world, shaky = await subscribed(store)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    limiter = world.delivery_worker._posting._limiter
    turn = limiter.acquire

    async def away_meanwhile() -> None:
        shaky.away = True
        await turn()

    limiter.acquire = away_meanwhile  # type: ignore[method-assign]
    await world.delivery_worker.sweep()
    await until_it_fails(shaky)
    assert world.messenger.posts == {}
    limiter.acquire = turn  # type: ignore[method-assign]
    shaky.away = False
    await world.delivery_worker.drain()
    await world.later(minutes=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_a_message_to_somebody_is_sent_once(store: Database) -> None:
    world, shaky = await subscribed(store)
    async with store.begin() as tx:
        for n in range(3):
            await tx.notices.add(7, "dry", {"n": str(n)}, key=f"k{n}", nonce=f"n{n}", now=NOON)
    shaky.lose = lambda: True
    with pytest.raises(DatabaseAway):
        await world.notification_outbox.sweep()
    shaky.lose = lambda: False
    goes_away_after(world, shaky, "notify")
    telling = asyncio.create_task(world.notification_outbox.sweep())
    for n in range(1, 4):
        await until_it_fails(shaky)
        assert len(world.messenger.notices) == n
        shaky.away = False
        await asyncio.sleep(0.05)
    await telling
    assert [notice.facts["n"] for notice in world.messenger.notices] == ["0", "1", "2"]


async def test_a_restart_tells_at_once_what_its_predecessor_had_claimed(store: Database) -> None:
    async with store.begin() as tx:
        await tx.notices.add(7, "dry", {}, key="k", nonce="n", now=NOON)
        await tx.notices.claim(NOON, NOON + timedelta(minutes=3), 10)
    world = World(store, serial(*THREE))
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1


async def test_boards_and_polls_are_made_once(store: Database) -> None:
    world, shaky = await subscribed(store)
    for n in range(3):
        await make(world, reader(50 + n), f"An idea of the number {n}, about something else each time")
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    await world.polls.start(AUTHOR, "lamps", CHANNEL, length="1 day", answers=3)
    for sweep, act, made in (
        (world.panels.sweep, "post_panel", world.messenger.panels),
        (world.polls.sweep, "post_poll", world.messenger.polls),
    ):
        shaky.lose = lambda: True
        with pytest.raises(DatabaseAway):
            await sweep()
        shaky.lose = lambda: False
        goes_away_after(world, shaky, act)
        sweeping = asyncio.create_task(sweep())
        await until_it_fails(shaky)
        shaky.away = False
        await sweeping
        assert len(made) == 1, act
    async with store.read() as tx:
        (board,) = await tx.panels.list_boards("lamps")
        (poll,) = await tx.polls.list_running("lamps")
    assert board.message_id in world.messenger.panels
    assert poll.message_id in world.messenger.polls


async def test_a_star_that_could_not_be_kept_is_read_of_discord_later(store: Database) -> None:
    world, shaky = await subscribed(store)
    await world.later(minutes=30)
    (message_id,) = world.messenger.posts
    assert await world.page_turns.is_chapter_post(message_id)
    shaky.away = True
    await world.page_turns.set_star(message_id, 7, True)
    shaky.away = False
    assert world.counters.take_marked(10) == [message_id]


@pytest.mark.parametrize("seed", range(6))
async def test_through_all_of_it_each_chapter_comes_once_and_in_order(store: Database, seed: int) -> None:
    """Answers to commits are lost, and the database is away for moments, anywhere."""
    world, shaky = await subscribed(store, CHANNEL, OTHER_CHANNEL)
    shaky.lose = Unsteady(seed, 0.3)
    moment = Unsteady(seed + 100, 0.2)
    for _ in range(4):
        world.clock.advance(timedelta(days=1))
        for attempt in itertools.count():
            shaky.away = moment() and attempt < 50
            try:
                await world.publisher.publish_due()
                await world.delivery_worker.sweep()
                shaky.away = False
                await world.deliver()
            except DatabaseAway:
                shaky.away = False
                continue
            break
    shaky.lose = lambda: False
    await world.later(minutes=30)
    for channel in (CHANNEL, OTHER_CHANNEL):
        assert world.messenger.keys_in(channel) == ["one", "two", "three"]
    async with store.read() as tx:
        for subscription in await tx.subscriptions.list_by_story("lamps"):
            assert await tx.delivery_plans.count_unsettled(subscription.id) == 0
