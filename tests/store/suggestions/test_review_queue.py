"""The authors' queue: neighbours of the idea on show, whatever the order, and nothing scanned to find them."""

from __future__ import annotations

from functools import cmp_to_key
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CursorResult, Executable, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.suggestions.panel_contents import QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.database import Database
from bot.store.suggestions.review_queue import ReviewQueueRepository
from bot.store.suggestions.review_queue_records import QueueQuery
from bot.store.suggestions.suggestion_records import StateChange
from bot.store.tables import suggestion
from tests.store.samples import ADMIN, NOW, add_idea, add_story
from tests.support.databases import fresh_store

State = SuggestionState
CHAPTERS = ["one", "two", None]
IDEAS = 24


@pytest.fixture
async def filled(store: Database) -> Database:
    """24 ideas for two stories under three chapters, with a support that says nothing of their age."""
    async with store.begin() as tx:
        await add_story(tx, "lamp", chapters=["one", "two"])
        await add_story(tx, "zoo", chapters=["one"])
    for n in range(1, IDEAS + 1):
        await add_idea(
            store,
            story="zoo" if n % 5 == 0 else "lamp",
            chapter=CHAPTERS[n % 3],
            text=f"Idea 0{n} 100% \u0130",
        )
    async with store.begin() as tx:
        for n in range(1, IDEAS + 1):
            await tx.suggestions._connection.execute(
                update(suggestion).where(suggestion.c.number == n).values(support=n * 7 % 4, held=n % 6 == 0)
            )
        for n in (3, 9):
            await tx.suggestions.decide(n, StateChange(was=State.NEW, to=State.DECLINED, by=ADMIN, at=NOW))
    return store


WANTED = [
    QueueQuery(stories, state, order, chapter, held)
    for stories in (("lamp",), ("lamp", "zoo"))
    for state in (State.NEW, None)
    for order in QueueOrder
    for chapter, held in ((None, False), (1, False), (0, False), (None, True))
]


def expected(wanted: QueueQuery) -> list[int]:
    """The queue as the slowest and plainest way to say it."""

    def story(n: int) -> str:
        return "zoo" if n % 5 == 0 else "lamp"

    def release(n: int) -> int | None:
        number = {"one": 1, "two": 2, None: None}[CHAPTERS[n % 3]]
        return None if number == 2 and story(n) == "zoo" else number

    def state(n: int) -> State:
        return State.DECLINED if n in (3, 9) else State.NEW

    def key(n: int) -> tuple[object, ...]:
        match wanted.order:
            case QueueOrder.NEWEST:
                return (-n,)
            case QueueOrder.SUPPORTED:
                return (-(n * 7 % 4), -n)
            case QueueOrder.CHAPTER:
                return (story(n), release(n) or 99, -n)

    def kept(n: int) -> bool:
        if wanted.chapter == 0 and CHAPTERS[n % 3] is not None:
            return False
        if wanted.chapter and release(n) != wanted.chapter:
            return False
        return (
            story(n) in wanted.stories
            and (wanted.state is None or state(n) is wanted.state)
            and (not wanted.held or n % 6 == 0)
        )

    def compare(a: int, b: int) -> int:
        return -1 if key(a) < key(b) else 1  # type: ignore[operator]

    return sorted(filter(kept, range(1, IDEAS + 1)), key=cmp_to_key(compare))


async def test_walking_on_and_back_meets_each_once_in_order(filled: Database) -> None:
    async with filled.read() as tx:
        for wanted in WANTED:
            order = expected(wanted)
            assert await tx.review_queue.find_first(wanted) == (order[0] if order else None)
            for index, number in enumerate(order):
                assert await tx.review_queue.contains(wanted, number)
                assert await tx.review_queue.locate(wanted, number) == (index, len(order))
                assert await tx.review_queue.find_next(wanted, number) == next(iter(order[index + 1 :]), None)
                assert await tx.review_queue.find_previous(wanted, number) == (
                    order[index - 1] if index else None
                )


