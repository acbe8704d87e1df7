"""Parking and revival: never hammered, never deleted, and on again where it stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Refused, Unfit, Unknown
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.stories.story import Rating
from bot.domain.subscriptions.channel_refusals import ChannelElsewhere
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.services.delivery.parking import park
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.subscriptions.subscription_requests import ListedSubscription
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription
from tests.services.fakes import ADMIN, CHANNEL, GUILD, NOON, OTHER_CHANNEL, World, chapter, serial

TEXT = ChannelState(CHANNEL, GUILD, "chapters", ChannelKind.TEXT, age_restricted=False)
MUTE = replace(TEXT, missing=("send_messages",))
FOUR = [chapter(key) for key in ("one", "two", "three", "four")]
REFUSED = Refused(DeliveryFault("discord-50013", "I may not send here.", NOON))


async def listed(world: World) -> ListedSubscription:
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    return line


async def get_subscription(world: World) -> Subscription:
    return (await listed(world)).subscription


async def parked_world(store: Database, catch_up: CatchUp = CatchUp.ALL) -> World:
    """A world whose only channel has refused the first chapter."""
    world = World(store, serial(*FOUR, catch_up=catch_up))
    await world.run()
    await world.subscribe()
    world.messenger.answers.append(REFUSED)
    world.messenger.surveys[CHANNEL] = MUTE
    await world.later(minutes=30)
    assert (await get_subscription(world)).state is SubscriptionState.PARKED
    return world


async def revive(world: World) -> None:
    """Look at what is due for a look, and deliver what follows."""
    await world.parked_recovery.sweep()
    await world.deliver()


async def test_it_goes_on_once_discord_tells_of_a_change_that_mends_it(store: Database) -> None:
    world = await parked_world(store)
    await world.later(minutes=1)
    assert await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    line = await listed(world)
    assert line.subscription.state is SubscriptionState.PARKED
    assert line.subscription.fault is not None
    assert line.subscription.fault.code == "permissions-missing", "what is seen now is said"
    assert "Send Messages" in str(line.subscription.fault.reason)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.later(minutes=1)
    await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    line = await listed(world)
    assert (line.subscription.state, line.subscription.fault) == (SubscriptionState.ACTIVE, None)
    assert line.revived_at == world.clock.now()
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.notification_outbox.sweep()
    assert [notice.kind for notice in world.messenger.notices] == ["subscription-parked"], "told once"


async def test_without_news_it_is_looked_at_ever_more_rarely(store: Database) -> None:
    world = await parked_world(store)
    looks = 0
    survey = world.messenger.survey

    async def counted(channel_id: int, options: object) -> ChannelState | None:
        nonlocal looks
        looks += 1
        return await survey(channel_id, options)  # type: ignore[arg-type]

    world.messenger.survey = counted  # type: ignore[method-assign]
    for _ in range(7 * 24 * 2):
        world.clock.advance(timedelta(minutes=30))
        await world.parked_recovery.sweep()
    assert looks == 5 + 5, "after 1, 2, 4, 8 and 16 hours, then once a day"
    world.messenger.surveys[CHANNEL] = TEXT
    await world.later(days=1)
    await revive(world)
    await world.later(hours=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three", "four"]


async def test_a_storm_of_changes_is_no_storm_of_looks(store: Database) -> None:
    world = await parked_world(store)
    world.messenger.surveys[CHANNEL] = None
    looks = 0
    for _ in range(4 * 60):
        world.clock.advance(timedelta(seconds=15))
        await world.guild_retention.recheck_parked(GUILD)
        async with store.read() as tx:
            looks += len(await tx.parking.list_due(world.clock.now(), 10))
        await world.parked_recovery.sweep()
    assert 6 <= looks <= 9, "waits that double from 15 seconds on"


async def test_what_no_look_can_see_is_tried_ever_more_rarely_and_told_once(store: Database) -> None:
    world = await parked_world(store)
    world.messenger.surveys[CHANNEL] = TEXT
    blocked = Unfit(DeliveryFault("discord-200000", "AutoMod blocked it.", NOON))
    world.messenger.answers = [blocked] * 100
    for _ in range(2 * 24 * 3):
        world.clock.advance(timedelta(minutes=20))
        await world.guild_retention.recheck_parked(GUILD)
        await revive(world)
    attempts = 100 - len(world.messenger.answers)
    assert 5 <= attempts <= 60, "an hour apart at least, whatever changes"
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1


@pytest.mark.parametrize(
    ("rule", "posted", "gaps", "skipped"),
    [
        (CatchUp.ALL, ["one", "two", "three"], [0, 10, 20], [(), (), ()]),
        (CatchUp.LATEST, ["three"], [0], [(1, 2)]),
        (CatchUp.ONE, ["one"], [0], [()]),
    ],
)
async def test_it_catches_up_by_the_storys_rule(
    store: Database, rule: CatchUp, posted: list[str], gaps: list[int], skipped: list[tuple[int, ...]]
) -> None:
    """Also what was planned before it was parked: neither a burst of old posts nor one that is repeated."""
    world = await parked_world(store, rule)
    await world.later(days=2)
    assert world.messenger.keys_in(CHANNEL) == []
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.recheck_parked(GUILD)
    await world.parked_recovery.sweep()
    start, came = world.clock.now(), []
    for _ in range(25):
        before = len(world.messenger.posts)
        await world.deliver()
        came += [world.clock.now() - start] * (len(world.messenger.posts) - before)
        world.clock.advance(timedelta(minutes=1))
    assert world.messenger.keys_in(CHANNEL) == posted
    assert came == [timedelta(minutes=gap) for gap in gaps]
    posts = [post for _, post, _ in world.messenger.posts.values()]
    assert [tuple(named.number for named in post.skipped) for post in posts] == skipped


async def test_of_late_posts_only_the_last_mentions_the_role(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe(options=SubscriptionOptions(mention=7))
    world.messenger.answers.append(REFUSED)
    await world.later(minutes=30)
    await world.later(days=2)
    await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    for _ in range(25):
        await world.later(minutes=1)
    assert [post.mention for _, post, _ in world.messenger.posts.values()] == [None, None, 7]


async def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(store: Database) -> None:
    """An unknown outcome, then a refusal, then revival: the post that did arrive is adopted."""
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], True
    await world.later(minutes=30)
    world.messenger.lost_answers = False
    world.messenger.surveys[CHANNEL] = None
    world.messenger.answers = [REFUSED]
    await world.later(minutes=1)
    assert (await get_subscription(world)).state is SubscriptionState.PARKED
    await world.later(days=1)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    assert world.messenger.looked == 1
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_pausing_a_parked_one_is_respected(store: Database) -> None:
    world = await parked_world(store)
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.recheck_parked(GUILD)
    await world.later(days=2)
    await revive(world)
    assert (await get_subscription(world)).state is SubscriptionState.PAUSED
    assert world.messenger.posts == {}


async def test_while_discord_does_not_answer_nothing_is_concluded(store: Database) -> None:
    world = await parked_world(store)
    real = world.messenger.survey

    async def silent(channel_id: int, options: object) -> ChannelState | None:
        raise ChannelElsewhere

    world.messenger.survey = silent  # type: ignore[method-assign]
    await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    assert (await get_subscription(world)).fault == DeliveryFault(
        "discord-50013", "I may not send here.", NOON
    )
    world.messenger.survey = real  # type: ignore[method-assign]
    world.messenger.surveys[CHANNEL] = TEXT
    world.clock.advance(timedelta(minutes=5))
    await revive(world)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


# --- age --------------------------------------------------------------------------------------------------------------


async def test_a_story_for_adults_never_reaches_a_channel_that_lost_its_flag(store: Database) -> None:
    world = World(store, serial(*FOUR, rating=Rating.EXPLICIT))
    await world.run()
    world.messenger.surveys[CHANNEL] = replace(TEXT, age_restricted=True)
    await world.subscribe()
    await world.later(minutes=30)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    fault = (await get_subscription(world)).fault
    assert fault is not None
    assert fault.code == "age-restricted"
    await world.later(days=1)
    world.messenger.surveys[CHANNEL] = replace(TEXT, age_restricted=True)
    await world.guild_retention.recheck_parked(GUILD)
    await revive(world)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


async def test_a_story_that_becomes_one_for_adults_leaves_other_channels(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    await world.subscribe(channel_id=OTHER_CHANNEL)
    world.messenger.surveys[OTHER_CHANNEL] = replace(TEXT, channel_id=OTHER_CHANNEL, age_restricted=True)
    world.library.put(serial(*FOUR, rating=Rating.MATURE))
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == []
    assert world.messenger.keys_in(OTHER_CHANNEL) == ["one"]


async def test_a_story_that_is_for_everybody_again_returns_by_itself(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    world.library.put(serial(*FOUR, rating=Rating.MATURE))
    await world.later(minutes=30)
    await world.parked_recovery.sweep()
    assert (await get_subscription(world)).state is SubscriptionState.PARKED
    world.library.put(serial(*FOUR))
    await world.later(minutes=1)
    await revive(world)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_where_the_flag_cannot_be_asked_for_nothing_is_posted(store: Database) -> None:
    world = World(store, serial(*FOUR, rating=Rating.EXPLICIT))
    await world.run()
    world.messenger.surveys[CHANNEL] = replace(TEXT, age_restricted=True)
    await world.subscribe()

    async def silent(channel_id: int) -> Unknown:
        return Unknown("no answer")

    known, world.messenger.is_age_restricted = world.messenger.is_age_restricted, silent  # type: ignore[assignment, method-assign]
    await world.later(minutes=30)
    assert world.messenger.posts == {}
    world.messenger.is_age_restricted = known  # type: ignore[method-assign]
    await world.later(minutes=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


# --- servers ----------------------------------------------------------------------------------------------------------


async def test_a_server_struck_off_by_the_author_gets_nothing_until_it_is_allowed_again(
    store: Database,
) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    await world.parked_recovery.sweep()
    world.library.put(serial(*FOUR, guilds=frozenset({1})))
    await world.content_sync.sync()
    await world.parked_recovery.sweep()
    stands = await get_subscription(world)
    assert stands.state is SubscriptionState.PARKED
    assert stands.fault is not None
    assert stands.fault.code == "server-not-allowed"
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1
    await world.later(days=1, minutes=40)
    world.library.put(serial(*FOUR, guilds=frozenset({1, GUILD})))
    await world.content_sync.sync()
    await revive(world)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_a_chapter_due_before_the_list_is_looked_at_does_not_go_there_either(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    world.library.put(serial(*FOUR, guilds=frozenset()))
    await world.later(minutes=30)
    assert world.messenger.posts == {}
    assert (await get_subscription(world)).state is SubscriptionState.PARKED


# --- kicks ------------------------------------------------------------------------------------------------------------


async def test_kicked_and_invited_again_it_goes_on_and_nothing_was_tried_meanwhile(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.guild_retention.sync_guilds([GUILD])
    await world.subscribe()
    await world.guild_retention.record_departure(GUILD)
    world.messenger.surveys[CHANNEL] = None
    await world.later(days=1, minutes=40)
    await revive(world)
    assert world.messenger.posts == {}
    async with store.read() as tx:
        assert await tx.parking.find_next_look() is None, "no look where the bot is not"
    assert (await get_subscription(world)).state is SubscriptionState.PARKED
    world.messenger.surveys[CHANNEL] = TEXT
    await world.guild_retention.record_join(GUILD)
    await revive(world)
    await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]
    await world.notification_outbox.sweep()
    assert world.messenger.notices == [], "whoever removed the bot knows"


@pytest.mark.parametrize("back_after", [89, None, 91])
async def test_what_a_server_set_up_is_kept_for_ninety_days(store: Database, back_after: int | None) -> None:
    """Removed while the bot was away; its clock runs from when that is found out. A second start moves it not."""
    world = World(store, serial(*FOUR))
    await world.run()
    await world.guild_retention.sync_guilds([GUILD])
    await world.subscribe()
    await world.guild_retention.sync_guilds([])
    world.clock.advance(timedelta(days=50))
    await world.guild_retention.sync_guilds([])
    world.clock.advance(timedelta(days=39))
    assert await world.guild_retention.purge_expired() == 0
    if back_after == 89:
        await world.guild_retention.sync_guilds([GUILD])
    world.clock.advance(timedelta(days=2))
    erased = await world.guild_retention.purge_expired()
    if back_after == 91:
        await world.guild_retention.record_join(GUILD)
    kept = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert (erased, len(kept)) == ((0, 1) if back_after == 89 else (1, 0))
    if back_after == 89:
        await revive(world)
        assert (await get_subscription(world)).state is SubscriptionState.ACTIVE
        await world.later(days=200)
        assert await world.guild_retention.purge_expired() == 0
        assert len(await world.channel_subscriptions.list_subscriptions(ADMIN)) == 1


# --- telling ---------------------------------------------------------------------------------------------------------


async def test_an_admin_who_takes_no_messages_is_told_in_the_server_once(store: Database) -> None:
    world = await parked_world(store)
    closed = Refused(DeliveryFault("discord-50007", "No messages.", NOON))
    world.messenger.notice_answers = [closed]
    await world.notification_outbox.sweep()
    assert [(guild, notice.kind) for guild, notice in world.messenger.server_notices] == [
        (GUILD, "subscription-parked")
    ]
    assert await world.notification_outbox.take_undelivered(ADMIN) == []
    await world.notification_outbox.sweep()
    assert len(world.messenger.server_notices) == 1


async def test_where_the_server_is_closed_too_it_waits_for_their_next_command(store: Database) -> None:
    world = await parked_world(store)
    closed = Refused(DeliveryFault("discord-50007", "No messages.", NOON))
    world.messenger.notice_answers = [closed]
    world.messenger.server_answers = [closed]
    await world.notification_outbox.sweep()
    assert world.messenger.server_notices == []
    assert [notice.kind for notice in await world.notification_outbox.take_undelivered(ADMIN)] == [
        "subscription-parked"
    ]


async def test_what_is_for_one_person_alone_is_never_told_to_a_server(store: Database) -> None:
    world = World(store)
    async with store.begin() as tx:
        await tx.notices.add(
            ADMIN.user_id, "suggestion-accepted", {"number": "1"}, key="k", nonce="n", now=world.clock.now()
        )
    world.messenger.notice_answers = [Refused(DeliveryFault("discord-50007", "No messages.", NOON))]
    await world.notification_outbox.sweep()
    assert world.messenger.server_notices == []
    assert len(await world.notification_outbox.take_undelivered(ADMIN)) == 1


async def test_an_outage_is_waited_for_and_parks_nothing(store: Database) -> None:
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe()
    world.messenger.outages.add(GUILD)
    await world.later(minutes=30)
    assert (await get_subscription(world)).state is SubscriptionState.ACTIVE
    world.messenger.outages.clear()
    await world.later(minutes=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_a_parked_reader_is_written_to_again_ever_more_rarely_and_no_server_hears_of_it(
    store: Database,
) -> None:
    world = World(store, serial(*FOUR, backlog=1))
    await world.run()
    async with store.begin() as tx:
        await tx.subscriptions.add(
            NewSubscription(
                story="lamps",
                guild_id=None,
                channel_id=77,
                user_id=3,
                created_by=3,
                created_at=NOON,
                place=0,
                options=SubscriptionOptions(),
            )
        )
        (own,) = await tx.subscriptions.list_by_story("lamps")
        await world.channel_subscriptions.reactivate(tx, world.library.serials()["lamps"].story, own)
        await park(tx, own, DeliveryFault("discord-50007", "No messages.", NOON), NOON, title="Lamps")
    tries = []
    for day in range(40):
        world.clock.advance(timedelta(days=1))
        before = len(world.messenger.answers)
        world.messenger.answers = [REFUSED]
        await world.parked_recovery.sweep()
        await world.run()
        if len(world.messenger.answers) < max(before, 1):
            tries.append(day)
    assert len(tries) <= 6
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []


async def test_subscribing_a_parked_channel_again_plans_anew_what_was_not_sent(store: Database) -> None:
    world = await parked_world(store, CatchUp.LATEST)
    await world.later(days=2)
    world.messenger.surveys[CHANNEL] = TEXT
    await world.subscribe()
    await world.deliver()
    assert world.messenger.keys_in(CHANNEL) == ["three"]
    (post,) = [post for _, post, _ in world.messenger.posts.values()]
    assert [named.number for named in post.skipped] == [1, 2]
