"""Turning shared posts, and the private reader."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Refused, Sent
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import (
    AgeRestricted,
    ChapterUnknown,
    NothingPublished,
    StoryNeeded,
    StoryUnknown,
)
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.services.delivery.post_messenger import ChapterPost
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, NOON, READER, World, chapter, long_text, serial


async def posted(store: Database) -> tuple[World, int]:
    """A world with one long chapter posted, and its message."""
    world = World(store, serial(chapter("one", long_text(600)), chapter("two")))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    return world, next(iter(world.messenger.posts))


async def test_a_post_turns_to_its_end_and_back_and_reads_whole(store: Database) -> None:
    world, message = await posted(store)
    first = world.messenger.posts[message][1]
    shown: list[ChapterPost] = [first]
    for _ in range(first.page_count + 2):
        assert await world.page_turns.turn_by(message, +1)
        await world.page_turns.drain()
        if world.messenger.edits[-1][1].page_number != shown[-1].page_number:
            shown.append(world.messenger.edits[-1][1])
    assert [post.page_number for post in shown] == list(range(1, first.page_count + 1))
    assert " ".join(post.page.plain for post in shown).split() == long_text(600).split()
    for _ in range(first.page_count):
        await world.page_turns.turn_by(message, -1)
        await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page_number == 1
    assert {post.marker for _, post in world.messenger.edits} == {first.marker}


async def test_turns_that_pile_up_become_one_edit(store: Database) -> None:
    world, message = await posted(store)
    await asyncio.gather(*(world.page_turns.turn_by(message, +1) for _ in range(3)))
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page_number == 4
    assert len(world.messenger.edits) <= 2


async def test_a_turned_page_is_remembered_over_a_restart(store: Database) -> None:
    world, message = await posted(store)
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    restarted = World(store, *world.library.held.values())
    await restarted.page_turns.turn_by(message, +1)
    await restarted.page_turns.drain()
    assert restarted.messenger.edits[-1][1].page_number == 3


async def test_a_strangers_message_is_not_turned(store: Database) -> None:
    world, _ = await posted(store)
    assert not await world.page_turns.turn_by(12345, +1)
    assert not await world.page_turns.set_star(12345, READER.user_id, True)


async def test_a_deleted_post_is_forgotten(store: Database) -> None:
    world, message = await posted(store)
    world.messenger.edit_answers = [Sent(None)]
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert not await world.page_turns.turn_by(message, +1)


async def test_a_slow_edit_is_tried_again_and_a_refused_one_is_not(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, message = await posted(store)
    waits: list[float] = []

    async def no_sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("bot.services.reading.page_turns.asyncio.sleep", no_sleep)
    world.messenger.edit_answers = [Delayed("busy")]
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert len(waits) == 1
    assert world.messenger.edits[-1][1].page_number == 2
    world.messenger.edit_answers = [Refused(DeliveryFault("50001", "no access", NOON))]
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page_number == 2
    await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].page_number == 3


async def test_a_star_is_one_vote_a_person(store: Database) -> None:
    world, message = await posted(store)
    for user in (1, 2, 2):
        await world.page_turns.set_star(message, user, True)
    async with store.read() as tx:
        post = await tx.posts.get(message)
        assert post is not None
        assert (await tx.counters.count_by_release([post.release_id]))[post.release_id].votes == 2
    await world.page_turns.set_star(message, 2, False)
    async with store.read() as tx:
        assert (await tx.counters.count_by_release([post.release_id]))[post.release_id].votes == 1


async def test_cleared_controls_come_back_once(store: Database) -> None:
    world, message = await posted(store)
    await world.reaction_controls.add_some()
    await world.page_turns.restore_controls(message)
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == [message, message]
    await world.page_turns.restore_controls(message)
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == [message, message]


@pytest.mark.parametrize("forgotten", [False, True])
async def test_a_turn_counts_from_what_is_shown_also_before_that_is_written(
    store: Database, forgotten: bool
) -> None:
    """Two turns, controls cleared by a moderator, another turn; the database hears of the first two at the end."""
    world, message = await posted(store)
    turns, may_write = world.page_turns, asyncio.Event()
    write = turns._writer._write

    async def write_late(shown: object) -> None:
        await may_write.wait()
        await write(shown)  # type: ignore[arg-type]

    turns._writer._write = write_late  # type: ignore[assignment]
    for page in (2, 3):
        await turns.turn_by(message, +1)
        await asyncio.wait(list(turns._tasks))
        assert world.messenger.edits[-1][1].page_number == page
    if forgotten:
        turns._posts.clear()
    await turns.restore_controls(message)
    assert await turns.is_chapter_post(message)
    await turns.turn_by(message, +1)
    await asyncio.wait(list(turns._tasks))
    assert world.messenger.edits[-1][1].page_number == 4
    may_write.set()
    await turns.drain()
    async with store.read() as tx:
        post = await tx.posts.get(message)
    assert post is not None
    assert post.page == 4


async def test_the_reader_keeps_the_place_and_the_furthest(store: Database) -> None:
    world, _ = await posted(store)
    view = await world.private_reader.open(READER, "lamps", None)
    assert (view.page_number, view.release.number) == (1, 1)
    assert view.page_count > 3
    await world.private_reader.show_page(READER, view.release.id, 3)
    assert (await world.private_reader.open(READER, None, None)).page_number == 3
    await world.private_reader.show_page(READER, view.release.id, 2)
    assert (await world.private_reader.open_release(READER, view.release.id)).page_number == 2
    async with store.read() as tx:
        bookmark = await tx.bookmarks.get(READER.user_id, "lamps")
    assert bookmark is not None
    assert bookmark.furthest > bookmark.last


async def test_the_reader_goes_from_chapter_to_chapter(store: Database) -> None:
    world, _ = await posted(store)
    await world.later(days=1)
    view = await world.private_reader.open(READER, "Lamps", "two")
    assert view.previous is not None
    assert view.following is None
    back = await world.private_reader.show_page(READER, view.previous.id, -1)
    assert back.page_number == back.page_count
    assert back.following is not None
    assert back.following.chapter == "two"
    assert (
        await world.private_reader.show_page(READER, back.release.id, 10_000)
    ).page_number == back.page_count
    assert [release.chapter for release in await world.private_reader.list_chapters(READER, "lamps")] == [
        "one",
        "two",
    ]


async def test_what_is_not_out_cannot_be_read(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two")))
    await world.run()
    with pytest.raises(NothingPublished):
        await world.private_reader.open(READER, "lamps", None)
    await world.later(minutes=30)
    with pytest.raises(ChapterUnknown):
        await world.private_reader.open(READER, "lamps", "two")
    with pytest.raises(StoryUnknown):
        await world.private_reader.open(READER, "nothing", None)


async def test_a_mature_story_opens_in_age_restricted_places_only(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1, rating=Rating.MATURE))
    await world.run()
    with pytest.raises(AgeRestricted):
        await world.private_reader.open(READER, "lamps", None)
    adult = Viewer(READER.user_id, "Reader", GUILD, CHANNEL, age_restricted=True)
    view = await world.private_reader.open(adult, "lamps", None)
    with pytest.raises(AgeRestricted):
        await world.private_reader.show_page(READER, view.release.id, 1)
    with pytest.raises(AgeRestricted):
        await world.private_reader.open_release(READER, view.release.id)


async def test_which_story_is_asked_only_where_it_is_not_clear(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1), serial(chapter("x"), slug="tides", backlog=1))
    await world.run()
    with pytest.raises(StoryNeeded):
        await world.private_reader.open(READER, None, None)
    await world.subscribe("tides")
    assert (await world.private_reader.open(READER, None, None)).story.slug == "tides"
