"""Undoing decisions: as it was before, told to nobody, and only while nothing else has happened."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.suggestions.suggestion import UNDO_TIME, Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import (
    DecisionGone,
    SuggestionUnknown,
    UndoCredited,
    UndoMergeOvertaken,
    UndoneAlready,
    UndoOvertaken,
    UndoTooLate,
)
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from tests.services.fakes import (
    AUTHOR,
    NOON,
    OPERATOR,
    OTHER_CHANNEL,
    READER,
    STRANGER,
    World,
    chapter,
    serial,
)
from tests.services.suggestions.suggestion_helpers import find, make, reader, told

State = SuggestionState
SECOND_AUTHOR = Viewer(OPERATOR, "Operator", operator=True)
MOMENT = timedelta(seconds=1)


async def world_of(store: Database, ideas: int = 1) -> World:
    """A world with that many ideas, each by a reader of its own, in which decisions can be undone."""
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1), undo_time=UNDO_TIME)
    await world.run()
    for number in range(1, ideas + 1):
        await make(world, reader(10 + number), f"Idea {number}")
    return world


async def decide(world: World, number: int, decision: Decision, **details: object) -> int:
    """Decide, and return what undoes it."""
    done = await world.decisions.decide(AUTHOR, number, decision, DecisionDetails(**details))  # type: ignore[arg-type]
    assert done.undo is not None
    assert done.undo.until == world.clock.now() + UNDO_TIME
    return done.undo.change


async def pass_undo_time(world: World) -> None:
    world.clock.advance(UNDO_TIME)


async def test_people_are_told_after_the_minute_and_a_restart_changes_nothing(store: Database) -> None:
    world = await world_of(store)
    await decide(world, 1, Decision.ACCEPT, reason="Lovely")
    world.clock.advance(UNDO_TIME - MOMENT)
    assert await told(world) == []
    again = World(store, clock=world.clock, library=world.library, messenger=world.messenger)
    assert await again.notification_outbox.sweep() == world.clock.now() + MOMENT, "the job wakes for it"
    assert world.messenger.notices == []
    world.clock.advance(MOMENT)
    for _ in range(2):
        assert await told(again) == [(11, "accepted", "made 1")]
    assert world.messenger.notices[0].facts["reason"] == "Lovely"


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.DECLINE, Decision.MERGE])
async def test_an_undone_decision_is_as_if_it_never_was(store: Database, decision: Decision) -> None:
    world = await world_of(store, 3)
    await world.supporters.support(reader(13), 1)
    await world.supporters.support(reader(14), 2)
    before = [await find(world, number) for number in (1, 2)]
    change = await decide(world, 1, decision, reason="Hm", into=2)
    if decision is Decision.MERGE:
        assert (await find(world, 2)).supporters == 3
    undone = await world.decisions.undo(SECOND_AUTHOR, change)
    assert undone.suggestion == before[0]
    assert [await find(world, number) for number in (1, 2)] == before
    await pass_undo_time(world)
    assert await told(world) == []
    async with store.read() as tx:
        assert [each.became for each in await tx.suggestions.list_changes(1)] == [State.NEW]
    with pytest.raises(UndoneAlready):
        await world.decisions.undo(AUTHOR, change)


async def test_what_was_decided_before_comes_back_with_its_word_and_its_author(store: Database) -> None:
    world = await world_of(store, 2)
    operator = await world.decisions.decide(
        SECOND_AUTHOR, 1, Decision.DECLINE, DecisionDetails(reason="Not now")
    )
    await pass_undo_time(world)
    assert await told(world) == [(11, "declined", "made 1")]
    change = await decide(world, 1, Decision.REOPEN)
    assert (await world.decisions.undo(AUTHOR, change)).suggestion == operator.suggestion
    await pass_undo_time(world)
    assert len(await told(world)) == 1, "they know"

    await decide(world, 1, Decision.REOPEN)
    await decide(world, 1, Decision.MERGE, into=2)
    await pass_undo_time(world)
    merged = await find(world, 1)
    change = await decide(world, 1, Decision.REOPEN)
    assert (await find(world, 2)).supporters == 0
    assert (await world.decisions.undo(AUTHOR, change)).suggestion == merged
    assert (await find(world, 2)).supporters == 1


async def test_a_link_that_was_held_back_is_held_back_again(store: Database) -> None:
    world = await world_of(store, 0)
    await make(world, reader(11), "See https://elsewhere.example")
    change = await decide(world, 1, Decision.ACCEPT)
    assert not (await find(world, 1)).held
    assert (await world.decisions.undo(AUTHOR, change)).suggestion.held
    async with store.read() as tx:
        assert await tx.suggestions.list_top("lamps") == []


async def test_a_use_is_undone_before_and_after_its_chapter_is_out(store: Database) -> None:
    world = await world_of(store)
    await decide(world, 1, Decision.ACCEPT, reason="Yes")
    accepted = await find(world, 1)
    for typed in ("two", "1"):
        change = await decide(world, 1, Decision.USED, chapter=typed)
        assert (await world.decisions.undo(AUTHOR, change)).suggestion == accepted
    await pass_undo_time(world)
    assert await told(world) == [(11, "accepted", "made 1")], "that stands"
    await decide(world, 1, Decision.USED, chapter="1")
    await pass_undo_time(world)
    assert (await told(world))[1:] == [(11, "used", "made 1")]


async def test_a_use_in_a_chapter_released_within_the_minute_is_told_after_it(store: Database) -> None:
    world = await world_of(store)
    await decide(world, 1, Decision.ACCEPT)
    await pass_undo_time(world)
    world.clock.advance(NOON + timedelta(minutes=29, seconds=40) - world.clock.now())
    change = await decide(world, 1, Decision.USED, chapter="two")
    await world.later(seconds=30)
    assert [kind for _, kind, _ in await told(world)] == ["accepted"]
    assert (await world.decisions.undo(AUTHOR, change)).suggestion.state is State.ACCEPTED
    await world.later(minutes=15)
    assert [kind for _, kind, _ in await told(world)] == ["accepted"]


async def test_what_a_chapter_out_thanks_for_stays_used(store: Database) -> None:
    world = await world_of(store)
    await decide(world, 1, Decision.ACCEPT)
    await pass_undo_time(world)
    world.library.put(serial(chapter("one"), chapter("two", thanks=(1,)), backlog=1))
    world.clock.advance(NOON + timedelta(minutes=29, seconds=40) - world.clock.now())
    change = await decide(world, 1, Decision.USED, chapter="two")
    await world.later(seconds=30)
    with pytest.raises(UndoCredited, match="Two"):
        await world.decisions.undo(AUTHOR, change)
    assert (await find(world, 1)).state is State.USED
    await world.later(minutes=15)
    assert [kind for _, kind, _ in await told(world)] == ["accepted", "used"]


async def test_too_late_says_what_can_be_done(store: Database) -> None:
    world = await world_of(store)
    change = await decide(world, 1, Decision.DECLINE)
    await pass_undo_time(world)
    with pytest.raises(UndoTooLate) as late:
        await world.decisions.undo(AUTHOR, change)
    assert "reopen" in str(late.value)
    change = await decide(world, 1, Decision.REOPEN)
    await pass_undo_time(world)
    with pytest.raises(UndoTooLate, match="decide on it again"):
        await world.decisions.undo(AUTHOR, change)
    with pytest.raises(DecisionGone):
        await world.decisions.undo(AUTHOR, 999)


async def test_only_the_storys_authors_undo(store: Database) -> None:
    world = await world_of(store)
    change = await decide(world, 1, Decision.ACCEPT)
    for nobody in (READER, STRANGER, reader(11)):
        with pytest.raises(SuggestionUnknown):
            await world.decisions.undo(nobody, change)
    async with store.read() as tx:
        submission = (await tx.suggestions.list_changes(1))[0].id
    with pytest.raises(UndoOvertaken):
        await world.decisions.undo(AUTHOR, submission)
    await world.decisions.undo(AUTHOR, change)
    with pytest.raises(UndoTooLate):
        await world.decisions.undo(AUTHOR, submission)


async def test_a_decision_again_replaces_the_news(store: Database) -> None:
    world = await world_of(store)
    first = await decide(world, 1, Decision.ACCEPT)
    second = await decide(world, 1, Decision.REOPEN)
    with pytest.raises(UndoOvertaken):
        await world.decisions.undo(AUTHOR, first)
    world.clock.advance(timedelta(seconds=30))
    await decide(world, 1, Decision.DECLINE, reason="After all")
    with pytest.raises(UndoOvertaken):
        await world.decisions.undo(AUTHOR, second)
    world.clock.advance(UNDO_TIME - MOMENT)
    assert await told(world) == []
    world.clock.advance(MOMENT)
    assert await told(world) == [(11, "declined", "made 1")]


async def test_back_and_forth_within_the_minute_is_no_news(store: Database) -> None:
    world = await world_of(store)
    await decide(world, 1, Decision.ACCEPT)
    reopened = await decide(world, 1, Decision.REOPEN)
    await pass_undo_time(world)
    assert await told(world) == []
    await decide(world, 1, Decision.ACCEPT)
    world.clock.advance(UNDO_TIME - MOMENT)
    reopened = await decide(world, 1, Decision.REOPEN)
    await pass_undo_time(world)
    assert await told(world) == []
    with pytest.raises(UndoTooLate):
        await world.decisions.undo(AUTHOR, reopened)


async def test_undoing_the_reopening_tells_of_the_decision_that_stands_again(store: Database) -> None:
    world = await world_of(store)
    accepted = await decide(world, 1, Decision.ACCEPT)
    world.clock.advance(timedelta(seconds=50))
    reopened = await decide(world, 1, Decision.REOPEN)
    world.clock.advance(timedelta(seconds=5))
    await world.decisions.undo(AUTHOR, reopened)
    assert await told(world) == []
    world.clock.advance(timedelta(seconds=5))
    assert await told(world) == [(11, "accepted", "made 1")]
    with pytest.raises(UndoTooLate):
        await world.decisions.undo(AUTHOR, accepted)
    reopened = await decide(world, 1, Decision.REOPEN)
    await world.decisions.undo(AUTHOR, reopened)
    await pass_undo_time(world)
    assert len(await told(world)) == 1


async def test_two_authors_and_two_presses(store: Database) -> None:
    world = await world_of(store)
    change = await decide(world, 1, Decision.ACCEPT)
    outcomes = await asyncio.gather(
        *(world.decisions.undo(who, change) for who in (AUTHOR, SECOND_AUTHOR) * 5), return_exceptions=True
    )
    assert sum(not isinstance(each, Exception) for each in outcomes) == 1
    assert all(isinstance(each, UndoneAlready) for each in outcomes if isinstance(each, Exception))

    change = await decide(world, 1, Decision.ACCEPT)
    other = world.decisions.decide(SECOND_AUTHOR, 1, Decision.REOPEN)
    undone, reopened = await asyncio.gather(
        world.decisions.undo(AUTHOR, change), other, return_exceptions=True
    )
    # Whoever was first, it is new, and the other one is told why nothing came of it.
    assert isinstance(undone, Refusal) != isinstance(reopened, Refusal)
    assert (await find(world, 1)).state is State.NEW
    await pass_undo_time(world)
    assert await told(world) == []


async def test_merges_that_others_built_on_are_not_undone(store: Database) -> None:
    world = await world_of(store, 3)
    merged = await decide(world, 1, Decision.MERGE, into=2)
    above = await decide(world, 2, Decision.MERGE, into=3)
    with pytest.raises(UndoMergeOvertaken):
        await world.decisions.undo(AUTHOR, merged)
    await world.decisions.undo(AUTHOR, above)
    await world.decisions.undo(AUTHOR, merged)

    await decide(world, 1, Decision.MERGE, into=2)
    reopened = await decide(world, 1, Decision.REOPEN)
    await decide(world, 2, Decision.MERGE, into=1)
    with pytest.raises(UndoMergeOvertaken):
        await world.decisions.undo(AUTHOR, reopened)
    assert (await find(world, 1)).supporters == 1

    await decide(world, 3, Decision.DECLINE)
    reopened = await decide(world, 3, Decision.REOPEN)
    await decide(world, 1, Decision.MERGE, into=3)
    with pytest.raises(UndoOvertaken):
        await world.decisions.undo(AUTHOR, reopened)


async def test_a_suggestion_taken_back_meanwhile_stays_so(store: Database) -> None:
    world = await world_of(store, 2)
    await world.supporters.support(READER, 1)
    change = await decide(world, 1, Decision.ACCEPT)
    merged = await decide(world, 2, Decision.MERGE, into=1)
    await world.submissions.withdraw(reader(11), 1)
    for each in (change, merged):
        with pytest.raises(UndoOvertaken):
            await world.decisions.undo(AUTHOR, each)
    await pass_undo_time(world)
    # The second joined and is free again, all within the minute: no news.
    assert await told(world) == [(READER.user_id, "withdrawn", "supported 1")]


async def test_a_review_loses_its_undo_button_by_itself(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1), undo_time=UNDO_TIME, review_channel=OTHER_CHANNEL)
    await world.run()
    await world.accept_review(OTHER_CHANNEL)
    await make(world)
    await world.panels.sweep()
    await decide(world, 1, Decision.ACCEPT)
    offers = []
    for wait in (MOMENT * 3, UNDO_TIME - MOMENT * 4, MOMENT, UNDO_TIME * 9):
        world.clock.advance(wait)
        before = len(world.messenger.panel_edits)
        await world.panels.sweep()
        offers.append([edit.view.undo is not None for _, edit in world.messenger.panel_edits[before:]])  # type: ignore[union-attr]
    assert offers == [[True], [], [False], []]


async def test_a_board_follows(store: Database) -> None:
    world = await world_of(store)
    await world.panels.post_board(AUTHOR, "lamps", 600)
    await world.panels.sweep()
    change = await decide(world, 1, Decision.DECLINE)
    world.clock.advance(timedelta(seconds=3))
    await world.panels.sweep()
    assert world.messenger.panel_edits[-1][1].suggestions == ()  # type: ignore[union-attr]
    assert (await world.review_queue.get(AUTHOR, 1)).undo is not None
    await world.decisions.undo(AUTHOR, change)
    world.clock.advance(timedelta(seconds=3))
    await world.panels.sweep()
    assert [one.number for one in world.messenger.panel_edits[-1][1].suggestions] == [1]  # type: ignore[union-attr]
    assert (await world.review_queue.get(AUTHOR, 1)).undo is None
