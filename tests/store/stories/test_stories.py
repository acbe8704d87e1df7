from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.stories.story import Status
from bot.store.database import Database
from bot.store.releases.release_records import NewRelease
from bot.store.transaction import Transaction
from tests.store.samples import MINUTE, NOW, add_story, make_chapter, make_story


async def test_a_new_story_and_its_calendar(store: Database) -> None:
    async with store.begin() as tx:
        assert await tx.stories.get("lamp") is None
        assert await tx.stories.list_all() == []
        await tx.stories.add(make_story(), first_seen=NOW, settled_until=NOW - MINUTE)
        record = await tx.stories.get("lamp")
    assert record is not None
    assert record.story == make_story()
    assert (record.calendar.first_seen, record.calendar.settled_until) == (NOW, NOW - MINUTE)
    assert record.calendar.released == frozenset()
    assert record.calendar.seen is None
    assert (record.delay_reason, record.hiatus_reason) == (None, None)


async def test_a_slug_is_taken_once(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await add_story(tx)


async def test_all_by_title_with_each_its_own_calendar(store: Database) -> None:
    async with store.begin() as tx:
        await tx.stories.add(make_story("b", title="éclair"), first_seen=NOW, settled_until=NOW)
        await add_story(tx, "zoo", chapters=["x"])
        await add_story(tx, "lamp", chapters=["one", "two"])
        await tx.stories.empty_slot("zoo", NOW + MINUTE)
    async with store.read() as tx:
        records = await tx.stories.list_all()
    assert [record.story.slug for record in records] == ["lamp", "zoo", "b"]
    assert [set(record.calendar.released) for record in records] == [{"one", "two"}, {"x"}, set()]
    assert [set(record.calendar.skipped_slots) for record in records] == [set(), {NOW + MINUTE}, set()]


async def test_describing_keeps_the_calendar(store: Database) -> None:
    changed = make_story(title="Another", status=Status.COMPLETE)
    async with store.begin() as tx:
        await add_story(tx, chapters=["one"])
        await tx.stories.set_delay("lamp", NOW + MINUTE, "ill")
        await tx.stories.update_description(changed)
        record = await tx.stories.get("lamp")
    assert record is not None
    assert record.story == changed
    assert record.calendar.delayed_until == NOW + MINUTE
    assert record.calendar.released == {"one"}


async def test_settling_names_the_old_mark_and_forgets_slots_behind_it(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        for minutes in (0, 1, 1, 2):
            await tx.stories.empty_slot("lamp", NOW + minutes * MINUTE)
        assert await tx.stories.advance_slots("lamp", was=NOW, until=NOW + MINUTE, seen={"b", "a"})
        assert not await tx.stories.advance_slots("lamp", was=NOW, until=NOW + 5 * MINUTE, seen={"c"})
        assert not await tx.stories.advance_slots("none", was=NOW, until=NOW)
        record = await tx.stories.get("lamp")
        assert record is not None
        assert record.calendar.settled_until == NOW + MINUTE
        assert record.calendar.skipped_slots == {NOW + 2 * MINUTE}
        assert record.calendar.seen == {"a", "b"}
        assert await tx.stories.advance_slots("lamp", was=NOW + MINUTE, until=NOW + 3 * MINUTE)
        record = await tx.stories.get("lamp")
    assert record is not None
    assert record.calendar.skipped_slots == frozenset()
    assert record.calendar.seen == {"a", "b"}


async def test_of_many_who_settle_one_mark_one_does(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)

    async def settle() -> bool:
        async with store.begin() as tx:
            return await tx.stories.advance_slots("lamp", was=NOW, until=NOW + MINUTE)

    assert sum(await asyncio.gather(*(settle() for _ in range(20)))) == 1


async def test_delay_and_hiatus_are_set_and_lifted(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        await tx.stories.set_delay("lamp", NOW, "ill")
        await tx.stories.set_hiatus("lamp", NOW, "the sea")
        held = await tx.stories.get("lamp")
        await tx.stories.set_delay("lamp", None, None)
        await tx.stories.set_hiatus("lamp", None, None)
        lifted = await tx.stories.get("lamp")
    assert held is not None
    assert lifted is not None
    assert (held.calendar.delayed_until, held.delay_reason) == (NOW, "ill")
    assert (held.calendar.hiatus_since, held.hiatus_reason) == (NOW, "the sea")
    assert (lifted.calendar.delayed_until, lifted.delay_reason) == (None, None)
    assert (lifted.calendar.hiatus_since, lifted.hiatus_reason) == (None, None)


async def test_some_of_them_by_slug(store: Database) -> None:
    async with store.begin() as tx:
        for slug in ("lamp", "tide", "zoo"):
            await add_story(tx, slug, chapters=["one"])
        await tx.stories.empty_slot("zoo", NOW + MINUTE)
        assert await tx.stories.get_many([]) == []
        records = await tx.stories.get_many(["zoo", "lamp", "nowhere"])
        everything = await tx.stories.list_all()
    assert sorted(record.story.slug for record in records) == ["lamp", "zoo"]
    assert all(record in everything for record in records)


async def test_a_mark_is_another_as_soon_as_its_record_is(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx, "lamp", chapters=["one"])
        await add_story(tx, "tide")

    async def mark(slug: str) -> Hashable:
        async with store.read() as tx:
            return (await tx.stories.list_versions())[slug]

    tide, marks = await mark("tide"), [await mark("lamp")]
    assert await mark("lamp") == marks[0]
    changes: list[Callable[[Transaction], Awaitable[object]]] = [
        lambda tx: tx.stories.update_description(make_story(status=Status.HIATUS)),
        lambda tx: tx.stories.set_delay("lamp", NOW + MINUTE, "ill"),
        lambda tx: tx.stories.set_delay("lamp", None, None),
        lambda tx: tx.stories.set_hiatus("lamp", NOW, None),
        lambda tx: tx.stories.set_hiatus("lamp", None, None),
        lambda tx: tx.stories.empty_slot("lamp", NOW + MINUTE),
        lambda tx: tx.releases.add(NewRelease("lamp", make_chapter("two"), NOW, NOW, 3)),
        lambda tx: tx.stories.advance_slots("lamp", was=NOW, until=NOW + MINUTE, seen={"one", "two"}),
    ]
    for change in changes:
        async with store.begin() as tx:
            await change(tx)
        marks.append(await mark("lamp"))
        assert marks[-1] != marks[-2]
    assert await mark("tide") == tide
