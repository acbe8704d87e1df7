"""Where no story is named, the place says which: a chapter's thread, a forum's post, a thread below a channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.stories.story_refusals import StoryNeeded
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.store.database import Database
from tests.services.fakes import (
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    READER,
    World,
    chapter,
    label,
    long_text,
    serial,
)
from tests.services.suggestions.suggestion_helpers import make

FORUM = 700
ELSEWHERE = replace(READER, channel_id=999)


async def world_of(
    store: Database, *, style: ReleaseStyle = ReleaseStyle.THREAD, channel: int = CHANNEL
) -> World:
    """Two stories in one channel, each with its newest chapter posted."""
    stories = [
        serial(
            chapter("one", long_text(200)),
            chapter("two", long_text(200)),
            slug=slug,
            schedule=None,
            backlog=2,
        )
        for slug in ("lamps", "tides")
    ]
    world = World(store, *stories)
    if channel == FORUM:
        world.messenger.surveys[FORUM] = ChannelState(
            FORUM, GUILD, "forum", ChannelKind.FORUM, age_restricted=False
        )
    await world.run()
    for slug in ("lamps", "tides"):
        await world.subscribe(slug, channel, options=SubscriptionOptions(style=style), start=Start.LATEST)
    await world.deliver()
    return world


def first_of(world: World, slug: str) -> int:
    """The message that a story's thread hangs under, which is the thread's id."""
    return next(message for message, (_, post, _) in world.messenger.posts.items() if post.story.slug == slug)


@pytest.mark.parametrize("channel", [CHANNEL, FORUM])
async def test_a_chapters_thread_and_a_forums_post_say_story_and_chapter(
    store: Database, channel: int
) -> None:
    world = await world_of(store, channel=channel)
    for slug in ("lamps", "tides"):
        there = replace(READER, channel_id=first_of(world, slug), parent_id=channel)
        target = await world.submissions.require_target(there, None, None)
        assert (target.story.slug, target.chapter.chapter if target.chapter else None) == (slug, "two")
        assert (await world.private_reader.open(there, None, None)).story.slug == slug, (
            "also if another was read last"
        )
        offered = await world.autocomplete_choices.story_choices(there, "", ChoicePurpose.READ)
        assert offered[0].value == slug, "it is the first to be picked, too"
        assert [
            c.value for c in await world.autocomplete_choices.chapter_choices(there, None, "", label)
        ] == ["2", "1"]
        made = await make(world, there, story=None)
        assert (made.story.slug, made.suggestion.chapter) == (slug, "two")
        assert (await make(world, there, story=None, chapter="1")).suggestion.chapter == "one"
        assert (await make(world, there, story=slug)).suggestion.chapter is None, (
            "who names the story means it"
        )
    with pytest.raises(StoryNeeded):
        await world.submissions.require_target(replace(READER, channel_id=channel), None, None)


async def test_a_thread_whose_first_message_was_deleted_is_known_by_its_pages(store: Database) -> None:
    world = await world_of(store)
    thread = first_of(world, "tides")
    async with store.begin() as tx:
        await tx.posts.delete(thread)
    target = await world.submissions.require_target(
        replace(READER, channel_id=thread, parent_id=CHANNEL), None, None
    )
    assert target.story.slug == "tides"
    assert target.chapter is not None


async def test_a_thread_that_somebody_opened_under_a_post_is_about_its_chapter(store: Database) -> None:
    world = await world_of(store, style=ReleaseStyle.PAGES)
    there = replace(READER, channel_id=first_of(world, "tides"), parent_id=CHANNEL)
    target = await world.submissions.require_target(there, None, None)
    assert (target.story.slug, target.chapter is not None) == ("tides", True)


async def test_a_message_that_is_spoken_of_says_it_too(store: Database) -> None:
    world = await world_of(store, style=ReleaseStyle.PAGES)
    target = await world.submissions.require_target(
        replace(READER, about=first_of(world, "tides")), None, None
    )
    assert (target.story.slug, target.chapter is not None) == ("tides", True)
    with pytest.raises(StoryNeeded):
        await world.submissions.require_target(replace(READER, about=12345), None, None)


async def test_a_thread_below_a_channel_of_one_story_is_that_storys(store: Database) -> None:
    world = await world_of(store)
    await world.subscribe("tides", OTHER_CHANNEL)
    there = replace(READER, channel_id=31337, parent_id=OTHER_CHANNEL)
    target = await world.submissions.require_target(there, None, None)
    assert (target.story.slug, target.chapter) == ("tides", None)
    with pytest.raises(StoryNeeded):
        await world.submissions.require_target(replace(there, parent_id=CHANNEL), None, None)
    await world.subscribe("lamps", 31337)
    assert (await world.submissions.require_target(there, None, None)).story.slug == "lamps", (
        "its own comes first"
    )


async def test_what_the_place_may_not_show_is_not_implied(store: Database) -> None:
    world = await world_of(store)
    held = world.library.held["tides"]
    world.library.put(replace(held, story=replace(held.story, guilds=frozenset({1}))))
    await world.content_sync.sync()
    there = replace(READER, channel_id=first_of(world, "tides"), parent_id=CHANNEL)
    assert (await world.submissions.require_target(there, None, None)).story.slug == "lamps"
