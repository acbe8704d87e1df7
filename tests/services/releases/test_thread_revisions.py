"""Revisions of chapters that stand in a thread, a message for each page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.delivery.message_ids import MAX_GAP, MAX_ID_GAP, is_apart
from bot.domain.delivery.outcomes import Delayed, Sent
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.post_messenger import ChapterPost, MessageRef
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, World, chapter, long_text, serial

THREE, SIX, ONE = long_text(190), long_text(430), long_text(40)


async def threaded(store: Database, text: str = THREE) -> World:
    """A world with one chapter posted in a thread."""
    world = World(store, serial(chapter("one", text)))
    await world.run()
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD))
    await world.later(minutes=30)
    return world


async def edited(world: World, text: str | None = None, **changes: object) -> None:
    """The chapter's file changes, long after it was posted, and everything follows."""
    world.messenger.ids_from = max(world.messenger.posts) + 2 * MAX_ID_GAP
    held = world.library.held["lamps"]
    new = replace(held.chapters[0], **({} if text is None else {"text": text}), **changes)  # type: ignore[arg-type]
    world.library.put(replace(held, chapters=(new,)))
    await world.content_sync.sync()
    await followed(world)


async def followed(world: World) -> None:
    """Edit and deliver until there is nothing more to do now."""
    while (more := await world.post_refresh.run_batch()) is not None and more <= world.clock.now():
        await world.deliver()


def shown(world: World) -> dict[int, ChapterPost]:
    """The thread's pages as they are now, by message."""
    now = {
        message: post
        for message, (_, post, _) in world.messenger.posts.items()
        if post.shape is MessageForm.PART
    }
    now |= {message: post for message, post in world.messenger.edits if message in now}
    return {message: post for message, post in sorted(now.items()) if message not in world.messenger.deleted}


def reads(world: World) -> str:
    """The chapter as the thread tells it, from its first page to its last."""
    pages = sorted(shown(world).values(), key=lambda post: post.part)
    assert [post.part for post in pages] == list(range(1, len(pages) + 1))
    assert {post.parts for post in pages} == {len(pages)}
    return " ".join(" ".join(post.page.plain for post in pages).split())


def words(text: str) -> str:
    return " ".join(text.split())


def test_pages_stand_apart_when_there_was_time_to_write_between_them() -> None:
    message = 1_200_000_000_000_000_000
    apart = int(MAX_GAP.total_seconds() * 1000)
    assert not is_apart(message, message + (apart << 22))
    assert is_apart(message, message + (apart + 1 << 22))


async def test_a_small_change_edits_each_page_where_it_is(store: Database) -> None:
    world = await threaded(store)
    pages = list(shown(world))
    await edited(world, THREE.replace("word100 ", "lamp "))
    assert list(shown(world)) == pages
    assert reads(world) == words(THREE.replace("word100 ", "lamp "))
    assert not any(post.following for post in shown(world).values())


async def test_what_overflows_goes_to_the_threads_end_and_is_linked(store: Database) -> None:
    world = await threaded(store)
    before = list(shown(world))
    await edited(world, SIX)
    after = list(shown(world))
    assert after[: len(before)] == before
    assert reads(world) == words(SIX)
    last_of_old, first_of_new = before[-1], after[len(before)]
    thread = next(to.channel_id for message, (to, _, _) in world.messenger.posts.items() if message in before)
    linked = {message: post.following for message, post in shown(world).items() if post.following}
    assert linked == {last_of_old: MessageRef(GUILD, thread, first_of_new)}
    assert all(not post.mention for post in shown(world).values())
    assert await world.post_refresh.run_batch() is None


async def test_pages_that_are_left_over_are_deleted_and_come_back_when_it_grows(store: Database) -> None:
    world = await threaded(store)
    first, *others = shown(world)
    await edited(world, ONE)
    assert sorted(world.messenger.deleted) == others
    assert list(shown(world)) == [first]
    assert reads(world) == words(ONE)
    await edited(world, THREE)
    assert reads(world) == words(THREE)
    assert len(shown(world)) == 1 + len(others)


async def test_a_left_over_page_that_cannot_be_deleted_now_is_deleted_later(store: Database) -> None:
    world = await threaded(store)
    world.messenger.deletion_answers = [Delayed("busy")]
    await edited(world, ONE)
    assert len(shown(world)) == 2
    world.clock.advance(timedelta(minutes=1))
    await followed(world)
    assert reads(world) == words(ONE)


async def test_a_thread_revised_while_it_is_being_posted_ends_whole(store: Database) -> None:
    for text in (SIX, ONE):
        world = World(store, serial(chapter("one", THREE), slug=f"story-{len(text)}"))
        await world.run()
        await world.subscribe(
            f"story-{len(text)}", CHANNEL + len(text), options=SubscriptionOptions(style=ReleaseStyle.THREAD)
        )
        world.messenger.ids_from += len(text) * 100
        world.messenger.answers = [Sent(1), Sent(1), Delayed("busy")]
        await world.later(minutes=30)
        held = world.library.held[f"story-{len(text)}"]
        world.library.put(replace(held, chapters=(chapter("one", text),)))
        await world.content_sync.sync()
        await followed(world)
        await world.later(minutes=1)
        await followed(world)
        assert reads(world) == words(text)


async def test_a_withdrawn_chapter_keeps_its_thread_and_every_message_in_it(store: Database) -> None:
    world = await threaded(store)
    pages = list(shown(world))
    await edited(world, draft=True)
    assert world.messenger.deleted == []
    assert {message for message, post in world.messenger.edits if post.release.is_withdrawn} == set(
        world.messenger.posts
    )
    await edited(world, draft=False)
    assert list(shown(world)) == pages
    assert reads(world) == words(THREE)
