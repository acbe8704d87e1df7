"""Refusals that end by themselves or have a cause that Discord does not name: time-outs, slow repairs, tags."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Refused, Unfit
from bot.domain.message_json import decode
from bot.domain.subscriptions.channel_refusals import TimedOut
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    Start,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.services.delivery.refusal_causes import explain_time_out
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, NOON, World, chapter, serial

TEXT = ChannelState(CHANNEL, GUILD, "chapters", ChannelKind.TEXT, age_restricted=False)
FORUM = replace(TEXT, kind=ChannelKind.FORUM, tags={5: "chapter", 6: "news"})
REFUSED = Refused(DeliveryFault("discord-50013", "I may not send here.", NOON))
NOT_ACCEPTED = Unfit(DeliveryFault("discord-50035", "Discord did not accept it.", NOON))


async def get_subscription(world: World) -> Subscription:
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    return line.subscription


async def look(world: World, **by: float) -> None:
    """Let time pass, and do what is due as the bot does it, every second of it that matters."""
    world.clock.advance(timedelta(**by))
    await world.parked_recovery.sweep()
    await world.deliver()


async def timed_out_world(store: Database, hours: int) -> World:
    """The bot is in time-out for so long from the first chapter's hour on."""
    world = World(store, serial(chapter("one"), chapter("two")))
    await world.run()
    await world.subscribe()
    ends = NOON + timedelta(minutes=30, hours=hours)
    world.messenger.timed_out_until = ends
    world.messenger.surveys[CHANNEL] = replace(TEXT, missing=("send_messages",), timed_out_until=ends)
    world.messenger.answers = [REFUSED]
    await world.later(minutes=30)
    return world


@pytest.mark.parametrize("hours", [1, 5, 24 * 7])
async def test_a_time_out_is_named_and_it_goes_on_at_its_end(store: Database, hours: int) -> None:
    world = await timed_out_world(store, hours)
    ends = world.messenger.timed_out_until
    assert ends is not None
    stands = await get_subscription(world)
    assert stands.state is SubscriptionState.PARKED
    assert stands.fault is not None
    assert (
        stands.fault.code,
        f"timed out in this server until <t:{int(ends.timestamp())}:f>" in str(stands.fault.reason),
    ) == (
        "timed-out",
        True,
    )
    await world.notification_outbox.sweep()
    assert "timed out in this server until" in str(decode(world.messenger.notices[0].facts["reason"]))
    async with store.read() as tx:
        look_at = await tx.parking.find_next_look()
    assert look_at is not None
    assert timedelta(0) < look_at - ends < timedelta(seconds=30)
    # Whatever happens in the server meanwhile, it is looked at again right at the end.
    await world.guild_retention.recheck_parked(GUILD)
    await look(world, minutes=1)
    await world.guild_retention.recheck_parked(GUILD)
    await look(world, minutes=1)
    world.messenger.surveys[CHANNEL] = TEXT
    world.clock.advance(ends - world.clock.now())
    await look(world, seconds=45)
    assert world.messenger.keys_in(CHANNEL)[:1] == ["one"]
    assert (await get_subscription(world)).state is SubscriptionState.ACTIVE


