"""A page sent to direct messages: it turns, it keeps its reader's place, and it goes only where it may."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.outcomes import Delayed, Refused, Unknown
from bot.domain.errors import DiscordSlow
from bot.domain.reading.bookmark import Bookmark
from bot.domain.reading.reading_refusals import PageNotWelcome, PageRestricted, PostGone
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import StoryUnknown
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, NOON, READER, STRANGER, World, chapter, long_text, serial
from tests.services.releases.revision_helpers import LONG, edited, posted, refreshed, release_of
from tests.support.profiles import examples

DM = 70_000 + READER.user_id


async def sent(world: World, page: int = 2) -> int:
    """A page in the reader's direct messages."""
    release = await release_of(world.store)
    made = await world.dm_pages.send_page(READER, release.id, page, release.revision)
    assert made.is_turnable
    return next(reversed(world.messenger.posts))


async def place_of(store: Database, user_id: int = READER.user_id) -> Bookmark | None:
    async with store.read() as tx:
        return await tx.bookmarks.get(user_id, "lamps")


async def test_it_is_the_page_on_the_screen_and_gets_its_controls(store: Database) -> None:
    world, _ = await posted(store)
    message = await sent(world, 3)
    to, post, _ = world.messenger.posts[message]
    assert (to.channel_id, to.guild_id, to.user_id) == (DM, None, READER.user_id)
    assert (post.page_number, post.mention, post.skipped) == (3, None, ())
    assert post.page_count > 4
    await world.reaction_controls.add_some()
    assert message in world.messenger.decorated


async def test_a_turn_there_moves_the_readers_place_and_one_in_a_channel_does_not(store: Database) -> None:
    world, (public,) = await posted(store)
    await world.page_turns.turn_by(public, +1, READER.user_id)
    await world.page_turns.drain()
    assert await place_of(store) is None
    message = await sent(world, 2)
    assert await place_of(store) is None, "sending is not reading"
    for step in (+1, +1, -1):
        await world.page_turns.turn_by(message, step, READER.user_id)
        await world.page_turns.drain()
    kept = await place_of(store)
    assert kept is not None
    assert kept.last < kept.furthest
    assert (await world.private_reader.open(READER, None, None)).page_number == 3
    assert await place_of(store, STRANGER.user_id) is None
    async with store.read() as tx:
        post = await tx.posts.get(message)
    assert post is not None
    assert (post.page, post.delivery_id, post.guild_id) == (3, None, None)


async def test_it_follows_a_revision_and_asks_count_in_the_revision_on_the_screen(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    screen = await world.private_reader.show_page(READER, release.id, 4)
    message = await sent(world, 3)
    before = world.messenger.posts[message][1].page.plain.split()[0]
    await edited(world, long_text(500).replace("word", "new") + "\n\n" + LONG)
    await refreshed(world)
    (shown,) = [post for edit, post in world.messenger.edits if edit == message]
    assert before in shown.page.plain
    await world.dm_pages.send_page(READER, release.id, 4, 1)
    again = world.messenger.posts[next(reversed(world.messenger.posts))][1]
    assert again.edition.revision == 2
    assert screen.page.plain.split()[0] in again.page.plain
    await world.page_turns.turn_by(message, +1, READER.user_id)
    await world.page_turns.drain()
    assert (await world.private_reader.open(READER, None, None)).page_number == shown.page_number + 1


async def test_whoever_takes_no_messages_is_told_what_to_do(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    closed = Refused(DeliveryFault("discord-50007", "closed", NOON))
    world.messenger.direct_answers = [closed]
    with pytest.raises(PageNotWelcome, match="Allow them in"):
        await world.dm_pages.send_page(READER, release.id, 1, 1)
    world.messenger.answers = [closed]
    with pytest.raises(PageNotWelcome):
        await world.dm_pages.send_page(READER, release.id, 1, 1)
    for outcome in (Delayed("busy"), Unknown("no answer")):
        world.messenger.answers = [outcome]
        with pytest.raises(DiscordSlow):
            await world.dm_pages.send_page(READER, release.id, 1, 1)
    with pytest.raises(PostGone):
        await world.dm_pages.send_page(READER, 12345, 1, 1)
    assert len(world.messenger.posts) == 1


async def test_a_chapter_for_adults_is_not_sent_even_from_a_place_for_them(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1, rating=Rating.EXPLICIT))
    await world.run()
    release = await release_of(store)
    adult = Viewer(READER.user_id, "Reader", GUILD, CHANNEL, age_restricted=True)
    with pytest.raises(PageRestricted):
        await world.dm_pages.send_page(adult, release.id, 1, 1)
    assert not world.messenger.posts


async def test_a_story_of_chosen_servers_is_sent_from_those_alone(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1, guilds=frozenset({GUILD})))
    await world.run()
    release = await release_of(store)
    with pytest.raises(StoryUnknown):
        await world.dm_pages.send_page(Viewer(READER.user_id, "Reader", 999, 1), release.id, 1, 1)
    assert not (await world.dm_pages.send_page(READER, release.id, 1, 1)).is_turnable, (
        "there is only one page"
    )


