"""Looking something up in a story loses nobody's place in it, whatever comes between."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.services.reading.private_reader_page import ReaderView
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, NOON, READER, World, chapter, long_text, serial
from tests.services.releases.revision_helpers import edited

KEYS = ("one", "two", "three", "four", "five")


async def world_of(store: Database) -> World:
    """A world with five chapters out, of several pages each."""
    world = World(store, serial(*(chapter(key, long_text(300)) for key in KEYS), schedule=None, backlog=5))
    await world.run()
    return world


async def kept(store: Database, user_id: int = READER.user_id) -> Bookmark:
    async with store.read() as tx:
        found = await tx.bookmarks.get(user_id, "lamps")
    assert found is not None
    return found


async def test_who_looks_something_up_is_offered_the_way_back_and_opens_where_they_were(
    store: Database,
) -> None:
    world = await world_of(store)
    third = await world.private_reader.open(READER, "lamps", "3")
    here = await world.private_reader.show_page(READER, third.release.id, 2)
    assert not here.is_elsewhere
    first = await world.private_reader.open(READER, "lamps", "1")
    assert (first.release.number, first.is_elsewhere) == (1, True)
    assert (await world.private_reader.show_page(READER, first.release.id, 2)).is_elsewhere
    world = World(store, *world.library.held.values())
    back = await world.private_reader.return_to_bookmark(READER, first.release.id)
    assert (back.release.number, back.page_number, back.is_elsewhere) == (3, 2, False)
    await world.private_reader.open(READER, "lamps", "2")
    again = await world.private_reader.open(READER, None, None)
    assert (again.release.number, again.page_number) == (3, 2), "also without going back"


async def test_back_in_the_same_chapter_a_turn_is_the_way_back_and_more_is_offered(store: Database) -> None:
    world = await world_of(store)
    first = await world.private_reader.open(READER, "lamps", "1")
    assert first.page_count > 3
    await world.private_reader.show_page(READER, first.release.id, 2)
    await world.private_reader.show_page(READER, first.release.id, 4)
    assert not (await world.private_reader.show_page(READER, first.release.id, 3)).is_elsewhere
    assert (await world.private_reader.show_page(READER, first.release.id, 1)).is_elsewhere
    assert (await world.private_reader.return_to_bookmark(READER, first.release.id)).page_number == 4


async def test_who_reads_on_from_there_says_so(store: Database) -> None:
    world = await world_of(store)
    await world.private_reader.open(READER, "lamps", "4")
    first = await world.private_reader.open(READER, "lamps", "1")
    stayed = await world.private_reader.set_bookmark(READER, first.release.id, 1, 1)
    assert not stayed.is_elsewhere
    assert stayed.spoiler_limit == 4, "what they know they know"
    assert stayed.first_unread is not None
    assert stayed.first_unread.number == 5
    assert (await world.private_reader.open(READER, None, None)).release.number == 1


async def test_a_peek_at_a_new_chapter_keeps_the_place_until_it_is_read_on(store: Database) -> None:
    world = await world_of(store)
    await world.private_reader.open(READER, "lamps", "2")
    async with store.read() as tx:
        fifth = await tx.releases.get_by_number("lamps", 5)
    assert fifth is not None
    assert (await world.private_reader.open_release(READER, fifth.id)).is_elsewhere
    assert (await world.private_reader.open(READER, None, None)).release.number == 2
    await world.private_reader.open_release(READER, fifth.id)
    assert not (await world.private_reader.show_page(READER, fifth.id, 2)).is_elsewhere
    assert (await world.private_reader.open(READER, None, None)).release.number == 5


async def test_a_page_in_direct_messages_looks_up_and_reads_on_like_the_reader(store: Database) -> None:
    world = await world_of(store)
    await world.private_reader.open(READER, "lamps", "3")
    async with store.read() as tx:
        releases = await tx.releases.list_by_story("lamps")
    await world.dm_pages.send_page(READER, releases[0].id, 1, 1)
    (message,) = world.messenger.posts
    await world.page_turns.turn_by(message, +1, READER.user_id)
    await world.page_turns.drain()
    assert (await kept(store)).position.number == 3
    assert (await world.private_reader.open(READER, None, None)).release.number == 3


async def test_a_bookmark_of_before_is_where_it_was_furthest(store: Database) -> None:
    world = await world_of(store)
    async with store.begin() as tx:
        await tx.bookmarks.save(
            Bookmark(READER.user_id, "lamps", TextPosition(1, 0), TextPosition(3, 0), NOON)
        )
    assert (await world.private_reader.open(READER, None, None)).release.number == 3


async def test_two_presses_at_once_take_no_place_back(store: Database) -> None:
    """What an older press writes late is no news."""
    world = await world_of(store)
    await world.private_reader.open(READER, "lamps", "1")
    late = await kept(store)
    first = await world.private_reader.open(READER, "lamps", "1")
    await world.private_reader.show_page(READER, first.release.id, 3)
    async with store.begin() as tx:
        await tx.bookmarks.save(late.move_to(TextPosition(1, 0), NOON, follows=False))
    assert (await kept(store)).position > late.position


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.integers(1, 5)),
        st.tuples(st.just("turn"), st.sampled_from([-1, 1, 1, 1])),
        st.tuples(st.just("page"), st.integers(1, 6)),
        st.tuples(st.just("chapter"), st.sampled_from([-1, 1])),
        st.tuples(st.just("back"), st.just(0)),
        st.tuples(st.just("read"), st.just(0)),
        st.tuples(st.just("settle"), st.just(0)),
        st.tuples(st.just("restart"), st.just(0)),
        st.tuples(st.just("revise"), st.just(0)),
    ),
    max_size=14,
)
_READERS = count(5000)


class Desk:
    """One reader with the private reader open."""

    def __init__(self, world: World, reader: Viewer) -> None:
        self.world, self.reader = world, reader
        self.view: ReaderView

    async def act(self, what: str, how: int) -> None:
        reading, reader = self.world.private_reader, self.reader
        match what:
            case "open":
                self.view = await reading.open(reader, "lamps", str(how))
            case "turn":
                at = max(self.view.page_number + how, 1)
                revision = self.view.edition.revision
                self.view = await reading.show_page(reader, self.view.release.id, at, revision)
            case "page":
                self.view = await reading.show_page(reader, self.view.release.id, how)
            case "chapter":
                to = self.view.following if how > 0 else self.view.previous
                if to is not None:
                    self.view = await reading.show_page(reader, to.id, 1)
            case "back":
                self.view = await reading.return_to_bookmark(reader, self.view.release.id)
            case "read":
                self.view = await reading.open(reader, None, None)
            case "settle":
                number, revision = self.view.page_number, self.view.edition.revision
                self.view = await reading.set_bookmark(reader, self.view.release.id, number, revision)
            case "restart":
                self.world = World(self.world.store, *self.world.library.held.values())
            case _:
                held = self.world.library.held["lamps"].chapters[0]
                await edited(self.world, f"Before it all.\n\n{held.text}")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
async def test_whatever_is_opened_turned_and_revised_the_place_is_a_press_away(
    store: Database, acts: list[tuple[str, int]]
) -> None:
    """Opens, turns, jumps, restarts and revisions, in any order: the place goes back only where its reader says so."""
    world = await world_of(store)
    desk = Desk(world, Viewer(next(_READERS), "Reader", GUILD, CHANNEL))
    await desk.act("open", 3)
    place = 3
    for what, how in acts:
        before = await kept(store, desk.reader.user_id)
        await desk.act(what, how)
        after = await kept(store, desk.reader.user_id)
        assert after.furthest.number >= before.furthest.number
        if what != "settle":
            assert (after.position.number, after.position.revision, after.position.offset) >= (
                before.position.number,
                before.position.revision,
                before.position.offset,
            )
        if (after.position.number, after.position.offset) != (before.position.number, before.position.offset):
            on_show = (desk.view.release.number, desk.view.page_number)
            assert after.position.number == on_show[0], "it moves nowhere but to what is on show"
        place = after.position.number
    opened = await desk.world.private_reader.return_to_bookmark(desk.reader, desk.view.release.id)
    assert opened.release.number == place
    assert not opened.is_elsewhere
