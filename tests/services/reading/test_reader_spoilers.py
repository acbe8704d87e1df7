"""What lies ahead of a reader is told by number alone; what is for adults, only where adults are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed
from bot.domain.reading.reading_refusals import PageRestricted
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import AgeRestricted
from bot.domain.subscriptions.subscription import Start, SubscriptionState
from bot.services.delivery.preconditions import AGE_KNOWN_FOR
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, GUILD, READER, World, chapter, label, long_text, serial
from tests.services.releases.revision_helpers import edited, refreshed, release_of

OPERATOR = Viewer(66, "Operator", GUILD, CHANNEL, operator=True)


async def released(store: Database, count: int = 5, **more: object) -> World:
    world = World(store, serial(*(chapter(f"key-{n}") for n in range(1, count + 1)), backlog=count, **more))  # type: ignore[arg-type]
    await world.run()
    return world


async def offered(world: World, viewer: Viewer, typed: str = "") -> list[str]:
    return [
        choice.label
        for choice in await world.autocomplete_choices.chapter_choices(viewer, "lamps", typed, label)
    ]


async def test_titles_are_told_up_to_the_furthest_chapter_and_the_first_to_everybody(store: Database) -> None:
    world = await released(store)
    assert (await world.catalogue.describe_story(READER, "lamps")).spoiler_limit == 1
    first = await world.private_reader.open(READER, "lamps", None)
    assert first.spoiler_limit == 1
    third = await world.private_reader.open(READER, "lamps", "key-3")
    assert third.spoiler_limit == 3
    back = await world.private_reader.open(READER, "lamps", "key-2")
    assert back.spoiler_limit == 3, "the furthest counts, not the last"
    assert (await world.catalogue.describe_story(READER, "lamps")).spoiler_limit == 3
    for knowing in (AUTHOR, OPERATOR):
        assert (await world.catalogue.describe_story(knowing, "lamps")).spoiler_limit == 5
        assert (await world.private_reader.open(knowing, "lamps", None)).spoiler_limit == 5


async def test_offered_chapters_give_nothing_away_and_cannot_be_guessed_at(store: Database) -> None:
    world = await released(store)
    await world.private_reader.open(READER, "lamps", "key-2")
    assert await offered(world, READER) == ["5. Chapter", "4. Chapter", "3. Chapter", "2. Key-2", "1. Key-1"]
    assert await offered(world, READER, "key") == ["2. Key-2", "1. Key-1"], (
        "nor by a title or key that is hidden"
    )
    assert await offered(world, READER, "4") == ["4. Chapter"]
    (four,) = await world.autocomplete_choices.chapter_choices(READER, "lamps", "4", label)
    assert (await world.private_reader.open(READER, "lamps", four.value)).release.number == 4
    assert "5. Key-5" in await offered(world, AUTHOR)


async def test_adult_stories_are_at_no_door_of_a_place_for_everybody(store: Database) -> None:
    world = await released(store, rating=Rating.MATURE)
    release = await release_of(store, "key-1")
    adult = replace(READER, age_restricted=True)
    await world.private_reader.open(adult, "lamps", None)
    for viewer in (READER, replace(READER, guild_id=None), replace(READER, guild_id=999)):
        assert (await world.catalogue.list_stories(viewer)).total == 0
        assert await world.autocomplete_choices.story_choices(viewer, "", ChoicePurpose.READ) == []
        assert await offered(world, viewer) == []
        for door in (
            world.catalogue.describe_story(viewer, "lamps"),
            world.private_reader.open(viewer, "lamps", None),
            world.private_reader.open_release(viewer, release.id),
            world.private_reader.show_page(viewer, release.id, 1),
            world.private_reader.toggle_star(viewer, release.id, 1, 1),
            world.private_reader.list_chapters(viewer, "lamps"),
            world.dm_pages.send_page(viewer, release.id, 1, 1),
        ):
            with pytest.raises(AgeRestricted, match="age-restricted"):
                await door
    with pytest.raises(PageRestricted):
        await world.dm_pages.send_page(adult, release.id, 1, 1)
    view = await world.private_reader.show_page(adult, release.id, -1)
    assert view.is_following is None, "what may not be followed is not offered"


def restrict(world: World, channel: int, restricted: bool) -> None:
    """The admin sets the channel's age restriction."""
    survey = ChannelState(channel, GUILD, "dark", ChannelKind.TEXT, age_restricted=restricted)
    world.messenger.surveys[channel] = survey


