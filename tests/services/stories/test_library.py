"""The library finds by title, author and tag, shows what one follows first, and looks closely at one page only."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from bot.domain.stories.story import Author, Status
from bot.services.stories import catalogue_covers
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.stories.catalogue import LibraryFilter, LibraryPage, LibraryRequest
from bot.store.database import Database
from tests.services.fakes import READER, World, chapter, serial


def drawn() -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (900, 450), (200, 120, 40, 128)).save(made, "PNG")
    return made.getvalue()


async def shelf(store: Database) -> World:
    """Four stories, one of them complete and two by Bea."""
    made = []
    for slug, title, author, tags, status in (
        ("owls", "Owls", "Ada", ("birds",), Status.ONGOING),
        ("lamps", "The Lamplighters", "Bea", ("fog", "harbour"), Status.ONGOING),
        ("zoo", "A Zoo", "Bea", ("birds",), Status.COMPLETE),
        ("pause", "Pause", "Cy", (), Status.HIATUS),
    ):
        held = serial(chapter("one", f"{title} begins."), slug=slug)
        about = replace(held.story, title=title, authors=(Author(author),), tags=tags, status=status)
        made.append(replace(held, story=about))
    world = World(store, *made)
    await world.content_sync.sync()
    return world


def titles(page: LibraryPage) -> list[str]:
    return [card.story.title for card in page.cards]


async def test_search_filters_and_what_one_follows(store: Database) -> None:
    world = await shelf(store)

    async def found(shown: LibraryFilter = LibraryFilter.ALL, search: str = "") -> list[str]:
        return titles(await world.catalogue.list_stories(READER, LibraryRequest(shown, search)))

    assert await found() == ["A Zoo", "Owls", "Pause", "The Lamplighters"]
    assert await found(search="lamp") == await found(search="HARBOUR") == ["The Lamplighters"]
    assert await found(search="bea") == ["A Zoo", "The Lamplighters"]
    assert await found(LibraryFilter.ONGOING, "birds") == ["Owls"]
    assert await found(LibraryFilter.COMPLETE) == ["A Zoo"]
    assert await found(LibraryFilter.FOLLOWED) == []
    await world.followers.set_following(READER, "lamps", on=True)
    await world.followers.set_following(READER, "lamps", on=True)
    assert await found(LibraryFilter.FOLLOWED) == ["The Lamplighters"]
    assert await found() == ["The Lamplighters", "A Zoo", "Owls", "Pause"]
    await world.followers.set_following(READER, "lamps", on=False)
    await world.followers.set_following(READER, "lamps", on=False)
    assert await found(LibraryFilter.FOLLOWED) == []


async def test_autocomplete_finds_what_the_search_finds(store: Database) -> None:
    world = await shelf(store)
    offered = [each.value for each in await world.catalogue.search_choices(READER, "b")]
    assert offered[:2] == ["Bea", "birds"]
    for each in offered:
        assert (await world.catalogue.list_stories(READER, LibraryRequest(search=each))).found
    picked = await world.autocomplete_choices.story_choices(READER, "birds", ChoicePurpose.READ)
    assert {each.value for each in picked} == {"owls", "zoo"}


async def test_covers_are_small_and_scaled_once(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (serial(chapter("one", "It begins.")), serial(chapter("one", "It ends."), slug="zoo"))
    world = World(store, *(replace(each, story=replace(each.story, cover="cover.png")) for each in both))
    world.library.pictures |= {("lamps", "cover.png"): drawn(), ("zoo", "cover.png"): drawn()[:40]}
    await world.run()
    await world.later(minutes=30)
    scaled = []
    scale = catalogue_covers._scale
    monkeypatch.setattr(catalogue_covers, "_scale", lambda data: scaled.append(1) or scale(data))
    for _ in range(2):
        page = await world.catalogue.list_stories(READER)
        by_slug = {card.story.slug: card.cover for card in page.cards}
        assert by_slug["zoo"] is None
        assert by_slug["lamps"] is not None
        with Image.open(io.BytesIO(by_slug["lamps"].data)) as image:
            assert image.size == (256, 128)
    assert len(scaled) == 2
    assert (await world.catalogue.describe_story(READER, "lamps")).card.cover == by_slug["lamps"]


async def test_of_many_stories_only_one_page_is_looked_at(store: Database) -> None:
    world = World(
        store, *(serial(chapter("one", f"Story {n} begins."), slug=f"story-{n:03}") for n in range(200))
    )
    await world.content_sync.sync()
    page = await world.catalogue.list_stories(READER, LibraryRequest(page=10**6))
    assert (page.request.page, page.page_count, page.found) == (39, 40, 200)
    assert [card.story.slug for card in page.cards] == [f"story-{n:03}" for n in range(195, 200)]
