"""What tests of revisions have in common: a chapter that is posted, and an author who changes its file."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.releases.release import Release
from bot.domain.stories.story import Chapter
from bot.services.delivery.post_messenger import ChapterPost
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from tests.services.fakes import CHANNEL, World, chapter, long_text, serial

LONG = long_text(600)


async def posted(store: Database, *more: Chapter, channels: int = 1) -> tuple[World, list[int]]:
    """A world with one long chapter posted in so many channels, and its messages."""
    world = World(store, serial(chapter("one", LONG), *more))
    await world.run()
    for n in range(channels):
        await world.subscribe(channel_id=CHANNEL + n)
    await world.later(minutes=30)
    return world, list(world.messenger.posts)


async def edited(world: World, text: str | None = None, **changes: object) -> None:
    """The file of chapter one changes and is read again."""
    held = world.library.held["lamps"]
    (old, *others) = held.chapters
    new = replace(old, **({} if text is None else {"text": text}), **changes)  # type: ignore[arg-type]
    world.library.put(replace(held, chapters=(new, *others)))
    await world.content_sync.sync()


async def refreshed(world: World) -> None:
    """Bring all posts up to date that can be now."""
    while (more := await world.post_refresh.run_batch()) is not None and more <= world.clock.now():
        pass


async def release_of(store: Database, key: str = "one") -> Release:
    async with store.read() as tx:
        found = await tx.releases.get_by_chapter("lamps", key)
    assert found is not None
    return found


async def post_of(store: Database, message: int) -> Post:
    async with store.read() as tx:
        found = await tx.posts.get(message)
    assert found is not None
    return found


async def turn_to(world: World, message: int, page: int) -> ChapterPost:
    """Turn a post, page by page as readers do."""
    for _ in range(page - 1):
        await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    return world.messenger.edits[-1][1]
