"""Chapters by what lists show and send: their numbers, their titles, and nothing that gives a hidden one away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.authorization import Viewer
from bot.domain.stories.story import Author, Chapter, Serial
from bot.domain.stories.story_refusals import ChapterUnclear, ChapterUnknown, StoryUnclear
from bot.domain.subscriptions.subscription_refusals import NotFollowed
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import ChapterNeeded, TransitionForbidden
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.stories.preview import ChapterPreviews
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, GUILD, READER, World, chapter, label, serial
from tests.services.suggestions.suggestion_helpers import find, make

OTHER = Viewer(77, "Other", GUILD, CHANNEL)


def titled(key: str, title: str) -> Chapter:
    """A chapter of that key and title."""
    return replace(chapter(key), title=title)


def previewing(world: World) -> ChapterPreviews:
    return ChapterPreviews(world.store, world.library, world.clock, page_length=600)


async def world_of(store: Database) -> World:
    """Four chapters out, two of the same title, with keys that tell what happens; and two to come."""
    chapters = [
        titled("the-keeper-dies", "Interlude"),
        titled("5", "King’s Café"),
        titled("she-did-it", "Interlude"),
        titled("the-end-of-it", "Über den Dächern"),
        titled("count", "The Count"),
        titled("tally", "The Tally"),
    ]
    world = World(store, serial(*chapters, schedule=None, backlog=4))
    await world.run()
    return world


async def offered(world: World, viewer: Viewer, typed: str = "", **more: bool) -> dict[str, str]:
    choices = await world.autocomplete_choices.chapter_choices(viewer, "lamps", typed, label, **more)
    return {choice.label: choice.value for choice in choices}


async def test_what_is_sent_is_the_number_and_no_key_of_anything(store: Database) -> None:
    world = await world_of(store)
    assert await offered(world, READER) == {
        "4. Chapter": "4",
        "3. Chapter": "3",
        "2. Chapter": "2",
        "1. Interlude": "1",
    }
    assert "1. Interlude" in await offered(world, READER, "keeper"), "the first chapter is told to everybody"
    for key in ("she-did", "end-of", "dach"):
        assert not await offered(world, READER, key)
    for value in (await offered(world, READER)).values():
        view = await world.private_reader.open(READER, "lamps", value, label=label)
        assert str(view.release.number) == value


async def test_whatever_a_list_shows_can_be_sent(store: Database) -> None:
    world = await world_of(store)
    await world.private_reader.open(READER, "lamps", "2")
    for shown, value in (await offered(world, READER)).items():
        release = (await world.private_reader.open(OTHER, "lamps", value)).release
        assert (await world.private_reader.open(READER, "lamps", shown, label=label)).release == release
    for typed in ("kings cafe", "KING'S CAFÉ", "2. king’s café", "#2", "２", " 2 "):
        assert (await world.private_reader.open(READER, "lamps", typed, label=label)).release.number == 2
    assert (await world.private_reader.open(READER, "lamps", "uber den dachern")).release.number == 4


async def test_a_number_means_the_number_even_where_another_chapter_has_it_as_its_key(
    store: Database,
) -> None:
    world = await world_of(store)
    with pytest.raises(ChapterUnknown):
        await world.private_reader.open(READER, "lamps", "6")
    assert (await world.private_reader.open(READER, "lamps", "5")).release.number == 2, (
        "no chapter 5 is out yet"
    )
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    assert (await world.private_reader.open(READER, "lamps", "5")).release.number == 5


async def test_a_title_that_several_have_is_asked_about(store: Database) -> None:
    world = await world_of(store)
    with pytest.raises(ChapterUnclear, match="“Lamps” has several chapters that could be “interlude”: 1, 3"):
        await world.private_reader.open(READER, "lamps", "interlude")
    assert (await world.private_reader.open(READER, "lamps", "3. Interlude")).release.number == 3
    with pytest.raises(ChapterUnclear):
        await make(world, chapter="Interlude")


async def test_chapters_to_come_have_numbers_for_their_authors_alone(store: Database) -> None:
    world = await world_of(store)
    preview = previewing(world)
    shown = await offered(world, AUTHOR, "count", unreleased=True)
    assert shown == {"5. The Count (to come)": chapter_token("count")}
    for typed in ("5", "the count", "5. The Count (to come)", chapter_token("count")):
        view = await preview.page(AUTHOR, "lamps", typed, label=label)
        assert (view.release.chapter, view.release.number, view.released) == ("count", 5, False), typed
    assert (await preview.page(AUTHOR, "lamps", "6")).release.title == "The Tally"
    assert (await preview.page(AUTHOR, "lamps", "2")).release.title == "King’s Café"
    assert "5. The Count (to come)" not in await offered(world, READER, "", unreleased=True)


async def test_what_was_picked_is_meant_though_the_list_has_changed_since(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world)).suggestion.number
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    picked = (await world.review_queue.chapter_options(AUTHOR, number, "tally", label=label))[0]
    held = world.library.held["lamps"].chapters
    new = titled("news", "News")
    world.library.put(serial(*held[:4], new, *held[4:], schedule=None, backlog=4))
    await world.content_sync.sync()
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    await world.calendar_overrides.publish(AUTHOR, "lamps")
    await world.decisions.decide(AUTHOR, number, Decision.USED, DecisionDetails(chapter=picked.value))
    assert (await find(world, number)).used_in == "tally"


async def test_used_asks_which_chapter_and_knows_it_by_number(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world)).suggestion.number
    with pytest.raises(TransitionForbidden):
        await world.decisions.require_allowed(AUTHOR, number, Decision.USED)
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    await world.decisions.require_allowed(AUTHOR, number, Decision.USED)
    for nothing in (None, "", "  "):
        with pytest.raises(ChapterNeeded, match="Which chapter"):
            await world.decisions.decide(AUTHOR, number, Decision.USED, DecisionDetails(chapter=nothing))
    assert (await find(world, number)).state is SuggestionState.ACCEPTED
    await world.decisions.decide(AUTHOR, number, Decision.USED, DecisionDetails(chapter="6"))
    assert (await find(world, number)).used_in == "tally"


async def test_stories_of_one_title_are_told_apart_by_their_authors(store: Database) -> None:
    def by(slug: str, name: str) -> Serial:
        made = serial(chapter("one"), slug=slug, backlog=1)
        return replace(made, story=replace(made.story, title="The Lamp", authors=(Author(name, None),)))

    world = World(store, by("lamp-a", "Ada"), by("lamp-b", "Bea"), serial(chapter("x"), backlog=1))
    await world.run()
    choices = await world.autocomplete_choices.story_choices(READER, "lamp", ChoicePurpose.READ)
    assert {c.label: c.value for c in choices} == {
        "The Lamp (Ada)": "lamp-a",
        "The Lamp (Bea)": "lamp-b",
        "Lamps": "lamps",
    }
    with pytest.raises(StoryUnclear, match="“The Lamp \\(Ada\\)”, “The Lamp \\(Bea\\)”"):
        await world.catalogue.describe_story(READER, "the lamp")
    assert (await world.catalogue.describe_story(READER, "the lamp (bea)")).card.story.slug == "lamp-b"


async def test_refusals_call_a_story_by_its_title(store: Database) -> None:
    world = await world_of(store)
    with pytest.raises(NotFollowed, match="“Lamps”"):
        await world.followers.unfollow(READER, "lamps")