async def adult_post(store: Database) -> tuple[World, int]:
    world = World(store, serial(chapter("one", long_text(600)), backlog=1, rating=Rating.EXPLICIT))
    await world.run()
    restrict(world, CHANNEL, True)
    await world.subscribe(start=Start.LATEST)
    await world.deliver()
    (message,) = world.messenger.posts
    return world, message


async def turn(world: World, message: int) -> int:
    """Press ▶️; how many edits there have been."""
    await world.page_turns.turn_by(message, +1, READER.user_id)
    await world.page_turns.drain()
    return len(world.messenger.edits)


async def test_a_channel_that_lost_its_age_restriction_shows_nothing_new_and_its_admin_hears_once(
    store: Database,
) -> None:
    world, message = await adult_post(store)
    assert await turn(world, message) == 1
    restrict(world, CHANNEL, False)
    world.clock.advance(AGE_KNOWN_FOR)
    assert await turn(world, message) == 1
    assert await turn(world, message) == 1
    await edited(world, "Something new." + long_text(300))
    await refreshed(world)
    assert len(world.messenger.edits) == 1, "nor does a revision show anything"
    async with store.read() as tx:
        (subscription,) = await tx.subscriptions.list_by_guild(GUILD)
    assert subscription.state is SubscriptionState.PARKED
    assert subscription.fault is not None
    assert subscription.fault.code == "age-restricted"
    await world.notification_outbox.sweep()
    assert [notice.kind for notice in world.messenger.notices].count("subscription-parked") == 1
    restrict(world, CHANNEL, True)
    assert await turn(world, message) == 2, "it goes on as soon as the channel is what it was"


async def test_what_discord_does_not_say_is_taken_for_no(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, message = await adult_post(store)

    async def busy(channel_id: int) -> Delayed:
        return Delayed("busy")

    async def at_once(seconds: float) -> None:
        pass

    monkeypatch.setattr(world.messenger, "is_age_restricted", busy)
    monkeypatch.setattr("bot.services.reading.page_turns.asyncio.sleep", at_once)
    assert await turn(world, message) == 0
    async with store.read() as tx:
        (subscription,) = await tx.subscriptions.list_by_guild(GUILD)
    assert subscription.state is SubscriptionState.ACTIVE, "nothing is wrong that an admin could mend"


async def test_a_withdrawal_is_shown_wherever_the_post_stands(store: Database) -> None:
    world, message = await adult_post(store)
    restrict(world, CHANNEL, False)
    world.library.put(replace(world.library.held["lamps"], chapters=()))
    release = await release_of(store)
    async with store.begin() as tx:
        await tx.releases.withdraw(release.id, was=1, now=world.clock.now())
    await refreshed(world)
    ((edited_message, shown),) = world.messenger.edits
    assert (edited_message, shown.release.is_withdrawn) == (message, True)


async def test_a_story_that_has_become_one_for_adults_turns_no_more_in_direct_messages(
    store: Database,
) -> None:
    world = World(store, serial(chapter("one", long_text(600)), backlog=1))
    await world.run()
    release = await release_of(store)
    await world.dm_pages.send_page(READER, release.id, 1, 1)
    (message,) = world.messenger.posts
    assert await turn(world, message) == 1
    held = world.library.held["lamps"]
    world.library.put(replace(held, story=replace(held.story, rating=Rating.MATURE)))
    await world.content_sync.sync()
    assert await turn(world, message) == 1
