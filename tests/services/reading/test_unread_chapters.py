"""What is unread is offered first: new chapters since the last visit, the next one at a chapter's end."""

from __future__ import annotations

import pytest

from bot.domain.authorization import Viewer
from bot.domain.reading.reading_refusals import StarElsewhere
from bot.domain.subscriptions.subscription import Start
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, GUILD, READER, World, chapter, long_text, serial

KEYS = ("one", "two", "three", "four", "five", "six")


async def released(store: Database, count: int = 2) -> World:
    """A world in which so many chapters are out, a day apart; one comes each day."""
    world = World(store, serial(*(chapter(key, long_text(300).replace("word", key)) for key in KEYS)))
    await world.run()
    await world.later(minutes=30)
    for _ in range(count - 1):
        await world.later(days=1)
    return world


async def test_to_somebody_who_has_not_begun_nothing_is_new(store: Database) -> None:
    world = await released(store)
    view = await world.private_reader.open(READER, "lamps", None)
    assert (view.release.number, view.page_number, view.new_since_visit) == (1, 1, 0)
    detail = await world.catalogue.describe_story(Viewer(99, "New"), "lamps")
    assert (detail.unread, detail.new_since_visit, detail.card.is_following) == (None, 0, False)


async def test_chapters_that_came_since_the_last_visit_are_counted_and_the_first_unread_is_found(
    store: Database,
) -> None:
    world = await released(store)
    await world.private_reader.open(READER, "lamps", None)
    for _ in range(3):
        await world.later(days=1)
    detail = await world.catalogue.describe_story(READER, "lamps")
    assert detail.unread is not None
    assert (detail.unread.chapter, detail.new_since_visit) == ("two", 3)
    assert detail.card.bookmark is not None
    assert detail.card.bookmark.last.number == 1
    view = await world.private_reader.open(READER, None, None)
    assert view.first_unread is not None
    assert (view.release.number, view.first_unread.number, view.new_since_visit) == (1, 2, 3)
    on = await world.private_reader.show_page(READER, view.release.id, 2)
    assert (on.new_since_visit, on.first_unread) == (0, view.first_unread), (
        "the same visit: still unread, but told"
    )
    assert (await world.private_reader.open(READER, None, None)).new_since_visit == 0


async def test_who_reads_an_old_chapter_again_finds_the_first_unread_all_the_same(store: Database) -> None:
    world = await released(store, 4)
    await world.private_reader.open(READER, "lamps", "three")
    view = await world.private_reader.open(READER, "lamps", "one")
    assert view.first_unread is not None
    assert view.first_unread.number == 4
    read = await world.private_reader.open_release(READER, view.first_unread.id)
    assert read.release.number == 4
    assert (await world.private_reader.open(READER, "lamps", "one")).first_unread is None


async def test_an_early_jump_offers_what_was_passed_over(store: Database) -> None:
    world = await released(store, 5)
    await world.private_reader.open(READER, "lamps", "one")
    newest = await world.private_reader.open(READER, "lamps", "five")
    assert newest.first_unread is not None
    assert newest.first_unread.number == 2


async def test_a_withdrawn_chapter_is_no_news(store: Database) -> None:
    world = await released(store, 3)
    await world.private_reader.open(READER, "lamps", None)
    async with store.begin() as tx:
        second = await tx.releases.get_by_number("lamps", 2)
        assert second is not None
        await tx.releases.withdraw(second.id, was=1, now=world.clock.now())
    view = await world.private_reader.open(READER, None, None)
    assert view.first_unread is not None
    assert view.first_unread.number == 3
    assert view.following is not None
    assert view.following.is_withdrawn
    notice = await world.private_reader.open_release(READER, second.id)
    assert (notice.page.blocks, notice.page_count, notice.is_last_page) == ((), 1, True)
    assert (await world.private_reader.open(READER, None, None)).release.number == 1, (
        "no place is lost to a notice"
    )


async def test_the_place_at_the_end_of_a_chapter_leads_to_the_next(store: Database) -> None:
    world = await released(store, 1)
    view = await world.private_reader.open(READER, "lamps", None)
    end = await world.private_reader.show_page(READER, view.release.id, -1)
    assert end.is_last_page
    assert end.following is None
    assert end.next_at is not None
    await world.later(days=1)
    back = await world.private_reader.open(READER, None, None)
    assert back.page_number == back.page_count
    assert back.following is not None
    assert back.first_unread == back.following
    assert back.new_since_visit == 1


async def test_at_the_very_end_a_reader_may_follow_and_who_follows_is_not_asked(store: Database) -> None:
    world = await released(store, 1)
    view = await world.private_reader.open(READER, "lamps", None)
    assert view.is_following is None, "there is more to read first"
    assert (await world.private_reader.show_page(READER, view.release.id, -1)).is_following is False
    await world.followers.follow(READER, "lamps")
    assert (await world.private_reader.show_page(READER, view.release.id, -1)).is_following is True
    assert (await world.catalogue.describe_story(READER, "lamps")).card.is_following


async def test_at_the_end_of_all_the_first_chapter_is_offered_that_the_reader_left_out(
    store: Database,
) -> None:
    world = await released(store, 4)
    await world.private_reader.open(READER, "lamps", "one")
    view = await world.private_reader.open(READER, "lamps", "four")
    end = await world.private_reader.show_page(READER, view.release.id, -1)
    assert end.ends_all
    assert end.first_unread is not None
    assert end.first_unread.number == 2
    for key in ("two", "three"):
        left_out = await world.private_reader.open(READER, "lamps", key)
        assert not left_out.ends_all
    end = await world.private_reader.show_page(READER, view.release.id, -1)
    assert (end.ends_all, end.first_unread) == (True, None)


async def test_the_library_knows_each_readers_place(store: Database) -> None:
    world = await released(store, 3)
    await world.private_reader.open(READER, "lamps", "two")
    (card,) = (await world.catalogue.list_stories(READER)).cards
    assert card.bookmark is not None
    assert card.bookmark.last.number == 2
    (card,) = (await world.catalogue.list_stories(AUTHOR)).cards
    assert card.bookmark is None


async def test_a_star_is_given_and_taken_back_and_one_under_a_post_stays_there(store: Database) -> None:
    world = await released(store, 1)
    await world.subscribe(start=Start.LATEST)
    await world.deliver()
    (message,) = world.messenger.posts
    view = await world.private_reader.open(READER, "lamps", None)
    given = await world.private_reader.toggle_star(READER, view.release.id, 2, 1)
    assert (given.starred, given.page_number) == (True, 2)
    assert (await world.private_reader.open(READER, None, None)).starred
    assert not (await world.private_reader.open(Viewer(77, "Other", GUILD, CHANNEL), "lamps", None)).starred
    assert not (await world.private_reader.toggle_star(READER, view.release.id, 2, 1)).starred
    await world.page_turns.set_star(message, READER.user_id, True)
    assert (await world.private_reader.show_page(READER, view.release.id, 1)).starred
    with pytest.raises(StarElsewhere):
        await world.private_reader.toggle_star(READER, view.release.id, 1, 1)
