from __future__ import annotations

import asyncio

import pytest

from bot.domain.suggestions.suggestion import Suggestion, SuggestionChange, SuggestionState
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import (
    ComparableSuggestion,
    Involvement,
    NewSuggestion,
    StateChange,
)
from bot.store.transaction import Transaction
from tests.store.samples import ADMIN, CHANNEL, GUILD, MINUTE, NOW, SECOND, add_idea, add_story

State = SuggestionState


@pytest.fixture(autouse=True)
async def stories(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx, "lamp")
        await add_story(tx, "zoo")


async def test_an_idea_comes_back_as_written_with_its_first_record(store: Database) -> None:
    hostile = "@everyone `code` [link](http://a)\n=1+1 \u202e 👩‍👩‍👧"
    made = await add_idea(store, chapter="one", text=hostile, anonymous=True)
    assert made == Suggestion(
        number=1,
        story="lamp",
        chapter="one",
        text=hostile,
        suggester=11,
        suggester_name="Reader",
        anonymous=True,
        name_me=True,
        state=State.NEW,
        created_at=NOW,
        guild_id=GUILD,
        channel_id=CHANNEL,
    )
    async with store.read() as tx:
        assert await tx.suggestions.get(made.number) == made
        assert await tx.suggestions.list_changes(made.number) == [
            SuggestionChange(None, State.NEW, 11, NOW, None)
        ]


async def test_a_number_nobody_has(store: Database) -> None:
    async with store.begin() as tx:
        for number in (0, -1, 7, 2**53):
            assert await tx.suggestions.get(number) is None
            assert await tx.suggestions.list_changes(number) == []
            assert not await tx.suggestions.decide(
                number, StateChange(was=State.NEW, to=State.ACCEPTED, by=1, at=NOW)
            )


async def test_queues_are_filtered_and_paged(store: Database) -> None:
    for n in range(6):
        await add_idea(store, maker=n % 2 + 1, story=("lamp", "zoo")[n % 3 == 0], created_at=NOW + n * SECOND)
    async with store.begin() as tx:
        await tx.suggestions.decide(2, StateChange(was=State.NEW, to=State.ACCEPTED, by=ADMIN, at=NOW))

        async def numbers(*filters: object, **page: int) -> list[int]:
            return [one.number for one in await tx.suggestions.list_all(*filters, **page)]

        assert await numbers(None, None) == [6, 5, 4, 3, 2, 1]
        assert await numbers(["lamp"], None) == [6, 5, 3, 2]
        assert await numbers(["zoo", "none"], State.NEW) == [4, 1]
        assert await numbers([], None) == []
        assert await numbers(None, State.ACCEPTED) == [2]
        assert await numbers(None, None, offset=2, limit=3) == [4, 3, 2]
        assert await numbers(None, None, offset=5) == [1]
        assert await numbers(["lamp"], State.NEW) == [6, 5, 3]
        assert await numbers([], State.NEW) == []
        assert [one.number for one in await tx.suggestions.list_by_suggester(1)] == [5, 3, 1]
        assert await tx.suggestions.count_undecided_by(2, "aa", "lamp") == 1
        assert await tx.suggestions.find_last_submission(1, "aa") == NOW + 4 * SECOND
        assert await tx.suggestions.find_last_submission(3, "aa") is None


async def test_a_decision_is_on_record_and_wiped_by_the_next(store: Database) -> None:
    made, other = await add_idea(store), await add_idea(store)
    async with store.begin() as tx:
        assert await tx.suggestions.decide(
            made.number,
            StateChange(was=State.NEW, to=State.MERGED, by=ADMIN, at=NOW, reason="alike", into=other.number),
        )
        merged = await tx.suggestions.get(made.number)
        assert not await tx.suggestions.decide(
            made.number, StateChange(was=State.NEW, to=State.ACCEPTED, by=ADMIN, at=NOW)
        )
        assert await tx.suggestions.decide(
            made.number, StateChange(was=State.MERGED, to=State.NEW, by=ADMIN, at=NOW + MINUTE)
        )
        reopened = await tx.suggestions.get(made.number)
        history = await tx.suggestions.list_changes(made.number)
    assert merged is not None
    assert (merged.state, merged.merged_into, merged.reason) == (State.MERGED, other.number, "alike")
    assert (merged.decided_by, merged.decided_at) == (ADMIN, NOW)
    assert reopened is not None
    assert (reopened.state, reopened.merged_into, reopened.reason) == (State.NEW, None, None)
    assert history == [
        SuggestionChange(None, State.NEW, 11, NOW, None),
        SuggestionChange(State.NEW, State.MERGED, ADMIN, NOW, "alike"),
        SuggestionChange(State.MERGED, State.NEW, ADMIN, NOW + MINUTE, None),
    ]


