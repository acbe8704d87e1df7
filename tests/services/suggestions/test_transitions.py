"""Every step from every state, allowed and forbidden, through the services and on both databases."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from bot.domain.suggestions.suggestion import Decision, SuggestionState, allowed_decisions, apply_decision
from bot.domain.suggestions.suggestion_refusals import TransitionForbidden
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from tests.services.fakes import AUTHOR, READER, World
from tests.services.suggestions.suggestion_helpers import find, make, reader, world_of

State = SuggestionState

WAYS: dict[State, tuple[Decision, ...]] = {
    State.NEW: (),
    State.ACCEPTED: (Decision.ACCEPT,),
    State.DECLINED: (Decision.DECLINE,),
    State.MERGED: (Decision.MERGE,),
    State.USED: (Decision.ACCEPT, Decision.USED),
    State.WITHDRAWN: (Decision.WITHDRAW,),
}


async def take(world: World, number: int, decision: Decision, into: int) -> None:
    """Take that step, as whoever may."""
    match decision:
        case Decision.WITHDRAW:
            await world.submissions.withdraw(READER, number)
        case Decision.THANK:
            async with world.store.begin() as tx:
                if await tx.suggestions.use(number, "one", world.clock.now()) is None:
                    raise TransitionForbidden(number=number, state="", hint="")
        case _:
            await world.decisions.decide(AUTHOR, number, decision, DecisionDetails(into=into, chapter="one"))


@pytest.mark.parametrize("state", State)
async def test_every_step_from(store: Database, state: State) -> None:
    world = await world_of(store)
    into = (await make(world, reader(99), "What others join")).suggestion.number
    for decision in Decision:
        number = (await make(world, idea=f"To be {decision}")).suggestion.number
        for step in WAYS[state]:
            await take(world, number, step, into)
        before = await find(world, number)
        assert before.state is state
        if decision in allowed_decisions(state):
            await take(world, number, decision, into)
            after = await find(world, number)
            assert after.state is apply_decision(number, state, decision)
            assert (after.merged_into is not None) == (after.state is State.MERGED)
            assert (after.used_in is not None) == (after.state is State.USED)
        else:
            with pytest.raises(TransitionForbidden):
                await take(world, number, decision, into)
            assert await find(world, number) == before
        async with world.store.read() as tx:
            record = await tx.suggestions.list_changes(number)
        assert all(one.became is other.was for one, other in itertools.pairwise(record))
        assert record[-1].became is (await find(world, number)).state
        async with world.store.begin() as tx:
            await tx.suggestions.delete([number], world.clock.now())


async def test_fifty_presses_of_every_kind_at_once_leave_one_decision(store: Database) -> None:
    world = await world_of(store)
    into = (await make(world, reader(99), "What others join")).suggestion.number
    number = (await make(world)).suggestion.number
    kinds = [Decision.ACCEPT, Decision.DECLINE, Decision.MERGE, Decision.WITHDRAW, Decision.THANK]
    done = await asyncio.gather(
        *(take(world, number, kinds[n % len(kinds)], into) for n in range(50)), return_exceptions=True
    )
    async with world.store.read() as tx:
        record = await tx.suggestions.list_changes(number)
    # After an accepting another step may follow; each that was taken is on record, and no other.
    assert sum(each is None for each in done) == len(record) - 1 <= 2
    assert all(each is None or isinstance(each, TransitionForbidden) for each in done)
    assert all(one.became is other.was for one, other in itertools.pairwise(record))
