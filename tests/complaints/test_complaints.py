"""The complaints that follow every feed bot, one test each, named as people would say it.

These run the services on a real database. `tests/soak` does the same to the real process, three hundred times over.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Unknown
from bot.domain.delivery.retry import LEASE
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionOptions, SubscriptionState
from bot.services.delivery.post_messenger import ChapterPost, Destination
from bot.store.database import Database
from bot.store.engine.errors import DatabaseBusy
from tests.services.fakes import (
    ADMIN,
    CHANNEL,
    GUILD,
    NOON,
    OTHER_CHANNEL,
    FakeMessenger,
    World,
    chapter,
    long_text,
    serial,
)
from tests.support.databases import DIALECTS, fresh_database

KEYS = ["one", "two", "three", "four", "five"]
CHAPTERS = [chapter(key) for key in KEYS]
MAY_NOT_SEND = Refused(DeliveryFault("discord-50013", "I may not send messages here.", NOON))
ROLE = 77


async def subscribed(store: Database, channels: int = 1, catch_up: CatchUp = CatchUp.ALL) -> World:
    """At noon, with so many channels subscribed to a serial that comes daily at 12:30."""
    world = World(store, serial(*CHAPTERS, catch_up=catch_up))
    await world.run()
    for number in range(channels):
        await world.subscribe(channel_id=CHANNEL + number, options=SubscriptionOptions(mention=ROLE))
    return world


def restarted(world: World, *, after: timedelta = timedelta(0)) -> World:
    """The bot after a crash: nothing of it is left but the database, and what stands in Discord."""
    again = World(world.store, *world.library.held.values())
    again.clock.set(world.clock.now() + after)
    again.messenger = world.messenger
    for service in (
        again.delivery_worker._posting,
        again.notification_outbox,
        again.channel_subscriptions,
        again.page_turns,
    ):
        service._messenger = world.messenger
    return again


class Dying(FakeMessenger):
    """Discord, with a bot that crashes when the answer should come."""

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        await super().post(to, post, nonce)
        raise asyncio.CancelledError


# --- twice -----------------------------------------------------------------------------------------------------------


async def test_posted_twice(store: Database) -> None:
    """The answer to a post is lost, and a while later the bot tries again."""
    world = await subscribed(store)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("the line was cut")], True
    await world.later(minutes=30)
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_posted_eighteen_times(store: Database) -> None:
    """Every answer is lost, again and again: what stands there is found."""
    world = await subscribed(store)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("the line was cut")], True
    await world.later(minutes=30)
    for _ in range(18):
        await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_posted_twice_after_a_crash_in_the_middle_of_posting(store: Database) -> None:
    """The bot dies when Discord has the post and the bot does not know it yet."""
    world = await subscribed(store)
    dying = world.delivery_worker._posting._messenger = Dying()
    await world.later(minutes=30)
    world.messenger.posts = dying.posts
    after = restarted(world, after=LEASE)
    await after.delivery_worker.reclaim_abandoned()
    await after.run()
    assert world.messenger.keys_in(CHANNEL) == ["one"]


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_two_bots_by_mistake(tmp_path: Path, dialect: str) -> None:
    """Somebody starts a second one on the same database: it is told so, and posts nothing."""
    async with fresh_database(tmp_path, dialect) as url:
        first = await Database.open(url)
        try:
            with pytest.raises(DatabaseBusy):
                await Database.open(url)
        finally:
            await first.close()


# --- not at all ------------------------------------------------------------------------------------------------------


async def test_missed_after_a_restart(store: Database) -> None:
    """The bot is down over three slots; all three chapters come when it is back."""
    world = await subscribed(store)
    after = restarted(world, after=timedelta(days=2, minutes=31))
    await after.run()
    for _ in range(3):
        await after.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_a_burst_of_old_items(store: Database) -> None:
    """What was missed comes one at a time, ten minutes apart."""
    world = await subscribed(store)
    await world.later(days=2, minutes=31)
    come = [len(world.messenger.posts)]
    for _ in range(4):
        await world.later(minutes=5)
        come.append(len(world.messenger.posts))
    assert come == [1, 1, 2, 2, 3]


async def test_a_burst_of_old_items_where_the_author_wants_only_the_latest(store: Database) -> None:
    world = await subscribed(store, catch_up=CatchUp.LATEST)
    await world.later(days=2, minutes=31)
    await world.later(hours=1)
    assert world.messenger.keys_in(CHANNEL) == ["three"]
    (_, post, _) = next(iter(world.messenger.posts.values()))
    assert [missed.chapter for missed in post.skipped] == ["one", "two"]


async def test_every_late_post_mentions_the_role(store: Database) -> None:
    """Only the last of them does."""
    world = await subscribed(store)
    await world.later(days=2, minutes=31)
    for _ in range(3):
        await world.later(minutes=10)
    assert [post.mention for _, post, _ in world.messenger.posts.values()] == [None, None, ROLE]


async def test_an_hour_off_after_the_clocks_change(store: Database) -> None:
    """London's clocks go forward on 29 March 2026 and back on 25 October: 18:00 stays 18:00."""
    london = ZoneInfo("Europe/London")
    for change in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        told = serial(*CHAPTERS, schedule="daily at 18:00", slug=f"from-{change:%m}")
        told = replace(
            told, story=replace(told.story, release_rules=replace(told.story.release_rules, zone=london))
        )
        world = World(store, told)
        world.clock = world.publisher._clock = world.content_sync._clock = type(world.clock)(
            change - timedelta(days=2)
        )
        await world.content_sync.sync()
        hours = set()
        for _ in range(4 * 24):
            await world.publisher.publish_due()
            world.clock.advance(timedelta(hours=1))
        async with store.read() as tx:
            out = await tx.releases.list_by_story(told.story.slug)
        hours = {
            (release.at.astimezone(london).hour, release.at.astimezone(london).minute) for release in out
        }
        assert len(out) >= 4
        assert hours == {(18, 0)}


