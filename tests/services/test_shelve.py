"""Shelving: what is compared with the database, and what need not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.calendar import Due
from bot.domain.story import Chapter, Serial
from bot.services.ports import Store
from tests.services.revising import edited, posted, release_of
from tests.services.worlds import World, chapter, serial


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stories whose chapters were compared, in order."""
    from bot.services.revise import Revising

    slugs: list[str] = []
    look = Revising.look

    async def noting(self: Revising, compared: Serial) -> int:
        slugs.append(compared.story.slug)
        return await look(self, compared)

    monkeypatch.setattr(Revising, "look", noting)
    return slugs


async def test_a_story_that_did_not_change_is_passed_over(store: Store, looked: list[str]) -> None:
    world, _ = await posted(store)
    await world.shelving.shelve()
    looked.clear()
    await world.shelving.shelve()
    assert looked == []
    await edited(world, "Another text.")
    assert (await release_of(store)).revision == 2
    assert looked == ["lamps"]


async def test_a_change_that_could_not_be_recorded_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = await posted(store)
    with monkeypatch.context() as broken:

        async def failing(*_: object) -> bool:
            raise RuntimeError("the database is away")

        broken.setattr("bot.services.revise.Revising._revise", failing)
        await edited(world, "Another text.")
    assert (await release_of(store)).revision == 1
    await world.shelving.shelve()
    assert (await release_of(store)).revision == 2


async def test_a_chapter_that_comes_out_as_its_file_changes_is_put_right(store: Store) -> None:
    """Its release had read the file just before."""
    world = World(store, serial(chapter("one", "As it was."), chapter("two", draft=True)))
    await world.shelving.shelve()
    held = world.library.held["lamps"]
    now = world.clock.now()
    late = await world.releasing.new_release(held, Due("one", now, late=False, slot=True), now)
    first: Chapter = held.chapters[0]
    world.library.put(replace(held, chapters=(replace(first, text="As it is."), *held.chapters[1:])))
    await world.shelving.shelve()
    async with store.begin() as tx:
        await tx.releases.add(late)
    await world.shelving.shelve()
    assert (await release_of(store)).revision == 2