async def test_an_idea_is_merged_only_into_another_open_one_of_its_story(store: Database) -> None:
    made, foreign, settled = await add_idea(store), await add_idea(store, story="zoo"), await add_idea(store)
    async with store.begin() as tx:
        await tx.suggestions.decide(
            settled.number, StateChange(was=State.NEW, to=State.DECLINED, by=1, at=NOW)
        )
        for into in (None, 999, made.number, foreign.number, settled.number):
            assert not await merge(tx, made.number, into)
        assert await tx.suggestions.get(made.number) == made


async def test_fifty_deciders_at_once_decide_once(store: Database) -> None:
    made = await add_idea(store)

    async def decide(by: int) -> bool:
        async with store.begin() as tx:
            to = State.ACCEPTED if by % 2 else State.DECLINED
            return await tx.suggestions.decide(made.number, StateChange(was=State.NEW, to=to, by=by, at=NOW))

    outcomes = await asyncio.gather(*(decide(by) for by in range(50)))
    async with store.read() as tx:
        decided = await tx.suggestions.get(made.number)
        history = await tx.suggestions.list_changes(made.number)
    assert sum(outcomes) == 1
    assert decided is not None
    assert decided.decided_by == outcomes.index(True)
    assert [change.by for change in history] == [11, outcomes.index(True)]


async def test_numbers_are_not_reused_and_concurrent_ideas_get_their_own(store: Database) -> None:
    made = await asyncio.gather(*(add_idea(store, maker=n) for n in range(20)))
    assert len({one.number for one in made}) == 20
    assert all(one.suggester == n for n, one in enumerate(made))


async def support(store: Database, number: int, *people: int) -> None:
    """These people stand behind it."""
    async with store.begin() as tx:
        for person in people:
            await tx.suggestions.add_supporter(number, person, NOW)


async def merge(tx: Transaction, number: int, into: int | None, was: State = State.NEW) -> bool:
    """An author merges two."""
    return await tx.suggestions.decide(
        number, StateChange(was=was, to=State.MERGED, by=ADMIN, at=NOW, into=into)
    )


async def supporters(store: Database) -> dict[int, int]:
    """How many stand behind each idea."""
    async with store.read() as tx:
        return {one.number: one.supporters for one in await tx.suggestions.list_all(None, None)}


async def test_one_press_each(store: Database) -> None:
    made = await add_idea(store)
    async with store.begin() as tx:
        assert await tx.suggestions.add_supporter(made.number, 20, NOW)
        assert not await tx.suggestions.add_supporter(made.number, 20, NOW)
        assert await tx.suggestions.add_supporter(made.number, 21, NOW)
        assert await tx.suggestions.filter_supported(20, [made.number, 999]) == {made.number}
    assert await supporters(store) == {1: 2}
    async with store.begin() as tx:
        assert await tx.suggestions.remove_supporter(made.number, 20)
        assert not await tx.suggestions.remove_supporter(made.number, 20)
    assert await supporters(store) == {1: 1}


async def test_many_at_once_are_all_counted(store: Database) -> None:
    made, other = await add_idea(store), await add_idea(store, maker=12)
    await asyncio.gather(*(support(store, made.number + n % 2, 100 + n) for n in range(40)))
    assert await supporters(store) == {made.number: 20, other.number: 20}


async def test_merging_adds_up_people_and_reopening_takes_them_back(store: Database) -> None:
    for maker in (11, 12, 13):
        await add_idea(store, maker=maker)
    await support(store, 1, 20, 12)
    await support(store, 2, 20, 21, 13)
    await support(store, 3, 22, 11)
    async with store.begin() as tx:
        assert await merge(tx, 1, 2)
        assert await merge(tx, 2, 3)
    # Behind 3: 22, 11 by themselves; 12, 20, 21 through 2 (13 made it); 11, 20, 12 through 1.
    assert await supporters(store) == {1: 2, 2: 4, 3: 5}
    async with store.read() as tx:
        assert [one.number for one in await tx.suggestions.list_merged_into(3)] == [1, 2]
        assert await tx.suggestions.list_involved(3) == [
            Involvement(13, 3, made=True),
            Involvement(11, 1, made=True),
            Involvement(12, 2, made=True),
            Involvement(22, 3, made=False),
            Involvement(20, 1, made=False),
            Involvement(21, 2, made=False),
        ]
    async with store.begin() as tx:
        assert await tx.suggestions.decide(1, StateChange(was=State.MERGED, to=State.NEW, by=ADMIN, at=NOW))
    assert await supporters(store) == {1: 2, 2: 3, 3: 5}
    async with store.begin() as tx:
        assert await tx.suggestions.decide(2, StateChange(was=State.MERGED, to=State.NEW, by=ADMIN, at=NOW))
    assert await supporters(store) == {1: 2, 2: 3, 3: 2}


