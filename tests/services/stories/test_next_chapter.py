"""What stands at a chapter's end: the next one where it is out, the date only where the newest ends."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.services.delivery.post_messenger import ChapterPost
from bot.store.database import Database
from tests.services.fakes import NOON, READER, World, chapter, long_text, serial
from tests.services.releases.revision_helpers import refreshed, turn_to

KEYS = ("one", "two", "three", "four")


async def world_of(store: Database, *, words: int = 20, backlog: int = 0, **more: object) -> World:
    """A world with a story of four chapters, one a day."""
    tale = serial(*(chapter(key, long_text(words)) for key in KEYS), backlog=backlog, **more)  # type: ignore[arg-type]
    world = World(store, tale)
    await world.run()
    return world


def shown(world: World, message: int) -> ChapterPost:
    """What a post shows now."""
    edits = [post for edited, post in world.messenger.edits if edited == message]
    return edits[-1] if edits else world.messenger.posts[message][1]


def ends(post: ChapterPost) -> tuple[str | None, bool]:
    """The key of the next chapter that a post names, and whether it tells a date."""
    return post.succeeding.chapter if post.succeeding is not None else None, post.next_at is not None


async def test_the_newest_tells_the_date_and_names_the_next_once_it_is_out(store: Database) -> None:
    world = await world_of(store)
    await world.subscribe()
    await world.later(minutes=30)
    (first,) = world.messenger.posts
    assert ends(shown(world, first)) == (None, True)
    await world.later(days=1)
    await refreshed(world)
    first, second = world.messenger.posts
    assert ends(shown(world, first)) == ("two", False)
    assert ends(shown(world, second)) == (None, True)
    edits = len(world.messenger.edits)
    assert edits == 1
    await world.later(days=1)
    await refreshed(world)
    assert len(world.messenger.edits) == edits + 1, "one edit a chapter and channel, of the one before"


async def test_a_post_that_shows_another_page_is_left_alone_and_right_when_it_is_turned(
    store: Database,
) -> None:
    world = await world_of(store, words=200)
    await world.subscribe()
    await world.later(minutes=30)
    (first,) = world.messenger.posts
    await world.later(days=1)
    await refreshed(world)
    assert world.messenger.edits == []
    last = await turn_to(world, first, shown(world, first).page_count)
    assert last.page_number == last.page_count
    assert ends(last) == ("two", False)


async def test_a_turned_post_on_its_last_page_follows(store: Database) -> None:
    world = await world_of(store, words=200)
    await world.subscribe()
    await world.later(minutes=30)
    (first,) = world.messenger.posts
    await turn_to(world, first, shown(world, first).page_count)
    assert ends(shown(world, first)) == (None, True)
    await world.later(days=1)
    await refreshed(world)
    assert ends(shown(world, first)) == ("two", False)
    assert shown(world, first).page_number == shown(world, first).page_count


async def test_a_wished_beginning_edits_nothing_since_each_names_the_next_at_once(store: Database) -> None:
    world = await world_of(store, backlog=3)
    await world.subscribe(start=Start.BEGINNING)
    await world.deliver()
    for _ in range(2):
        await world.later(minutes=10)
    named = [ends(post) for _, post, _ in world.messenger.posts.values()]
    assert named == [("two", False), ("three", False), (None, True)]
    await refreshed(world)
    assert world.messenger.edits == []


async def test_a_withdrawn_chapter_is_passed_over(store: Database) -> None:
    world = await world_of(store, backlog=3)
    async with store.begin() as tx:
        second = await tx.releases.get_by_number("lamps", 2)
        assert second is not None
        await tx.releases.withdraw(second.id, was=1, now=world.clock.now())
    view = await world.private_reader.open(READER, "lamps", "1")
    assert view.next_readable is not None
    assert (view.next_readable.chapter, view.next_at) == ("three", None)
    third = await world.private_reader.open(READER, "lamps", "3")
    assert (third.next_readable, third.next_at is not None) == (None, True)
    await world.dm_pages.send_page(READER, view.release.id, 1, 1)
    (message,) = world.messenger.posts
    assert ends(shown(world, message)) == ("three", False), "in direct messages, too"


async def test_a_threads_end_and_its_opening_name_the_next(store: Database) -> None:
    world = await world_of(store, words=200)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD))
    await world.later(minutes=30)
    before = dict(world.messenger.posts)
    await world.later(days=1)
    await refreshed(world)
    edited = dict(world.messenger.edits)
    assert edited.keys() <= before.keys()
    assert [(post.shape, post.part == post.parts) for post in edited.values()] in (
        [(MessageForm.OPENING, False), (MessageForm.PART, True)],
        [(MessageForm.PART, True), (MessageForm.OPENING, False)],
    )
    assert {ends(post) for post in edited.values()} == {("two", False)}


async def test_a_card_names_the_next(store: Database) -> None:
    world = await world_of(store)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD))
    await world.later(minutes=30)
    await world.later(days=1)
    await refreshed(world)
    first, _ = world.messenger.posts
    assert ends(shown(world, first)) == ("two", False)


async def test_a_channel_at_its_own_pace_tells_of_nothing_that_it_has_not_had(store: Database) -> None:
    world = await world_of(store, backlog=3)
    await world.subscribe(options=SubscriptionOptions(pace="daily at 20:00"))
    await world.later(hours=9)
    (first,) = world.messenger.posts
    post = shown(world, first)
    assert post.succeeding is None, "two is out, and not here"
    assert post.next_at is not None
    assert post.next_at == NOON + timedelta(days=1, hours=8)
    await world.later(days=1)
    await refreshed(world)
    first, second = world.messenger.posts
    assert ends(shown(world, first)) == ("two", False)
    assert ends(shown(world, second)) == (None, True)


async def test_a_level_channel_at_its_own_pace_tells_its_own_date(store: Database) -> None:
    """The story's next chapter is out at 12:30, and the channel's slot after that is at 14:00."""
    world = await world_of(store, backlog=1)
    await world.subscribe(options=SubscriptionOptions(pace="every 2 hours"))
    await world.deliver()
    (first,) = world.messenger.posts
    post = shown(world, first)
    assert (post.succeeding, post.next_at) == (None, NOON + timedelta(hours=2))
    world.library.put(serial(chapter("one"), backlog=1))
    await world.later(minutes=5)
    assert await world.page_turns.refresh(first, anyway=True) is not None
    assert ends(shown(world, first)) == (None, False), "nothing more is planned"