async def test_an_idea_that_left_the_queue_still_has_neighbours_in_it(filled: Database) -> None:
    async with filled.read() as tx:
        for order in QueueOrder:
            wanted, everything = QueueQuery(("lamp",), State.NEW, order), QueueQuery(("lamp",), None, order)
            full = expected(everything)
            for gone in (3, 9):
                at = full.index(gone)
                left = [n for n in full[:at] if n not in (3, 9)]
                right = [n for n in full[at:] if n not in (3, 9)]
                assert not await tx.review_queue.contains(wanted, gone)
                assert await tx.review_queue.locate(wanted, gone) == (len(left), len(left) + len(right))
                assert await tx.review_queue.find_previous(wanted, gone) == (left[-1] if left else None)
                assert await tx.review_queue.find_next(wanted, gone) == (right[0] if right else None)
        for order in QueueOrder:
            wanted = QueueQuery(("lamp",), State.NEW, order)
            assert await tx.review_queue.find_next(wanted, 999) == await tx.review_queue.find_first(wanted)
            assert await tx.review_queue.find_previous(wanted, 999) is None


async def test_searching_finds_text_as_it_stands_and_numbers(filled: Database) -> None:
    async with filled.read() as tx:

        async def found(search: str) -> list[int]:
            wanted, numbers = QueueQuery(("lamp", "zoo"), None, search=search), []
            at = await tx.review_queue.find_first(wanted)
            while at is not None:
                numbers.append(at)
                at = await tx.review_queue.find_next(wanted, at)
            return numbers

        assert await found("idea 07") == [7]
        assert await found("#7") == [7]
        assert await found("07") == [7]
        assert await found("100") == list(range(IDEAS, 0, -1))
        assert await found("1%0") == await found("1_0") == [], "signs stand for nothing but themselves"
        assert await found("9" * 18) == []
        assert await found("9" * 40) == []


async def test_numbers_are_offered_as_they_are_typed(filled: Database) -> None:
    async with filled.read() as tx:

        async def offered(typed: str, limit: int = 25) -> list[int]:
            found = await tx.review_queue.search(["lamp"], [State.NEW], typed, limit)
            return [each.number for each in found]

        assert await offered("2") == [2, 24, 23, 22, 21, 12], (
            "the very number first, then beginnings and text"
        )
        assert await offered("#24") == [24]
        assert await offered("idea 011") == [11]
        assert (await offered("", 3)) == [24, 23, 22]
        assert 3 not in await offered("3")
        assert await offered("nothing of the kind") == []
        (one,) = await tx.review_queue.search(["lamp"], [State.NEW], "24", 1)
        assert one.beginning.startswith("Idea 024")


class Explaining:
    """A connection that notes the plan of each query."""

    def __init__(self, connection: AsyncConnection, seen: list[str]) -> None:
        self._connection = connection
        self._seen = seen

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        options = {"literal_binds": True, "render_postcompile": True}
        query = statement.compile(dialect=self._connection.dialect, compile_kwargs=options)
        rows = await self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
        self._seen.extend(row.detail for row in rows)
        return await self._connection.execute(statement)


async def test_a_page_of_the_queue_is_found_by_its_index(tmp_path: Path) -> None:
    """On SQLite, with the statistics of an empty database: as a plan that must not depend on them."""
    seen: list[str] = []
    async with fresh_store(tmp_path, "sqlite") as store, store.begin() as tx:
        await add_story(tx, "lamp")
        row = {"story": "lamp", "idea": "x", "folded": "x", "anonymous": False, "name_me": False}
        more = {"state": "new", "created_at": NOW, "support": 0, "held": False, "number": 1}
        await tx.review_queue._connection.execute(insert(suggestion), [row | more])
        queue = ReviewQueueRepository(Explaining(tx.review_queue._connection, seen))  # type: ignore[arg-type]
        for order in (QueueOrder.NEWEST, QueueOrder.SUPPORTED):
            wanted = QueueQuery(("lamp",), State.NEW, order)
            for look in (queue.find_next, queue.find_previous, queue.locate):
                await look(wanted, 1)
            await queue.find_first(wanted)
    assert len(seen) >= 10
    assert all("USING" in step and "SCAN" not in step and "TEMP B-TREE" not in step for step in seen), seen