async def test_two_who_merge_two_ideas_into_each_other_make_no_circle(store: Database) -> None:
    for _ in range(5):
        one, other = await add_idea(store), await add_idea(store)

        async def meet(number: int, into: int) -> bool:
            async with store.begin() as tx:
                return await merge(tx, number, into)

        done = await asyncio.gather(meet(one.number, other.number), meet(other.number, one.number))
        assert sorted(done) == [False, True]


async def test_a_chapter_uses_what_is_new_or_accepted_and_nothing_else(store: Database) -> None:
    steps = {State.ACCEPTED: State.ACCEPTED, State.DECLINED: None, State.WITHDRAWN: None, State.USED: None}
    plain, target = await add_idea(store), await add_idea(store, held=True)
    async with store.begin() as tx:
        assert await tx.suggestions.use(plain.number, "one", NOW) is State.NEW
        assert await tx.suggestions.use(plain.number, "one", NOW) is None
        assert await tx.suggestions.use(999, "one", NOW) is None
    for state, before in steps.items():
        made = await add_idea(store)
        async with store.begin() as tx:
            await tx.suggestions.decide(made.number, StateChange(was=State.NEW, to=state, by=1, at=NOW))
            assert await tx.suggestions.use(made.number, "two", NOW) is before
    async with store.begin() as tx:
        merged = await add_and_merge(tx, target.number)
        assert await tx.suggestions.use(merged, "two", NOW) is None
        assert await tx.suggestions.use(target.number, "two", NOW) is State.NEW
        used = await tx.suggestions.list_used_in("lamp", "two")
        assert [(one.number, one.state, one.held, one.decided_by) for one in used] == [
            (target.number, State.USED, False, None),
            (3, State.USED, False, None),
        ]
        assert (await tx.suggestions.list_changes(3))[-1] == SuggestionChange(
            State.ACCEPTED, State.USED, None, NOW, None
        )


async def add_and_merge(tx: Transaction, into: int) -> int:
    """An idea that joined another; its number."""
    new = NewSuggestion("lamp", None, "Alike", 44, "Four", False, False, NOW, None, None)
    made = await tx.suggestions.add(new)
    assert await merge(tx, made.number, into)
    return made.number


async def test_what_is_held_is_seen_once_it_is_accepted(store: Database) -> None:
    made, other = await add_idea(store, held=True), await add_idea(store)
    await support(store, other.number, 30, 31)
    async with store.begin() as tx:
        assert [one.number for one in await tx.suggestions.list_top("lamp")] == [other.number]
        assert await tx.suggestions.count_public("lamp") == 1
        assert [one.number for one in await tx.suggestions.list_comparable("lamp", limit=9)] == [other.number]
        mark = await tx.suggestions.get_last_change()
        await tx.suggestions.decide(made.number, StateChange(was=State.NEW, to=State.ACCEPTED, by=1, at=NOW))
        assert [one.number for one in await tx.suggestions.list_top("lamp")] == [other.number, made.number]
        assert [one.number for one in await tx.suggestions.list_top("lamp", offset=1, limit=5)] == [
            made.number
        ]
        changed = await tx.suggestions.list_comparable_since("lamp", mark, limit=5)
        assert changed == [ComparableSuggestion(made.number, "more lamps", public=True)]
        assert await tx.suggestions.list_comparable_since("zoo", mark, limit=5) == []
        assert await tx.suggestions.list_comparable_since("lamp", 0, limit=2) is None
        assert await tx.suggestions.count_undecided("lamp") == 1


async def test_only_its_maker_says_whether_they_are_named(store: Database) -> None:
    made = await add_idea(store, name_me=False)
    async with store.begin() as tx:
        assert not await tx.suggestions.set_name_me(made.number, suggester=12, wanted=True)
        assert await tx.suggestions.set_name_me(made.number, suggester=11, wanted=True)
        named = await tx.suggestions.get(made.number)
    assert named is not None
    assert named.credit_name == "Reader"


async def test_somebody_forgotten_leaves_ideas_and_takes_their_support_along(store: Database) -> None:
    mine, other, target = (
        await add_idea(store),
        await add_idea(store, maker=12),
        await add_idea(store, maker=13),
    )
    await support(store, other.number, 11, 20)
    async with store.begin() as tx:
        assert await merge(tx, mine.number, target.number)
        await tx.suggestions.decide(
            other.number, StateChange(was=State.NEW, to=State.ACCEPTED, by=11, at=NOW)
        )
    assert await supporters(store) == {mine.number: 0, other.number: 2, target.number: 1}
    async with store.begin() as tx:
        await tx.suggestions.forget_person(11, "aa")
    assert await supporters(store) == {mine.number: 0, other.number: 1, target.number: 0}
    async with store.read() as tx:
        kept = await tx.suggestions.get(mine.number)
        assert kept is not None
        assert (kept.suggester, kept.suggester_name, kept.text, kept.guild_id) == (
            None,
            None,
            mine.text,
            None,
        )
        assert kept.suggester_hash == "aa"
        assert [change.by for change in await tx.suggestions.list_changes(mine.number)] == [None, ADMIN]
        assert [change.by for change in await tx.suggestions.list_changes(other.number)] == [12, None]
        assert [stake.user_id for stake in await tx.suggestions.list_involved(target.number)] == [13]


