"""Whose lines may be shared where, and where they would give something away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.reading.reading_refusals import (
    LineChanged,
    LineNotHere,
    NothingToShare,
    PostGone,
    SharingTooFast,
)
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import AgeRestricted
from bot.domain.subscriptions.subscription import Start
from bot.services.sharing.shareable_lines import COOLDOWN, PageReference
from bot.store.database import Database
from tests.services.fakes import (
    AUTHOR,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    READER,
    World,
    chapter,
    long_text,
    serial,
)

TEXT = "First. Second.\n\nAnother one."


async def shelf(store: Database, **more: object) -> World:
    """Three chapters that are out, and a fourth that comes at 12:30."""
    chapters = [chapter(key, f"{TEXT} {key}") for key in ("one", "two", "three", "four")]
    world = World(store, serial(*chapters, backlog=3, **more))  # type: ignore[arg-type]
    await world.run()
    return world


async def reference(world: World, number: int) -> PageReference:
    async with world.store.read() as tx:
        release = await tx.releases.get_by_number("lamps", number)
    assert release is not None
    return PageReference(release.id, 1, 1)


async def ahead(world: World, number: int, viewer: Viewer = READER, *, alone: bool = False) -> bool:
    page = await world.shareable_lines.list_paragraphs(viewer, await reference(world, number))
    return await world.shareable_lines.is_ahead(viewer, page, alone=alone)


async def test_a_paragraph_of_the_page_and_its_sentences(store: Database) -> None:
    world = await shelf(store)
    page = await reference(world, 2)
    assert [p.plain for p in (await world.shareable_lines.list_paragraphs(READER, page)).paragraphs] == [
        "First. Second.",
        "Another one. two",
    ]
    whole = await world.shareable_lines.compose(READER, page, 0)
    part = await world.shareable_lines.compose(READER, page, 0, 1, 1)
    assert (whole.text.plain, part.text.plain) == ("First. Second.", "Second.")
    assert whole.checksum != part.checksum
    with pytest.raises(LineChanged):
        await world.shareable_lines.compose(READER, page, 2)
    with pytest.raises(PostGone):
        await world.shareable_lines.list_paragraphs(READER, replace(page, release_id=99))


async def test_after_a_revision_it_is_the_page_with_the_same_text(store: Database) -> None:
    old, beginning = long_text(400), "A new beginning. " * 60
    world = World(store, serial(chapter("one", old), backlog=1))
    await world.run()
    page = replace(await reference(world, 1), page=3)
    before = (await world.shareable_lines.list_paragraphs(READER, page)).paragraphs[0].plain[:30]
    world.library.put(serial(chapter("one", f"{beginning}\n\n{old}"), backlog=1))
    await world.content_sync.sync()
    shown = await world.shareable_lines.list_paragraphs(READER, page)
    assert shown.reference.revision == 2
    assert shown.reference.page > 3
    assert any(before in paragraph.plain for paragraph in shown.paragraphs)


async def test_a_page_without_words_has_nothing_to_share(store: Database) -> None:
    world = World(store, serial(chapter("one", "***\n\n![x](x.png)"), backlog=1))
    await world.run()
    with pytest.raises(NothingToShare):
        await world.shareable_lines.list_paragraphs(READER, await reference(world, 1))


async def test_what_is_ahead_of_the_channel(store: Database) -> None:
    world = await shelf(store)
    assert [await ahead(world, number) for number in (1, 2, 3)] == [False, True, True], "not subscribed"
    assert not await ahead(world, 3, alone=True)
    await world.subscribe(start=Start.BEGINNING)
    assert await ahead(world, 3), "entered, but it comes later"
    await world.deliver()
    assert not await ahead(world, 2) or await ahead(world, 3), "posted one after the other"
    await world.later(minutes=21)
    assert not await ahead(world, 3)
    thread = replace(READER, channel_id=77, parent_id=CHANNEL)
    assert not await ahead(world, 3, thread), "a thread is where its channel is"
    assert await ahead(world, 3, replace(READER, channel_id=OTHER_CHANNEL))
    assert await ahead(world, 3, replace(READER, guild_id=None, channel_id=78)), "two people's conversation"


async def test_a_chapter_s_thread_knows_that_chapter(store: Database) -> None:
    world = await shelf(store)
    await world.subscribe(start=Start.LATEST)
    await world.deliver()
    (message_id,) = world.messenger.posts
    thread = replace(READER, channel_id=message_id, parent_id=None)
    assert not await ahead(world, 3, thread)
    assert not await ahead(world, 2, thread)
    await world.later(minutes=31)
    assert await ahead(world, 4, thread), "it is about the third"


async def test_ratings_and_servers_hold_for_lines_too(store: Database) -> None:
    world = await shelf(store, rating=Rating.EXPLICIT, guilds=frozenset({GUILD}))
    page = await reference(world, 1)
    with pytest.raises(AgeRestricted):
        await world.shareable_lines.list_paragraphs(READER, page)
    here = replace(READER, age_restricted=True)
    story = (await world.shareable_lines.list_paragraphs(here, page)).story
    require = world.shareable_lines.require_shareable
    require(here, story, alone=False)
    member = replace(here, guild_id=None, member_of=frozenset({GUILD}))
    require(member, story, alone=True)
    for elsewhere in (member, replace(here, guest=True)):
        with pytest.raises(LineNotHere):
            require(elsewhere, story, alone=False)
    require(replace(AUTHOR, guild_id=None), story, alone=False)


async def test_one_line_in_a_while(store: Database) -> None:
    world = await shelf(store)
    sharing = world.shareable_lines
    sharing.begin(READER)
    with pytest.raises(SharingTooFast):
        sharing.begin(READER)
    sharing.begin(AUTHOR)
    sharing.undo(READER)
    sharing.begin(READER)
    world.clock.advance(COOLDOWN - timedelta(seconds=1))
    with pytest.raises(SharingTooFast):
        sharing.begin(READER)
    world.clock.advance(timedelta(seconds=1))
    sharing.begin(READER)
