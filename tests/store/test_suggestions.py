from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.domain.suggestion import Suggestion, SuggestionState
from bot.services.storage import Change
from bot.store.engine import SqlStore
from bot.store.tables import supporter
from tests.store.samples import ADMIN, CHANNEL, GUILD, MINUTE, NOW, SECOND, add_idea, add_story

State = SuggestionState


@pytest.fixture(autouse=True)
async def stories(store: SqlStore) -> None:
    async with store.begin() as tx:
        await add_story(tx, "lamp")
        await add_story(tx, "zoo")


async def test_an_idea_comes_back_as_written_with_its_first_record(store: SqlStore) -> None:
    hostile = "@everyone `code` [link](http://a)\n=1+1 \u202e 👩‍👩‍👧"
    made = await add_idea(store, chapter="one", idea=hostile, anonymous=True)
    assert made == Suggestion(
        number=1,
        story="lamp",
        chapter="one",
        idea=hostile,
        maker=11,
        maker_name="Reader",
        anonymous=True,
        name_me=True,
        state=State.NEW,
        created_at=NOW,
        guild_id=GUILD,
        channel_id=CHANNEL,
    )
    async with store.read() as tx:
        assert await tx.suggestions.get(made.number) == made
        assert await tx.suggestions.history(made.number) == [Change(None, State.NEW, 11, NOW, None)]


async def test_a_number_nobody_has(store: SqlStore) -> None:
    async with store.begin() as tx:
        for number in (0, -1, 7, 2**53):
            assert await tx.suggestions.get(number) is None
            assert await tx.suggestions.history(number) == []
            assert not await tx.suggestions.decide(number, was=State.NEW, to=State.ACCEPTED, by=1, at=NOW)


async def test_queues_are_filtered_counted_and_paged(store: SqlStore) -> None:
    for n in range(6):
        await add_idea(store, maker=n % 2 + 1, story=("lamp", "zoo")[n % 3 == 0], created_at=NOW + n * SECOND)
    async with store.begin() as tx:
        await tx.suggestions.decide(2, was=State.NEW, to=State.ACCEPTED, by=ADMIN, at=NOW)

        async def numbers(*filters: object, **page: int) -> list[int]:
            return [one.number for one in await tx.suggestions.queue(*filters, **page)]

        assert await numbers(None, None) == [6, 5, 4, 3, 2, 1]
        assert await numbers(["lamp"], None) == [6, 5, 3, 2]
        assert await numbers(["zoo", "none"], State.NEW) == [4, 1]
        assert await numbers([], None) == []
        assert await numbers(None, State.ACCEPTED) == [2]
        assert await numbers(None, None, offset=2, limit=3) == [4, 3, 2]
        assert await numbers(None, None, offset=5) == [1]
        assert await tx.suggestions.count(None, None) == 6
        assert await tx.suggestions.count(["lamp"], State.NEW) == 3
        assert await tx.suggestions.count([], State.NEW) == 0
        assert [one.number for one in await tx.suggestions.of_maker(1)] == [5, 3, 1]
        assert await tx.suggestions.undecided_by(2, "lamp") == 1
        assert await tx.suggestions.last_made(1) == NOW + 4 * SECOND
        assert await tx.suggestions.last_made(3) is None


async def test_a_decision_is_on_record_and_wiped_by_the_next(store: SqlStore) -> None:
    made, other = await add_idea(store), await add_idea(store)
    async with store.begin() as tx:
        assert await tx.suggestions.decide(
            made.number, was=State.NEW, to=State.MERGED, by=ADMIN, at=NOW, reason="alike", into=other.number
        )
        merged = await tx.suggestions.get(made.number)
        assert not await tx.suggestions.decide(
            made.number, was=State.NEW, to=State.ACCEPTED, by=ADMIN, at=NOW
        )
        assert await tx.suggestions.decide(
            made.number, was=State.MERGED, to=State.NEW, by=ADMIN, at=NOW + MINUTE
        )
        reopened = await tx.suggestions.get(made.number)
        history = await tx.suggestions.history(made.number)
    assert merged is not None
    assert (merged.state, merged.into, merged.reason) == (State.MERGED, other.number, "alike")
    assert (merged.decided_by, merged.decided_at) == (ADMIN, NOW)
    assert reopened is not None
    assert (reopened.state, reopened.into, reopened.reason) == (State.NEW, None, None)
    assert history == [
        Change(None, State.NEW, 11, NOW, None),
        Change(State.NEW, State.MERGED, ADMIN, NOW, "alike"),
        Change(State.MERGED, State.NEW, ADMIN, NOW + MINUTE, None),
    ]


async def test_an_idea_cannot_be_merged_into_none(store: SqlStore) -> None:
    made = await add_idea(store)
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.suggestions.decide(made.number, was=State.NEW, to=State.MERGED, by=1, at=NOW, into=999)
    async with store.read() as tx:
        assert await tx.suggestions.get(made.number) == made


async def test_fifty_deciders_at_once_decide_once(store: SqlStore) -> None:
    made = await add_idea(store)

    async def decide(by: int) -> bool:
        async with store.begin() as tx:
            to = State.ACCEPTED if by % 2 else State.DECLINED
            return await tx.suggestions.decide(made.number, was=State.NEW, to=to, by=by, at=NOW)

    outcomes = await asyncio.gather(*(decide(by) for by in range(50)))
    async with store.read() as tx:
        decided = await tx.suggestions.get(made.number)
        history = await tx.suggestions.history(made.number)
    assert sum(outcomes) == 1
    assert decided is not None
    assert decided.decided_by == outcomes.index(True)
    assert [change.by for change in history] == [11, outcomes.index(True)]


async def test_numbers_are_not_reused_and_concurrent_ideas_get_their_own(store: SqlStore) -> None:
    made = await asyncio.gather(*(add_idea(store, maker=n) for n in range(20)))
    assert len({one.number for one in made}) == 20
    assert all(one.maker == n for n, one in enumerate(made))


async def test_supporters_are_counted(store: SqlStore) -> None:
    made, other = await add_idea(store), await add_idea(store)
    async with store.begin() as tx:
        await tx.suggestions._connection.execute(
            insert(supporter), [{"suggestion": made.number, "user_id": n, "at": NOW} for n in range(3)]
        )
        assert [one.supporters for one in await tx.suggestions.queue(None, None)] == [0, 3]
        found = await tx.suggestions.get(other.number)
    assert found is not None
    assert found.supporters == 0
