"""Reads and votes as they are counted, and the figures on posts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Delayed, Refused
from bot.domain.statistics.counters import Counters
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.services.statistics import counters
from bot.store.database import Database
from tests.services.fakes import NOON, OTHER_CHANNEL, World, chapter, long_text, serial


async def posted(store: Database) -> tuple[World, int, int, int]:
    """A long chapter posted in two channels: the world, both messages, and the release."""
    world = World(store, serial(chapter("one", long_text(600)), chapter("two")))
    await world.run()
    await world.subscribe()
    await world.subscribe(channel_id=OTHER_CHANNEL)
    await world.later(minutes=30)
    one, other = world.messenger.posts
    return world, one, other, world.messenger.posts[one][1].release.id


async def figures(world: World, release_id: int) -> Counters:
    async with world.store.read() as tx:
        return (await tx.counters.count_by_release([release_id]))[release_id]


async def test_a_reader_is_counted_once_however_often_they_turn(store: Database) -> None:
    world, one, other, release = await posted(store)
    for message in (one, other, one):
        for reader in (5, 6):
            await world.page_turns.turn_by(message, +1, reader)
    await world.page_turns.turn_by(one, +1)
    assert await figures(world, release) == Counters(), "a turn waits for no write"
    await world.counters.drain()
    assert await figures(world, release) == Counters(reads=2)


async def test_reads_are_written_by_themselves(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "WRITTEN_AFTER", 0.01)
    world, one, _, release = await posted(store)
    await world.page_turns.turn_by(one, +1, 5)
    writing = world.counters._writing
    assert writing is not None
    await writing
    assert await figures(world, release) == Counters(reads=1)
    await world.page_turns.turn_by(one, +1, 6)
    await world.counters.drain()
    assert await figures(world, release) == Counters(reads=2)


async def test_one_person_with_stars_on_two_servers_is_one_vote_and_has_read(store: Database) -> None:
    world, one, other, release = await posted(store)
    for message in (one, other):
        await world.page_turns.set_star(message, 5, True)
    assert await figures(world, release) == Counters(reads=1, votes=1)
    await world.page_turns.set_star(one, 5, False)
    assert await figures(world, release) == Counters(reads=1, votes=1)
    await world.page_turns.set_star(other, 5, False)
    assert await figures(world, release) == Counters(reads=1)


async def test_whoever_is_forgotten_is_not_written_afterwards(store: Database) -> None:
    world, one, _, release = await posted(store)
    await world.page_turns.turn_by(one, +1, 5)
    await world.page_turns.turn_by(one, +1, 6)
    await world.counters.forget_reader(5)
    await world.counters.drain()
    assert await figures(world, release) == Counters(reads=1)
    # They come back by their own doing.
    await world.page_turns.turn_by(one, -1, 5)
    await world.counters.drain()
    assert await figures(world, release) == Counters(reads=2)


async def test_a_turned_post_shows_figures_that_are_at_most_half_a_minute_old(store: Database) -> None:
    world, one, _, _ = await posted(store)
    await world.page_turns.set_star(one, 5, True)

    async def shown(step: int) -> Counters | None:
        await world.page_turns.turn_by(one, step, 6)
        await world.page_turns.drain()
        await world.counters.drain()
        return world.messenger.edits[-1][1].figures

    assert await shown(+1) == Counters(reads=1, votes=1)
    await world.page_turns.set_star(one, 7, True)
    assert await shown(-1) == Counters(reads=1, votes=1), "counted a moment ago"
    world.clock.advance(timedelta(seconds=31))
    await shown(+1)
    assert await shown(-1) == Counters(reads=3, votes=2)


@pytest.mark.parametrize(
    ("now", "shown", "far"),
    [
        (Counters(1, 0, 0), Counters(), True),
        (Counters(100, 10, 0), Counters(80, 9, 0), False),
        (Counters(100, 10, 0), Counters(74, 10, 0), True),
        (Counters(100, 0, 0), Counters(100, 1, 0), True),
        (Counters(100, 10, 1), Counters(100, 10, 0), True),
        (Counters(), Counters(), False),
    ],
)
def test_what_is_worth_an_edit(now: Counters, shown: Counters, far: bool) -> None:
    assert now.is_far_from(shown) is far


async def test_posts_are_edited_once_their_figures_are_far_off(store: Database) -> None:
    world, one, other, _ = await posted(store)
    await world.counter_refresh.sweep()
    assert world.messenger.edits == []
    await world.page_turns.set_star(one, 5, True)
    assert await world.counter_refresh.sweep() == world.clock.now() + timedelta(minutes=10)
    assert [message for message, _ in world.messenger.edits] == [other, one]
    assert all(post.figures == Counters(1, 1, 0) for _, post in world.messenger.edits)
    restarted = World(store, serial(chapter("one", long_text(600))))
    await restarted.counter_refresh.sweep()
    assert restarted.messenger.edits == [], "what was shown is remembered"


async def test_a_channel_that_refuses_edits_is_left_and_a_busy_discord_waited_for(store: Database) -> None:
    world, one, *_ = await posted(store)
    await world.page_turns.set_star(one, 5, True)
    world.messenger.edit_answers = [Refused(DeliveryFault("discord-50001", "no", NOON)), Delayed("limit")]
    await world.counter_refresh.sweep()
    assert world.messenger.edits == []
    await world.counter_refresh.sweep()
    assert [message for message, _ in world.messenger.edits] == [one]
    await world.counter_refresh.sweep()
    assert len(world.messenger.edits) == 1


async def test_figures_wait_for_whoever_is_more_urgent(store: Database) -> None:
    world, one, _, _ = await posted(store)
    await world.page_turns.set_star(one, 5, True)
    world.has_urgent_work = True
    await world.counter_refresh.sweep()
    assert world.messenger.edits == []
