"""Shelving: what is compared with the database, and what need not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.stories.story import Chapter, Serial
from bot.store.database import Database
from tests.services.fakes import World, chapter, serial
from tests.services.releases.revision_helpers import edited, posted, release_of


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stories whose chapters were compared, in order."""
    from bot.services.releases.revisions import RevisionSync

    slugs: list[str] = []
    look = RevisionSync.sync

    async def noting(self: RevisionSync, compared: Serial) -> int:
        slugs.append(compared.story.slug)
        return await look(self, compared)

    monkeypatch.setattr(RevisionSync, "sync", noting)
    return slugs


async def test_a_story_that_did_not_change_is_passed_over(store: Database, looked: list[str]) -> None:
    world, _ = await posted(store)
    await world.content_sync.sync()
    looked.clear()
    await world.content_sync.sync()
    assert looked == []
    await edited(world, "Another text.")
    assert (await release_of(store)).revision == 2
    assert looked == ["lamps"]


async def test_a_change_that_could_not_be_recorded_is_tried_again(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = await posted(store)
    with monkeypatch.context() as broken:

        async def failing(*_: object) -> bool:
            raise RuntimeError("the database is away")

        broken.setattr("bot.services.releases.revisions.RevisionSync._revise", failing)
        await edited(world, "Another text.")
    assert (await release_of(store)).revision == 1
    await world.content_sync.sync()
    assert (await release_of(store)).revision == 2


async def test_a_chapter_that_comes_out_as_its_file_changes_is_put_right(store: Database) -> None:
    """Its release had read the file just before."""
    world = World(store, serial(chapter("one", "As it was."), chapter("two", draft=True)))
    await world.content_sync.sync()
    held = world.library.held["lamps"]
    now = world.clock.now()
    late = await world.publisher.build_release(held, PlannedRelease("one", now, late=False, slot=True), now)
    first: Chapter = held.chapters[0]
    world.library.put(replace(held, chapters=(replace(first, text="As it is."), *held.chapters[1:])))
    await world.content_sync.sync()
    async with store.begin() as tx:
        await tx.releases.add(late)
    await world.content_sync.sync()
    assert (await release_of(store)).revision == 2


async def test_what_is_out_by_a_former_identity_is_not_released_again(store: Database) -> None:
    """An earlier version knew `2.5.md` as `5` and `1.1-gate.md` as `1-gate`."""
    world = World(store, serial(chapter("1-gate"), chapter("5"), chapter("six"), schedule="daily at 12:30"))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    await world.later(days=1)
    assert len(world.messenger.posts) == 2
    world.library.put(
        serial(
            chapter("gate", "This is the chapter called 1-gate.", former=("1-gate",)),
            chapter("2.5", "This is the chapter called 5.", former=("5",)),
            chapter("six"),
        )
    )
    await world.publisher.publish_due()  # before anybody has looked at the files
    await world.content_sync.sync()
    async with store.read() as tx:
        released = [each.chapter for each in await tx.releases.list_by_story("lamps")]
        record = await tx.stories.get("lamps")
    assert released == ["gate", "2.5"]
    assert record is not None
    assert record.calendar.seen == {"gate", "2.5", "six"}
    await world.later(days=1)
    await world.later(days=1)
    async with store.read() as tx:
        assert [each.chapter for each in await tx.releases.list_by_story("lamps")] == ["gate", "2.5", "six"]
    assert (await release_of(store, "2.5")).revision == 2, "its title is another now, the chapter is not"


async def test_a_former_identity_that_another_chapter_has_now_is_that_one_s(store: Database) -> None:
    world = World(store, serial(chapter("5"), schedule="daily at 12:30"))
    await world.run()
    await world.later(minutes=30)
    world.library.put(serial(chapter("2.5", former=("5",)), chapter("5")))
    await world.content_sync.sync()
    await world.later(days=1)
    async with store.read() as tx:
        assert [each.chapter for each in await tx.releases.list_by_story("lamps")] == ["5", "2.5"]
