"""A channel's own pace over what is out, and how lagging channels get level."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Refused
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.subscriptions.pace import PaceState, parse_pace, start_pace
from bot.domain.subscriptions.subscription import DeliveryFault, Start, SubscriptionOptions
from bot.domain.subscriptions.subscription_refusals import OptionsConflict
from bot.services.subscriptions.subscription_requests import SubscribeRequest
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, NOON, OTHER_CHANNEL, World, chapter, serial

FIVE = [chapter(key) for key in ("one", "two", "three", "four", "five")]
DAILY = SubscriptionOptions(pace="daily at 18:00")


async def paced(store: Database, options: SubscriptionOptions = DAILY, **more: object) -> World:
    """A world at noon with five chapters out, and a channel that reads them at its own pace."""
    world = World(store, serial(*FIVE, backlog=5, **more))  # type: ignore[arg-type]
    await world.run()
    await world.subscribe(options=options)
    await world.deliver()
    return world


async def test_a_pace_brings_a_chapter_a_slot_from_the_beginning_and_then_passes(store: Database) -> None:
    world = await paced(store)
    assert world.messenger.posts == {}
    await world.later(hours=6)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    for _ in range(6):
        await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three", "four", "five"]
    world.library.put(serial(*FIVE, chapter("six"), backlog=5))
    await world.later(hours=19)
    assert len(world.messenger.posts) == 5, "out since 12:30, but it waits for the channel's own slot"
    await world.later(hours=5)
    assert world.messenger.keys_in(CHANNEL)[-1] == "six"


async def test_the_first_slot_of_every_is_the_subscribing_and_the_answer_shows_three_times(
    store: Database,
) -> None:
    world = World(store, serial(*FIVE, backlog=5))
    await world.run()
    done = await world.channel_subscriptions.subscribe(
        ADMIN, "lamps", CHANNEL, SubscribeRequest(SubscriptionOptions(pace="every 2 hours"))
    )
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    assert done.posts_due == 1
    assert done.slots == tuple(NOON + timedelta(hours=n) for n in (2, 4, 6))
    await world.later(hours=2)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_pace_does_not_mind_a_hiatus_or_missing_files(store: Database) -> None:
    world = await paced(store)
    await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)
    await world.later(hours=6)
    world.library.held.clear()
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_missed_slots_of_a_pace_are_caught_up_in_order(store: Database) -> None:
    world = await paced(store)
    await world.later(days=2, hours=7)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]
    await world.later(minutes=30)
    assert len(world.messenger.posts) == 3, "only its slots that passed count"


async def test_missed_slots_of_a_pace_under_latest_name_the_others(store: Database) -> None:
    world = World(store, serial(*FIVE[:1], catch_up=CatchUp.LATEST, backlog=1))
    await world.run()
    await world.subscribe(options=DAILY)
    await world.later(hours=6)
    world.library.put(serial(*FIVE, catch_up=CatchUp.LATEST, backlog=1, schedule="every 1 minutes"))
    await world.later(minutes=5)
    await world.later(days=2, hours=1)
    first, last = (post for _, post, _ in world.messenger.posts.values())
    assert (first.release.chapter, last.release.chapter) == ("one", "three")
    assert [release.chapter for release in last.skipped] == ["two"]


async def test_a_wished_beginning_is_not_cut_short_by_missed_slots_of_its_pace(store: Database) -> None:
    world = await paced(store, catch_up=CatchUp.LATEST)
    await world.later(days=2, hours=7)
    for _ in range(2):
        await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_missed_slots_of_a_pace_under_one_shift_the_rest(store: Database) -> None:
    world = await paced(store, catch_up=CatchUp.ONE)
    await world.later(days=2, hours=7)
    await world.later(hours=2)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_pace_goes_on_where_it_stopped_after_parking(store: Database) -> None:
    world = await paced(store)
    await world.later(hours=6)
    world.messenger.answers = [Refused(DeliveryFault("50013", "no", NOON))]
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"], "owed since its slot, so not at the next"
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_a_paused_pace_catches_up_by_the_rule(store: Database) -> None:
    world = await paced(store)
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.later(days=1, hours=7)
    assert world.messenger.posts == {}
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_giving_up_a_pace_and_taking_one(store: Database) -> None:
    world = await paced(store)
    await world.later(hours=6)
    await world.subscribe(options=SubscriptionOptions(pace="As-Released"), given=["pace"])
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.options.pace is None
    assert line.subscription.pace_state is None
    await world.deliver()
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"], "what is out is owed at once"
    await world.subscribe(options=DAILY, given=["pace"])
    await world.later(hours=1)
    assert len(world.messenger.posts) == 3, "what was planned waits for the pace"
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three", "four"]


async def test_repeating_the_same_pace_does_not_start_it_anew(store: Database) -> None:
    world = await paced(store, SubscriptionOptions(pace="every 2 hours"))
    assert len(world.messenger.posts) == 1
    await world.later(hours=1)
    await world.subscribe(options=SubscriptionOptions(mention=4, pace="every 2 hours"))
    await world.deliver()
    assert len(world.messenger.posts) == 1
    await world.later(hours=1)
    assert len(world.messenger.posts) == 2


async def test_unsubscribing_keeps_a_paces_place(store: Database) -> None:
    world = await paced(store)
    await world.later(hours=6)
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.later(days=3, hours=1)
    await world.subscribe(options=DAILY)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_pace_may_start_with_the_next_chapter(store: Database) -> None:
    world = World(store, serial(*FIVE, backlog=4))
    await world.run()
    await world.subscribe(options=DAILY, start=Start.NEXT)
    await world.later(hours=7)
    assert world.messenger.keys_in(CHANNEL) == ["five"]


async def test_a_pace_that_is_none_is_said_in_words(store: Database) -> None:
    world = World(store, serial(*FIVE))
    await world.run()
    for nonsense in ("sometimes", "0 0 31 2 *", "daily at 18:00 Mars/Olympus"):
        with pytest.raises(OptionsConflict):
            await world.subscribe(options=SubscriptionOptions(pace=nonsense))
    assert await world.channel_subscriptions.list_subscriptions(ADMIN) == []


async def test_the_next_wake_knows_of_paces(store: Database) -> None:
    world = World(store, serial(*FIVE, backlog=5, schedule=None))
    await world.run()
    await world.subscribe(options=DAILY)
    assert await world.publisher.publish_due() == NOON + timedelta(hours=6)


async def test_many_paces_are_looked_after_in_one_tick(store: Database) -> None:
    world = World(store, serial(*FIVE, backlog=5))
    await world.run()
    async with world.store.begin() as tx:
        for channel in range(1200):
            await tx.subscriptions.add(
                NewSubscription(
                    story="lamps",
                    guild_id=1,
                    channel_id=channel + 1,
                    user_id=None,
                    created_by=1,
                    created_at=NOON,
                    place=0,
                    options=DAILY,
                    pacing=_pacing(world),
                )
            )
    world.clock.advance(timedelta(hours=6))
    await world.publisher.publish_due()
    async with world.store.read() as tx:
        assert await tx.subscriptions.find_next_slot() == NOON + timedelta(hours=30)
        subscription = await tx.subscriptions.find(1200, "lamps")
        assert subscription is not None
        assert subscription.place == 1
    async with world.store.begin() as tx:
        assert await tx.subscriptions.list_due_paced(world.clock.now(), 1) == []


def _pacing(world: World) -> PaceState:
    story = world.library.held["lamps"].story
    return start_pace(parse_pace("daily at 18:00"), zone=story.release_rules.zone, now=NOON)


async def test_a_slot_without_a_chapter_takes_a_lagging_channel_a_step(store: Database) -> None:
    """`one`: after a pause, a chapter a slot until it is level."""
    world = World(store, serial(*FIVE[:3], catch_up=CatchUp.ONE))
    await world.run()
    await world.subscribe()
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.later(minutes=30)
    await world.later(days=1)
    await world.later(days=1)
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(hours=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]
    await world.later(days=1)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_a_new_file_alone_takes_nobody_a_step(store: Database) -> None:
    world = World(store, serial(*FIVE[:3], catch_up=CatchUp.ONE, backlog=3))
    await world.run()
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.BEGINNING)
    await world.deliver()
    assert world.messenger.keys_in(OTHER_CHANNEL) == ["one"]
    world.library.put(serial(*FIVE[:4], catch_up=CatchUp.ONE, backlog=3))
    await world.later(minutes=5)
    assert world.messenger.keys_in(OTHER_CHANNEL) == ["one"]


async def test_chapters_that_come_out_together_come_together_under_one(store: Database) -> None:
    at = NOON + timedelta(minutes=20)
    timed = [chapter("one", publish_at=at), chapter("two", publish_at=at)]
    world = World(store, serial(*timed, catch_up=CatchUp.ONE))
    await world.run()
    await world.subscribe()
    await world.later(minutes=20)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_without_slots_one_is_all(store: Database) -> None:
    timed = [chapter(key, publish_at=NOON + timedelta(hours=n)) for n, key in enumerate("abc", 1)]
    world = World(store, serial(*timed, catch_up=CatchUp.ONE, schedule=None))
    await world.run()
    await world.subscribe()
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.later(hours=4)
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["a", "b", "c"]


async def test_a_late_backlog_is_not_announced(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    await world.subscribe()
    old = chapter("old", publish_at=NOON - timedelta(days=3))
    world.library.put(serial(chapter("one"), old, chapter("new"), backlog=1))
    await world.later(minutes=10)
    assert world.messenger.posts == {}
    await world.later(minutes=20)
    assert world.messenger.keys_in(CHANNEL) == ["new"]


async def test_a_level_channel_is_told_its_own_next_slot(store: Database) -> None:
    """Never the story's next date: the chapter comes at the first slot of the channel's pace after that."""
    world = World(
        store, serial(*[chapter(key) for key in ("one", "two", "three")], schedule="daily at 12:30")
    )
    await world.run()
    await world.subscribe(options=SubscriptionOptions(pace="daily at 18:00"))
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert (line.next_number, line.next_at) == (1, NOON.replace(hour=18))
    await world.later(minutes=31)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert (line.next_number, line.next_at) == (1, NOON.replace(hour=18)), "one is waiting for it"
    await world.later(hours=6)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert (line.next_number, line.next_at) == (2, NOON.replace(hour=18) + timedelta(days=1))
    await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert (line.next_number, line.next_at) == (None, None), "nobody knows"


async def test_a_subscription_remembers_where_it_began(store: Database) -> None:
    world = await paced(store)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.start is Start.BEGINNING
    await world.subscribe(options=SubscriptionOptions(mention=4), given=["mention"], start=Start.LATEST)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.start is Start.BEGINNING, "it keeps its place"
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.subscribe(start=Start.LATEST)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.start is Start.LATEST
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.subscribe()
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.start is Start.NEXT
