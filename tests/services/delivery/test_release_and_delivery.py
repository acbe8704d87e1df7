"""From a slot to a post: once, in order, and through failures."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.subscriptions.subscription import DeliveryFault, Start, SubscriptionOptions, SubscriptionState
from bot.services.delivery.post_messenger import SearchOutcome
from bot.services.subscriptions.subscription_requests import SubscribeRequest
from bot.store.database import Database
from tests.services.fakes import ADMIN, CHANNEL, NOON, OTHER_CHANNEL, World, chapter, serial

THREE = [chapter("one"), chapter("two"), chapter("three")]


async def subscribed(store: Database, *chapters: object, **more: object) -> World:
    """A world at noon whose channel is subscribed to a daily serial at 12:30."""
    world = World(store, serial(*(chapters or THREE), **more))  # type: ignore[arg-type]
    await world.run()
    await world.subscribe()
    return world


async def test_each_slot_posts_one_chapter_in_order(store: Database) -> None:
    world = await subscribed(store)
    assert world.messenger.posts == {}
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(days=1)
    await world.later(days=1)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_running_twice_posts_once(store: Database) -> None:
    world = await subscribed(store)
    await world.later(minutes=30)
    for _ in range(3):
        await world.run()
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_two_processes_ticking_at_once_release_once(store: Database) -> None:
    world = await subscribed(store)
    world.clock.advance(timedelta(minutes=30))
    await asyncio.gather(*(world.publisher.publish_due() for _ in range(5)))
    await asyncio.gather(*(world.delivery_worker.sweep() for _ in range(5)))
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_a_slot_that_finds_nothing_is_lost(store: Database) -> None:
    world = await subscribed(store, chapter("one"))
    await world.later(minutes=30)
    await world.later(days=1)
    world.library.put(serial(chapter("one"), chapter("late")))
    await world.later(hours=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(hours=23)
    assert world.messenger.keys_in(CHANNEL) == ["one", "late"]


async def test_missed_slots_come_in_order_with_a_gap_and_one_mention(store: Database) -> None:
    world = await subscribed(store)
    await world.channel_subscriptions.subscribe(
        ADMIN, "lamps", CHANNEL, SubscribeRequest(SubscriptionOptions(mention=77))
    )
    await world.later(days=3)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]
    assert [post.mention for _, post, _ in world.messenger.posts.values()] == [None, None, 77]


async def test_latest_posts_the_newest_and_names_the_others(store: Database) -> None:
    world = await subscribed(store, catch_up=CatchUp.LATEST)
    await world.later(days=3)
    assert world.messenger.keys_in(CHANNEL) == ["three"]
    (_, post, _) = next(iter(world.messenger.posts.values()))
    assert [release.chapter for release in post.skipped] == ["one", "two"]


async def test_one_releases_one_and_leaves_the_rest_to_their_slots(store: Database) -> None:
    world = await subscribed(store, catch_up=CatchUp.ONE)
    await world.later(days=3)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_lost_answer_is_looked_for_and_not_repeated(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Unknown("connection lost")]
    world.messenger.lost_answers = True
    await world.later(minutes=30)
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    assert world.messenger.looked == 1


async def test_an_answer_lost_a_moment_ago_is_repeated_under_the_same_nonce(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Unknown("connection lost")]
    await world.later(minutes=30)
    await world.later(seconds=10)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    assert world.messenger.looked == 0


async def test_an_unreadable_history_parks_rather_than_repeats(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Unknown("connection lost")]
    world.messenger.lost_answers = True
    world.messenger.look_answer = SearchOutcome.BLIND
    await world.later(minutes=30)
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.PARKED
    assert line.subscription.fault is not None
    assert "Read Message History" in str(line.subscription.fault.reason)


async def test_a_passing_failure_is_tried_again_later(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Delayed("busy", timedelta(seconds=30)), Delayed("busy")]
    await world.later(minutes=30)
    assert world.messenger.posts == {}
    await world.later(seconds=29)
    assert world.messenger.posts == {}
    await world.later(seconds=5)
    await world.later(minutes=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


@pytest.mark.parametrize("kind", [Refused, Unfit])
async def test_a_outages_refusal_parks_tells_the_admin_and_goes_on_after_the_mend(
    store: Database, kind: type[Refused] | type[Unfit]
) -> None:
    world = await subscribed(store)
    world.messenger.answers = [kind(DeliveryFault("50013", "I may not send here", NOON))]
    await world.later(minutes=30)
    await world.later(days=1)
    assert world.messenger.posts == {}
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.PARKED
    await world.notification_outbox.sweep()
    assert [(n.user_id, n.kind) for n in world.messenger.notices] == [(ADMIN.user_id, "subscription-parked")]
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_refusing_channel_delays_no_other(store: Database) -> None:
    world = await subscribed(store)
    await world.subscribe(channel_id=OTHER_CHANNEL)
    world.messenger.answers = [Delayed("slow", timedelta(hours=1))]
    await world.later(minutes=30)
    assert len(world.messenger.posts) == 1


async def test_a_message_deleted_at_once_counts_as_sent(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Delayed("x"), Sent(None)]
    await world.later(minutes=30)
    await world.later(minutes=1)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.waiting == 0


async def test_start_latest_and_beginning(store: Database) -> None:
    world = await subscribed(store)
    await world.later(days=1, minutes=31)
    await world.later(minutes=10)
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.LATEST)
    await world.subscribe(channel_id=602, start=Start.BEGINNING)
    await world.deliver()
    await world.later(minutes=10)
    assert world.messenger.keys_in(OTHER_CHANNEL) == ["two"]
    assert world.messenger.keys_in(602) == ["one", "two"]


async def test_subscribing_again_after_ending_posts_nothing_again_unless_asked(store: Database) -> None:
    world = await subscribed(store)
    await world.later(minutes=30)
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.later(days=1)
    await world.subscribe()
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.subscribe(start=Start.BEGINNING)
    await world.deliver()
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "one", "two"]


async def test_a_pause_keeps_the_place(store: Database) -> None:
    world = await subscribed(store)
    await world.later(minutes=30)
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_what_was_released_is_served_without_its_file(store: Database) -> None:
    world = await subscribed(store)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    world.library.held.clear()
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_pictures_are_kept_with_the_release(store: Database) -> None:
    text = "Before.\n\n![a lamp](images/lamp.png)\n\nAfter."
    world = await subscribed(store, chapter("one", text, pictures=("images/lamp.png", "images/gone.png")))
    world.library.pictures["lamps", "images/lamp.png"] = b"png"
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    world.library.pictures.clear()
    await world.deliver()
    (_, post, _) = next(iter(world.messenger.posts.values()))
    assert [(picture.path, picture.data) for picture in post.pictures] == [("images/lamp.png", b"png")]


async def test_posts_are_decorated_after_they_are_out(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.decoration_answers = [Delayed("slow")]
    await world.later(minutes=30)
    assert world.messenger.decorated == []
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == []
    await world.reaction_controls.add_some()
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == list(world.messenger.posts)


async def test_what_a_wrong_clock_wrote_down_is_set_right_once_it_is_right(store: Database) -> None:
    world = await subscribed(store)
    world.messenger.answers = [Delayed("503")]
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == []
    wrong = world.clock.now() + timedelta(days=10)
    async with store.begin() as tx:
        for job in await tx.deliveries.claim(wrong, wrong + timedelta(minutes=3), 9):
            await tx.deliveries.postpone(job.delivery.id, wrong, "503", fresh=False)
    world.publisher.is_clock_right = lambda: False
    await world.publisher.bring_forward()
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == [], "by a wrong clock nothing is moved"
    world.publisher.is_clock_right = lambda: True
    await world.publisher.bring_forward()
    await world.run()
    assert world.messenger.keys_in(CHANNEL) == ["one"]