# --- silence ---------------------------------------------------------------------------------------------------------


async def test_silence_that_nobody_was_told_of(store: Database) -> None:
    """A channel refuses the bot: whoever subscribed it is told, once, and sees why in the list."""
    world = await subscribed(store)
    world.messenger.answers = [MAY_NOT_SEND]
    await world.later(minutes=30)
    for _ in range(3):
        await world.notification_outbox.sweep()
        await world.later(hours=6)
    (news,) = world.messenger.notices
    assert (news.user_id, news.kind) == (ADMIN.user_id, "subscription-parked")
    assert "I may not send messages here" in news.facts["reason"]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.fault is not None


async def test_settings_lost_because_the_bot_was_kicked_for_a_minute(store: Database) -> None:
    """Kicked over a slot, and invited again: the subscription stands, and what was missed comes."""
    world = await subscribed(store)
    await world.later(minutes=30)
    await world.guild_retention.record_departure(GUILD)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.guild_retention.record_join(GUILD)
    world.clock.advance(timedelta(minutes=1))
    await world.parked_recovery.sweep()
    await world.deliver()
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.ACTIVE
    assert line.subscription.options.mention == ROLE


# --- order and speed -------------------------------------------------------------------------------------------------


async def test_one_slow_channel_delays_all_others(store: Database) -> None:
    """A channel whose post takes long is waited for by nobody."""
    world = await subscribed(store, channels=12)
    answered = asyncio.Event()

    class Slow(FakeMessenger):
        async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
            if to.channel_id == CHANNEL:
                await answered.wait()
            return await super().post(to, post, nonce)

    slow = world.delivery_worker._posting._messenger = Slow()
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    await world.delivery_worker.sweep()
    async with asyncio.timeout(5):
        while len(slow.posts) < 11:  # noqa: ASYNC110 - deliveries have no event for tests
            await asyncio.sleep(0.01)
    assert not slow.keys_in(CHANNEL)
    answered.set()
    await world.delivery_worker.drain()
    assert slow.keys_in(CHANNEL) == ["one"]


@pytest.mark.parametrize("answer", [MAY_NOT_SEND, Delayed("slow", timedelta(hours=1))])
async def test_one_refusing_channel_delays_all_others(store: Database, answer: Outcome) -> None:
    world = await subscribed(store, channels=2)
    world.messenger.answers = [answer]
    await world.later(minutes=30)
    assert sorted(len(world.messenger.keys_in(channel)) for channel in (CHANNEL, OTHER_CHANNEL)) == [0, 1]


async def test_reactions_are_put_on_one_post_before_the_next_is_sent(store: Database) -> None:
    """Posts go out first, all of them; a decoration under way gives way to the next chapter."""
    world = await subscribed(store, channels=30)
    await world.later(minutes=30)
    assert len(world.messenger.posts) == 30
    assert world.messenger.decorated == []
    world.has_urgent_work = True
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == []
    world.has_urgent_work = False
    while await world.reaction_controls.add_some():
        pass
    assert sorted(world.messenger.decorated) == sorted(world.messenger.posts)


async def test_page_turns_pile_up(store: Database) -> None:
    """Ten people press ▶️ at once; the post is edited once or twice, and shows the page they wanted."""
    world = World(store, serial(chapter("one", long_text(1200)), schedule="daily at 12:30"))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    (message,) = world.messenger.posts
    await asyncio.gather(*(world.page_turns.turn_by(message, +1) for _ in range(10)))
    await world.page_turns.drain()
    assert len(world.messenger.edits) <= 2
    assert world.messenger.edits[-1][1].page_number == 11
