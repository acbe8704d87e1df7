"""An author's look at figures, and at chapters before anybody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diagnostics import Diagnostic
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import (
    AgeRestricted,
    ChapterFileUnknown,
    FilesUnreadable,
    NotAnAuthor,
    NothingPublished,
)
from bot.services.statistics.reports import DropOff, StoryReports
from bot.services.stories.preview import ChapterPreviews, chapter_token
from bot.store.database import Database
from bot.store.reading.chapter_read_records import ChapterRead
from tests.services.fakes import AUTHOR, NOON, READER, World, chapter, long_text, serial

TEXT = long_text(400)


async def read_story(store: Database) -> World:
    """Three chapters out and a fourth to come."""
    world = World(
        store,
        serial(chapter("one", TEXT), chapter("two"), chapter("three"), chapter("four", "Soon."), backlog=3),
    )
    await world.run()
    return world


async def test_who_stays_and_where_people_stop(store: Database) -> None:
    await read_story(store)
    async with store.begin() as tx:
        one, two, _ = (release.id for release in await tx.releases.list_by_story("lamps"))
        await tx.bookmarks.record_reads([ChapterRead(one, user, NOON) for user in range(6)])
        await tx.bookmarks.record_reads([ChapterRead(two, user, NOON) for user in (0, 1, 2, 77)])
        for user, reached in ((0, 0.25), (1, 0.25), (2, 1.0)):
            offset = int(len(TEXT) * reached)
            await tx.bookmarks.record_read(one, user, NOON, furthest=offset, revision=1)
        await tx.bookmarks.add_vote(one, 1, 5, NOON)
    found = await StoryReports(store).report(AUTHOR, "lamps")
    first, second, third = found.chapters
    assert [each.number for each in found.chapters] == [1, 2, 3]
    assert first.counters == Counters(6, 1, 0)
    assert (first.retention, second.retention, third.retention) == (None, 0.5, 0.0)
    assert first.drop_off == DropOff((0, 0, 2, 0, 0, 0, 0, 0, 0, 0), 1)
    assert first.drop_off.median == 30
    assert found.drop_off == first.drop_off
    assert found.largest_loss == second, "the third was lost by four people only"
    assert found.has_readers


async def test_nothing_was_read_and_nothing_is_out(store: Database) -> None:
    world = await read_story(store)
    found = await StoryReports(store).report(AUTHOR, "Lamps")
    assert not found.has_readers
    assert found.largest_loss is None
    assert found.drop_off.median is None
    assert [each.retention for each in found.chapters] == [None, None, None]
    world.library.put(serial(chapter("one"), slug="new"))
    await world.content_sync.sync()
    with pytest.raises(NothingPublished):
        await StoryReports(store).report(AUTHOR, "new")


async def test_figures_and_previews_are_for_authors(store: Database) -> None:
    world = await read_story(store)
    with pytest.raises(NotAnAuthor):
        await StoryReports(store).report(READER, "lamps")
    with pytest.raises(NotAnAuthor):
        await ChapterPreviews(store, world.library, world.clock, page_length=600).page(READER, "lamps", "one")


@given(st.lists(st.integers(0, 5), min_size=10, max_size=10), st.integers(0, 5))
def test_half_of_the_readers_came_to_the_median_at_least(tenths: list[int], ended: int) -> None:
    stops = DropOff(tuple(tenths), ended)
    if stops.median is None:
        assert stops.people == 0
        return
    came_so_far = ended + sum(tenths[stops.median // 10 - 1 :] if stops.median < 100 else tenths[9:])
    assert came_so_far * 2 >= stops.people
    if stops.median < 100:
        assert (ended + sum(tenths[stops.median // 10 :])) * 2 < stops.people


async def test_a_chapter_to_come_is_seen_page_by_page_and_nothing_recorded(store: Database) -> None:
    world = await read_story(store)
    coming = serial(chapter("one"), chapter("two"), chapter("three"), chapter("draft", TEXT, draft=True))
    world.library.put(coming)
    previewing = ChapterPreviews(store, world.library, world.clock, page_length=600)
    view = await previewing.page(AUTHOR, "lamps", "draft")
    assert (view.released, view.release.number, view.page_number) == (False, 4, 1)
    assert view.page_count > 2
    pages = [await previewing.page(AUTHOR, "lamps", view.token, n) for n in range(1, view.page_count + 1)]
    assert " ".join(each.page.plain for each in pages).split() == TEXT.split()
    assert (await previewing.page(AUTHOR, "lamps", chapter_token("draft"), 99)).page_number == view.page_count
    async with store.read() as tx:
        assert await tx.bookmarks.get(AUTHOR.user_id, "lamps") is None
        assert len(await tx.releases.list_by_story("lamps")) == 3


async def test_a_released_chapter_is_seen_as_its_file_is_now(store: Database) -> None:
    world = await read_story(store)
    world.library.put(serial(chapter("one", "Changed."), chapter("two"), chapter("three")))
    previewing = ChapterPreviews(store, world.library, world.clock, page_length=600)
    for typed in ("one", "One", "1"):
        view = await previewing.page(AUTHOR, "lamps", typed)
        assert (view.released, view.release.number, view.page.plain) == (True, 1, "Changed.")
    with pytest.raises(ChapterFileUnknown):
        await previewing.page(AUTHOR, "lamps", "nine")


async def test_faults_in_the_files_are_said(store: Database) -> None:
    world = await read_story(store)
    fault = Diagnostic("content/lamps/chapters/two.md", 3, "it is broken", "Mend it.")
    other = Diagnostic("content/zoo/chapters/two.md", 3, "it is broken", "Mend it.")
    world.library.list_faults = lambda: (fault, other)  # type: ignore[method-assign]
    previewing = ChapterPreviews(store, world.library, world.clock, page_length=600)
    assert (await previewing.page(AUTHOR, "lamps", "two")).faults == (fault,)
    del world.library.held["lamps"]
    with pytest.raises(FilesUnreadable) as refused:
        await previewing.page(AUTHOR, "lamps", "two")
    assert refused.value.facts["fault"] == str(fault)


async def test_a_story_for_adults_keeps_to_its_places_in_previews_too(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1, rating=Rating.MATURE))
    await world.run()
    previewing = ChapterPreviews(store, world.library, world.clock, page_length=600)
    with pytest.raises(AgeRestricted):
        await previewing.page(AUTHOR, "lamps", "one")