async def test_removing_an_idea_opens_what_had_joined_it(store: Database) -> None:
    for maker in (11, 12, 13, 14):
        await add_idea(store, maker=maker)
    async with store.begin() as tx:
        assert await merge(tx, 1, 2)
        assert await merge(tx, 2, 3)
        assert await merge(tx, 3, 4)
    assert await supporters(store) == {1: 0, 2: 1, 3: 2, 4: 3}
    async with store.begin() as tx:
        assert await tx.suggestions.delete([3, 999], NOW + MINUTE) == [2]
        assert await tx.suggestions.get(3) is None
        assert await tx.suggestions.list_changes(3) == []
        assert (await tx.suggestions.list_changes(2))[-1] == SuggestionChange(
            State.MERGED, State.NEW, None, NOW + MINUTE, None
        )
    assert await supporters(store) == {1: 0, 2: 1, 4: 0}


async def test_there_is_a_block_for_each_idea_and_each_is_lifted_by_itself(store: Database) -> None:
    async with store.begin() as tx:
        for suggestion, hashed in ((5, "aa"), (6, "aa"), (7, "bb"), (8, None), (5, "aa")):
            await tx.blocks.add(suggestion, "lamp", hashed, by=1, at=NOW)
        assert await tx.blocks.is_blocked("lamp", "aa")
        assert not await tx.blocks.is_blocked("zoo", "aa")
        assert await tx.blocks.find_story(5) == "lamp"
        assert await tx.blocks.remove(5)
        assert not await tx.blocks.remove(5)
        assert await tx.blocks.find_story(5) is None
        assert await tx.blocks.is_blocked("lamp", "aa"), "another block stands for them"
        assert await tx.blocks.remove(6)
        assert not await tx.blocks.is_blocked("lamp", "aa")
        assert await tx.blocks.is_blocked("lamp", "bb")
        assert await tx.blocks.remove(8)


async def test_ideas_that_stayed_count_for_whoever_comes_back(store: Database) -> None:
    await add_idea(store, maker=11)
    await add_idea(store, maker=12, created_at=NOW + SECOND)
    async with store.begin() as tx:
        await tx.suggestions.forget_person(11, "aa")
    await add_idea(store, maker=11, created_at=NOW - MINUTE)
    async with store.read() as tx:
        assert await tx.suggestions.count_undecided_by(11, "aa", "lamp") == 2
        assert await tx.suggestions.count_undecided_by(11, "bb", "lamp") == 1
        assert await tx.suggestions.find_last_submission(11, "aa") == NOW
        assert await tx.suggestions.find_last_submission(99, "aa") == NOW
        assert [one.number for one in await tx.suggestions.list_by_suggester(11)] == [3]


@pytest.mark.parametrize("hidden", ["joined", "root"])
async def test_how_many_stand_behind_ideas_does_not_tell_whose_an_anonymous_one_is(
    store: Database, hidden: str
) -> None:
    """An anonymous idea is merged with one of 11's: the numbers are the same whether 11 made both or not."""
    counts = []
    for maker in (11, 12):
        root = await add_idea(store, maker if hidden == "root" else 11, anonymous=hidden == "root")
        joined = await add_idea(store, maker if hidden == "joined" else 11, anonymous=hidden == "joined")
        await support(store, joined.number, 30, 31)
        async with store.begin() as tx:
            assert await merge(tx, joined.number, root.number)
        first = (await supporters(store))[root.number]
        await support(store, root.number, 12 if hidden == "joined" else 33)
        counts.append((first, (await supporters(store))[root.number]))
    assert counts == [(3, 4), (3, 4)]


async def test_an_anonymous_maker_who_is_erased_changes_no_number(store: Database) -> None:
    root, joined = await add_idea(store, 11), await add_idea(store, 12, anonymous=True)
    async with store.begin() as tx:
        assert await merge(tx, joined.number, root.number)
    before = await supporters(store)
    async with store.begin() as tx:
        await tx.suggestions.forget_person(12, "aa")
    assert await supporters(store) == before == {root.number: 1, joined.number: 0}


async def test_a_setting_is_kept_once(store: Database) -> None:
    async def keep(value: str) -> str:
        async with store.begin() as tx:
            return await tx.key_values.set_default("key", value)

    kept = await asyncio.gather(*(keep(str(n)) for n in range(10)))
    assert len(set(kept)) == 1