async def test_one_that_is_lifted_early_goes_on_at_once(store: Database) -> None:
    world = await timed_out_world(store, 24)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.recheck_parked(GUILD)
    await look(world, seconds=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_discords_clock_may_be_behind_at_the_end(store: Database) -> None:
    world = await timed_out_world(store, 1)
    ends = world.messenger.timed_out_until
    assert ends is not None
    world.clock.advance(ends - world.clock.now() + timedelta(seconds=3))
    world.messenger.surveys[CHANNEL] = TEXT
    world.messenger.answers = [REFUSED]
    await look(world)
    assert (await get_subscription(world)).state is SubscriptionState.PARKED
    await look(world, seconds=16)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_what_is_asked_for_during_a_time_out_is_refused_with_its_end(store: Database) -> None:
    world = await timed_out_world(store, 5)
    with pytest.raises(TimedOut):
        await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    with pytest.raises(TimedOut):
        await world.panels.post_board(AUTHOR, "lamps", CHANNEL)


async def test_boards_and_polls_wait_for_the_end_too(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    for n in range(2):
        viewer = Viewer(40 + n, "Reader", guild_id=GUILD)
        await world.submissions.submit(
            viewer, SuggestionDraft(f"Idea {n}", story="lamps", chapter=None, anonymous=False)
        )
    await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
    await world.polls.start(AUTHOR, "lamps", CHANNEL, length="1 day", answers=2)
    world.messenger.timed_out_until = NOON + timedelta(hours=5)
    world.messenger.answers = [REFUSED, REFUSED]
    await world.panels.sweep()
    await world.polls.sweep()
    assert world.messenger.panels == world.messenger.polls == {}
    world.clock.advance(timedelta(hours=5, seconds=5))
    await world.panels.sweep()
    await world.polls.sweep()
    assert (len(world.messenger.panels), len(world.messenger.polls)) == (1, 1)
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []


async def test_no_other_refusal_is_asked_about(store: Database) -> None:
    world = World(store)
    world.messenger.timed_out_until = NOON + timedelta(hours=1)
    now = world.clock.now()
    for guild_id, outcome in (
        (None, REFUSED),
        (GUILD, NOT_ACCEPTED),
        (GUILD, Refused(DeliveryFault("discord-10003", "Gone.", NOON))),
    ):
        assert await explain_time_out(world.messenger, guild_id, outcome, now) == outcome
    world.messenger.timed_out_until = NOON - timedelta(days=3)
    assert await explain_time_out(world.messenger, GUILD, REFUSED, now) == REFUSED, "that one is over"


@pytest.mark.parametrize("steps", [3, 12])
async def test_a_repair_in_many_steps_is_seen_within_a_minute_of_the_last(
    store: Database, steps: int
) -> None:
    world = World(store, serial(chapter("one"), chapter("two")))
    await world.run()
    await world.subscribe()
    world.messenger.answers = [REFUSED]
    world.messenger.surveys[CHANNEL] = replace(TEXT, missing=("send_messages", "attach_files"))
    await world.later(minutes=30)
    for _ in range(steps):
        await world.guild_retention.recheck_parked(GUILD)
        await look(world, seconds=1)
        await look(world, minutes=3)
    assert world.messenger.posts == {}
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.recheck_parked(GUILD)
    for _ in range(6):
        await look(world, seconds=10)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_a_storm_of_changes_is_no_storm_of_looks_at_what_can_be_seen(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two")))
    await world.run()
    await world.subscribe()
    world.messenger.answers = [REFUSED]
    world.messenger.surveys[CHANNEL] = replace(TEXT, missing=("send_messages",))
    await world.later(minutes=30)
    looks = 0
    for _ in range(4 * 60):
        world.clock.advance(timedelta(seconds=15))
        await world.guild_retention.recheck_parked(GUILD)
        async with store.read() as tx:
            looks += len(await tx.parking.list_due(world.clock.now(), 10))
        await world.parked_recovery.sweep()
    assert 6 <= looks <= 10


async def test_a_tag_that_was_deleted_is_named_with_those_there_are(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two")))
    await world.run()
    world.messenger.surveys[CHANNEL] = FORUM
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD, tag=5))
    world.messenger.surveys[CHANNEL] = replace(FORUM, tags={6: "news", 8: "tales"})
    world.messenger.answers = [NOT_ACCEPTED]
    await world.later(minutes=31)
    fault = (await get_subscription(world)).fault
    assert fault is not None
    assert fault.code == "channel-unsuitable"
    assert "/subscribe" in str(fault.reason)
    assert "news, tales" in str(fault.reason)
    await world.subscribe(options=SubscriptionOptions(), given=[], tag="tales")
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL)[:1] == ["one"]


async def test_a_revision_waits_for_the_end_of_a_time_out(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1))
    await world.run()
    await world.subscribe(start=Start.LATEST)
    await world.deliver()
    world.library.put(serial(chapter("one", "Another text."), chapter("two"), backlog=1))
    await world.content_sync.sync()
    world.messenger.timed_out_until = world.clock.now() + timedelta(hours=3)
    world.messenger.edit_answers = [REFUSED]
    await world.post_refresh.run_batch()
    assert world.messenger.edits == []
    world.clock.advance(timedelta(hours=3, seconds=5))
    while await world.post_refresh.run_batch():
        world.clock.advance(timedelta(seconds=1))
    assert len(world.messenger.edits) == 1
    await world.notification_outbox.sweep()
    assert world.messenger.notices == [], "nobody is bothered with it"