PRESSES = st.lists(st.sampled_from(["on", "back", "in private", "restart", "revise"]), max_size=14)
_READERS = count(1000)


class Desk:
    """One reader with a page in direct messages, and what they saw last."""

    def __init__(self, world: World, reader: Viewer, release_id: int, message: int) -> None:
        self.world, self.reader, self.release_id, self.message = world, reader, release_id, message
        self.seen = ""

    async def press(self, what: str) -> None:
        match what:
            case "on" | "back":
                edits = len(self.world.messenger.edits)
                await self.world.page_turns.turn_by(
                    self.message, +1 if what == "on" else -1, self.reader.user_id
                )
                await self.world.page_turns.drain()
                for _, shown in self.world.messenger.edits[edits:]:
                    self.seen = shown.page.plain
            case "in private":
                view = await self.world.private_reader.open(self.reader, "lamps", None)
                number, revision = view.page_number + 1, view.edition.revision
                self.seen = (
                    await self.world.private_reader.show_page(self.reader, self.release_id, number, revision)
                ).page.plain
            case "restart":
                self.world = World(self.world.store, *self.world.library.held.values())
            case _:
                (held,) = self.world.library.held["lamps"].chapters
                await edited(self.world, f"Before it all.\n\n{held.text}")


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(presses=PRESSES)
async def test_whatever_is_pressed_and_wherever_it_restarts_the_place_is_the_page_last_seen(
    store: Database, presses: list[str]
) -> None:
    """Turns under the page in direct messages, turns in the private reader, restarts and revisions, in any order."""
    world = World(store, serial(chapter("one", LONG), schedule=None, backlog=1))
    await world.run()
    release = await release_of(store)
    reader = Viewer(next(_READERS), "Reader", GUILD, CHANNEL)
    world.messenger.ids_from = 10_000 * reader.user_id
    await world.dm_pages.send_page(reader, release.id, 1, release.revision)
    (message,) = world.messenger.posts
    desk = Desk(world, reader, release.id, message)
    for press in presses:
        await desk.press(press)
    opened = await desk.world.private_reader.open(reader, "lamps", None)
    if desk.seen:
        assert desk.seen.split()[0] in opened.page.plain.split()
    else:
        assert opened.page_number == 1


async def test_a_page_is_sent_once_an_hour_as_long_as_its_message_shows_it(store: Database) -> None:
    world, _ = await posted(store)
    world.messenger.ids_from = lowest_id_at(world.clock.now())
    release = await release_of(store)
    both = await asyncio.gather(
        *(world.dm_pages.send_page(READER, release.id, 2, release.revision) for _ in range(2))
    )
    assert sorted(each.is_repeated for each in both) == [False, True]
    (first,) = {each.message_id for each in both}
    other = await world.dm_pages.send_page(READER, release.id, 3, release.revision)
    assert not other.is_repeated
    await world.page_turns.turn_by(other.message_id, +1, READER.user_id)
    await world.page_turns.drain()
    turned = await world.dm_pages.send_page(READER, release.id, 3, release.revision)
    assert turned.message_id not in (first, other.message_id), "that message shows another page by now"
    strange = await world.dm_pages.send_page(STRANGER, release.id, 3, release.revision)
    assert not strange.is_repeated
    await world.later(hours=2)
    assert not (await world.dm_pages.send_page(READER, release.id, 3, release.revision)).is_repeated


async def test_the_last_page_knows_whether_its_reader_follows(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    world.messenger.ids_from = lowest_id_at(world.clock.now())
    last = (await world.private_reader.show_page(READER, release.id, -1)).page_number
    message = await sent(world, last - 1)
    assert not world.messenger.posts[message][1].is_followed
    await world.followers.follow(READER, "lamps")
    await world.page_turns.turn_by(message, +1, READER.user_id)
    await world.page_turns.drain()
    assert world.messenger.edits[-1][1].is_followed
    assert (await world.dm_pages.send_page(READER, release.id, last, release.revision)).is_repeated
