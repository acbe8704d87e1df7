"""What admins and authors may do, and what the calendar says afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.releases.release_refusals import (
    AlreadyOnHiatus,
    HiatusInFile,
    HoldInPast,
    MomentUnclear,
    NothingHeld,
    NothingToPublish,
)
from bot.domain.stories.story import Rating, Status
from bot.domain.stories.story_refusals import AgeRestricted, NotAnAuthor, StoryUnknown
from bot.domain.subscriptions.channel_refusals import (
    ChannelElsewhere,
    ChannelInvisible,
    ChannelUnsuitable,
    MentionGone,
    MentionNotAllowed,
    MissingPermissions,
    NeedsManageServer,
    NotInServer,
)
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions, SubscriptionState
from bot.domain.subscriptions.subscription_refusals import AlreadyPaused, NotPaused, NotSubscribed
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.subscriptions.subscription_requests import SubscribeRequest
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, NOON, READER, World, chapter, label, serial

TEXT = ChannelState(CHANNEL, GUILD, "chapters", ChannelKind.TEXT, age_restricted=False)
THREE = [chapter("one"), chapter("two"), chapter("three")]


@pytest.mark.parametrize(
    ("survey", "refusal"),
    [
        (None, ChannelInvisible),
        (replace(TEXT, guild_id=501), ChannelElsewhere),
        (replace(TEXT, kind=ChannelKind.FORUM), ChannelUnsuitable),
        (replace(TEXT, kind=ChannelKind.OTHER), ChannelUnsuitable),
        (replace(TEXT, missing=("send_messages",)), MissingPermissions),
    ],
)
async def test_a_channel_that_cannot_take_chapters_is_refused_and_nothing_stored(
    store: Database, survey: ChannelState | None, refusal: type[Refusal]
) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    world.messenger.surveys[CHANNEL] = survey
    with pytest.raises(refusal):
        await world.subscribe()
    assert await world.channel_subscriptions.list_subscriptions(ADMIN) == []


async def test_the_rating_is_the_channels_matter(store: Database) -> None:
    world = World(store, serial(*THREE, rating=Rating.MATURE))
    await world.run()
    with pytest.raises(AgeRestricted):
        await world.subscribe()
    world.messenger.surveys[CHANNEL] = replace(TEXT, age_restricted=True)
    await world.subscribe()
    assert len(await world.channel_subscriptions.list_subscriptions(ADMIN)) == 1


async def test_rights_are_checked_whatever_discord_let_through(store: Database) -> None:
    world = World(store, serial(*THREE, guilds=frozenset({1})))
    await world.run()
    with pytest.raises(StoryUnknown):
        await world.subscribe()
    for viewer, refusal in (
        (READER, NeedsManageServer),
        (Viewer(1, "Admin", manages_guild=True), NotInServer),
    ):
        for call in (
            world.channel_subscriptions.subscribe(
                viewer, "lamps", CHANNEL, SubscribeRequest(SubscriptionOptions())
            ),
            world.channel_subscriptions.pause(viewer, "lamps", CHANNEL),
            world.channel_subscriptions.list_subscriptions(viewer),
        ):
            with pytest.raises(refusal):
                await call


async def test_a_role_nobody_may_mention_is_refused(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    with pytest.raises(MentionNotAllowed):
        await world.subscribe(options=SubscriptionOptions(mention=GUILD))
    world.messenger.roles[9] = MentionReach.GRANTED
    await world.subscribe(options=SubscriptionOptions(mention=9))
    world.messenger.lost[CHANNEL, ADMIN.user_id] = frozenset({ChannelPermission.MENTION})
    with pytest.raises(MentionNotAllowed):
        await world.subscribe(options=SubscriptionOptions(mention=9))
    world.messenger.roles[9] = MentionReach.GONE
    with pytest.raises(MentionGone):
        await world.subscribe(options=SubscriptionOptions(mention=9))
    world.messenger.roles[9] = MentionReach.OPEN
    await world.subscribe(options=SubscriptionOptions(mention=9))


async def test_another_servers_subscription_cannot_be_touched(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    await world.subscribe()
    other = Viewer(1, "Admin", guild_id=999, manages_guild=True)
    with pytest.raises(ChannelElsewhere):
        await world.channel_subscriptions.unsubscribe(other, "lamps", CHANNEL)
    assert await world.channel_subscriptions.list_subscriptions(other) == []


async def test_repeating_changes_the_options_and_keeps_the_place(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    answer = await world.channel_subscriptions.subscribe(
        ADMIN, "Lamps", CHANNEL, SubscribeRequest(SubscriptionOptions(mention=5))
    )
    assert not answer.created
    assert (answer.subscription.place, answer.subscription.options.mention) == (1, 5)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]


async def test_pausing_and_resuming_out_of_turn_is_said(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    with pytest.raises(NotSubscribed):
        await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    await world.subscribe()
    with pytest.raises(NotPaused):
        await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    paused = await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    assert paused.subscription.state is SubscriptionState.PAUSED
    with pytest.raises(AlreadyPaused):
        await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)


async def test_publishing_now_empties_the_slot_and_moves_nothing_else(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    await world.subscribe()
    calendar = await world.calendar_overrides.publish(AUTHOR, "lamps")
    await world.deliver()
    assert calendar.published is not None
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    assert [(due.chapter, due.at) for due in calendar.upcoming] == [
        ("two", NOON + timedelta(days=1, minutes=30)),
        ("three", NOON + timedelta(days=2, minutes=30)),
    ]
    await world.later(minutes=31)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    with pytest.raises(NothingToPublish):
        await world.calendar_overrides.publish(AUTHOR, "lamps")


async def test_a_delay_holds_slots_until_its_day(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    await world.subscribe()
    calendar = await world.calendar_overrides.delay(AUTHOR, "lamps", "2026-05-06", "Flu")
    assert calendar.hold is not None
    assert calendar.upcoming[0].at == NOON + timedelta(days=2, minutes=30)
    await world.later(days=1, minutes=40)
    assert world.messenger.posts == {}
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


@pytest.mark.parametrize(
    ("until", "refusal"), [("soon", MomentUnclear), ("2020-01-01", HoldInPast), ("2026-13-01", MomentUnclear)]
)
async def test_a_delay_needs_a_moment_to_come(store: Database, until: str, refusal: type[Refusal]) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    with pytest.raises(refusal):
        await world.calendar_overrides.delay(AUTHOR, "lamps", until, None)


async def test_a_hiatus_ends_without_catching_up(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    await world.subscribe()
    await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", "Moving house")
    with pytest.raises(AlreadyOnHiatus):
        await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)
    (card,) = (await world.catalogue.list_stories(READER)).cards
    assert card.hold is not None
    assert (card.hold.reason, card.next_at) == ("Moving house", None)
    await world.later(days=3)
    assert world.messenger.posts == {}
    calendar = await world.calendar_overrides.resume(AUTHOR, "lamps")
    await world.deliver()
    assert world.messenger.posts == {}
    assert calendar.upcoming[0].at == NOON + timedelta(days=3, minutes=30)
    with pytest.raises(NothingHeld):
        await world.calendar_overrides.resume(AUTHOR, "lamps")
    await world.later(minutes=30)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_a_hiatus_in_the_file_is_ended_in_the_file(store: Database) -> None:
    world = World(store, serial(*THREE, status=Status.HIATUS))
    await world.run()
    await world.subscribe()
    await world.later(days=2)
    with pytest.raises(HiatusInFile):
        await world.calendar_overrides.resume(AUTHOR, "lamps")
    world.library.put(serial(*THREE))
    await world.run()
    assert world.messenger.posts == {}
    await world.later(minutes=31)
    assert world.messenger.keys_in(CHANNEL) == ["one"]


async def test_only_authors_direct(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    for call in (
        world.calendar_overrides.publish(ADMIN, "lamps"),
        world.calendar_overrides.delay(ADMIN, "lamps", "2030-01-01", None),
        world.calendar_overrides.start_hiatus(ADMIN, "lamps", None),
        world.calendar_overrides.resume(ADMIN, "lamps"),
    ):
        with pytest.raises(NotAnAuthor):
            await call


async def test_choices_show_only_what_that_person_may_see(store: Database) -> None:
    world = World(
        store,
        serial(*THREE, backlog=1),
        serial(chapter("x"), slug="adults", rating=Rating.EXPLICIT),
        serial(chapter("y"), slug="elsewhere", guilds=frozenset({1})),
    )
    await world.run()
    await world.subscribe()

    async def slugs(viewer: Viewer, purpose: ChoicePurpose, typed: str = "") -> list[str]:
        return [
            choice.value for choice in await world.autocomplete_choices.story_choices(viewer, typed, purpose)
        ]

    assert await slugs(READER, ChoicePurpose.READ) == ["lamps"]
    # The story of the channel comes first.
    assert await slugs(replace(READER, age_restricted=True), ChoicePurpose.READ) == ["lamps", "adults"]
    assert await slugs(READER, ChoicePurpose.AUTHOR) == []
    assert await slugs(AUTHOR, ChoicePurpose.AUTHOR, "la") == ["lamps"]
    assert await slugs(ADMIN, ChoicePurpose.SUBSCRIBED) == ["lamps"]
    titles = [
        choice.value
        for choice in await world.autocomplete_choices.chapter_choices(READER, "lamps", "", label)
    ]
    assert titles == ["1"]
    everything = await world.autocomplete_choices.chapter_choices(AUTHOR, "lamps", "", label, unreleased=True)
    assert {choice.value for choice in everything} == {"1", chapter_token("two"), chapter_token("three")}
    assert (
        len(await world.autocomplete_choices.chapter_choices(READER, "lamps", "", label, unreleased=True))
        == 1
    )
    assert await world.autocomplete_choices.chapter_choices(READER, "adults", "", label) == []


async def test_refusals_name_titles_and_never_what_stands_for_them(store: Database) -> None:
    world = World(
        store, serial(*THREE, slug="the-lamps"), serial(*THREE, slug="hidden", guilds=frozenset({1}))
    )
    await world.run()
    for call in (
        world.channel_subscriptions.pause(ADMIN, "the-lamps", CHANNEL),
        world.channel_subscriptions.unsubscribe(ADMIN, "the-lamps", CHANNEL),
        world.channel_subscriptions.resume(ADMIN, "the-lamps", CHANNEL),
        world.followers.unfollow(READER, "the-lamps"),
    ):
        with pytest.raises(Refusal, match="“The-Lamps”"):
            await call
    with pytest.raises(NotSubscribed, match="“hidden”"):
        await world.channel_subscriptions.pause(ADMIN, "hidden", CHANNEL)
