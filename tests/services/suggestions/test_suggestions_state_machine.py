"""Ideas under every order of events: none lost or counted twice, and nobody told what is not theirs to hear."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.errors import Refusal
from bot.domain.suggestions.suggestion import Decision, SuggestionState, allowed_decisions
from bot.services.suggestions.decisions import DecisionDetails
from tests.services.fakes import AUTHOR, World
from tests.services.suggestions.suggestion_helpers import find, make, reader, world_of
from tests.support.databases import scratch_store
from tests.support.profiles import examples

State = SuggestionState
people = st.integers(10, 14)
numbers = st.integers(1, 8)

T = TypeVar("T")


@dataclass
class Idea:
    """What an idea should be."""

    maker: int
    state: State = State.NEW
    into: int | None = None
    supporters: set[int] = field(default_factory=set)


class Ideas(RuleBasedStateMachine):
    """Five readers and an author; a model says who stands behind what, and who should have heard of what."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.opened = AsyncExitStack()
        self.ideas: dict[int, Idea] = {}
        self.blocked: set[int] = set()
        self.news: Counter[tuple[int, str, int]] = Counter()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def refused(self, work: Coroutine[Any, Any, object]) -> None:
        with pytest.raises(Refusal):
            self.run(work)

    @initialize()
    def open(self) -> None:
        self.store = self.run(self.opened.enter_async_context(scratch_store()))
        self.world: World = self.run(world_of(self.store))

    def teardown(self) -> None:
        self.run(self.opened.aclose())
        self.loop.close()

    def below(self, number: int) -> list[int]:
        """The idea and all that was merged into it."""
        joined = [n for n, idea in self.ideas.items() if idea.into == number]
        return [number, *(below for n in sorted(joined) for below in self.below(n))]

    def behind(self, number: int) -> set[int]:
        """Everybody behind an idea but its maker."""
        below = self.below(number)
        everybody = {person for n in below for person in self.ideas[n].supporters}
        return (everybody | {self.ideas[n].maker for n in below}) - {self.ideas[number].maker}

    def tell(self, number: int, kind: str, but: int) -> None:
        for person in {self.ideas[number].maker, *self.behind(number)} - {but}:
            self.news[person, kind, number] += 1

    def open_idea(self, number: int, person: int) -> bool:
        idea = self.ideas.get(number)
        return idea is not None and idea.state.is_open and idea.maker != person

    @rule(person=people)
    def make(self, person: int) -> None:
        waiting = sum(idea.maker == person and idea.state is State.NEW for idea in self.ideas.values())
        work = make(self.world, reader(person), f"Idea {len(self.ideas)}")
        if person in {self.ideas[number].maker for number in self.blocked} or waiting >= 5:
            self.refused(work)
            return
        made = self.run(work).suggestion
        assert made.number not in self.ideas
        self.ideas[made.number] = Idea(person)

    @rule(person=people, number=numbers)
    def support(self, person: int, number: int) -> None:
        work = self.world.supporters.toggle(reader(person), number)
        if not self.open_idea(number, person):
            self.refused(work)
            return
        result = self.run(work)
        self.ideas[number].supporters ^= {person}
        assert result.supports == (person in self.ideas[number].supporters)

    @rule(number=numbers, decision=st.sampled_from([Decision.ACCEPT, Decision.DECLINE, Decision.REOPEN]))
    def decide(self, number: int, decision: Decision) -> None:
        work = self.world.decisions.decide(AUTHOR, number, decision)
        idea = self.ideas.get(number)
        if idea is None or decision not in allowed_decisions(idea.state):
            self.refused(work)
            return
        became = self.run(work).suggestion.state
        idea.state, idea.into = became, None
        kind = {Decision.ACCEPT: "accepted", Decision.DECLINE: "declined", Decision.REOPEN: "reopened"}
        self.tell(number, kind[decision], AUTHOR.user_id)

    @rule(number=numbers, into=numbers)
    def merge(self, number: int, into: int) -> None:
        work = self.world.decisions.decide(AUTHOR, number, Decision.MERGE, DecisionDetails(into=into))
        idea, target = self.ideas.get(number), self.ideas.get(into)
        if (
            idea is None
            or target is None
            or number == into
            or not (idea.state.is_open and target.state.is_open)
        ):
            self.refused(work)
            return
        self.run(work)
        self.tell(number, "merged", AUTHOR.user_id)
        idea.state, idea.into = State.MERGED, into

    @rule(person=people, number=numbers)
    def withdraw(self, person: int, number: int) -> None:
        work = self.world.submissions.withdraw(reader(person), number)
        idea = self.ideas.get(number)
        if idea is None or idea.maker != person or not idea.state.is_open:
            self.refused(work)
            return
        self.run(work)
        self.gone(number)

    @rule(person=people, number=numbers, own=numbers)
    def instead(self, person: int, number: int, own: int) -> None:
        work = self.world.supporters.replace_own(reader(person), number, own=own)
        mine = self.ideas.get(own)
        if (
            mine is None
            or mine.maker != person
            or not mine.state.is_open
            or not self.open_idea(number, person)
        ):
            self.refused(work)
            return
        self.run(work)
        self.gone(own)
        self.ideas[number].supporters.add(person)

    def gone(self, number: int) -> None:
        """Its maker took it back; what had joined it stands for itself again."""
        maker = self.ideas[number].maker
        self.ideas[number].state = State.WITHDRAWN
        for n, idea in self.ideas.items():
            if idea.into == number:
                idea.state, idea.into = State.NEW, None
                self.tell(n, "reopened", maker)
        self.tell(number, "withdrawn", maker)

    @rule(number=numbers)
    def block(self, number: int) -> None:
        if number in self.ideas:
            self.run(self.world.block_list.block(AUTHOR, number))
            self.blocked.add(number)

    @rule(number=numbers)
    def unblock(self, number: int) -> None:
        work = self.world.block_list.unblock(AUTHOR, number)
        if number not in self.blocked:
            self.refused(work)
            return
        self.run(work)
        self.blocked.discard(number)

    @invariant()
    def everything_is_as_it_should_be(self) -> None:
        for number, idea in self.ideas.items():
            kept = self.run(find(self.world, number))
            assert (kept.suggester, kept.state, kept.merged_into) == (idea.maker, idea.state, idea.into)
            assert kept.supporters == len(self.behind(number))

    @invariant()
    def the_most_supported_are_the_open_ones(self) -> None:
        top = self.run(self.top())
        expected = [n for n, idea in self.ideas.items() if idea.state.is_open]
        assert top == sorted(expected, key=lambda n: (-len(self.behind(n)), n))

    async def top(self) -> list[int]:
        async with self.store.read() as tx:
            return [one.number for one in await tx.suggestions.list_top("lamps")]

    @invariant()
    def everybody_heard_what_is_theirs_once(self) -> None:
        self.run(self.world.notification_outbox.sweep())
        told = Counter(
            (n.user_id, n.kind.removeprefix("idea-"), int(n.facts["about"]))
            for n in self.world.messenger.notices
        )
        assert told == self.news


TestIdeas = Ideas.TestCase
TestIdeas.settings = settings(max_examples=examples(25), stateful_step_count=30, deadline=None)


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.permutations(range(100, 108)), anonymous=st.lists(st.booleans(), min_size=8, max_size=8))
def test_whoever_they_are_each_hears_of_their_own(people: list[int], anonymous: list[bool]) -> None:
    """Makers of two ideas, and three supporters of each: however their ids fall, each hears of their own idea in its
    own words, and of nothing else."""

    async def walk() -> None:
        async with scratch_store() as store:
            world = await world_of(store)
            ideas = {}
            for index, who in enumerate(people[:2]):
                made = await make(world, reader(who), f"Secret of {who}", anonymous=anonymous[index])
                ideas[made.suggestion.number] = who
            for index, who in enumerate(people[2:]):
                await world.supporters.support(reader(who), list(ideas)[index % 2])
            for number, decision in zip(ideas, (Decision.ACCEPT, Decision.DECLINE), strict=True):
                await world.decisions.decide(AUTHOR, number, decision)
            await world.notification_outbox.sweep()
            assert sorted(n.user_id for n in world.messenger.notices) == sorted(people)
            for notice in world.messenger.notices:
                number = int(notice.facts["number"])
                assert notice.facts["idea"] == f"Secret of {ideas[number]}"
                made_it = notice.user_id == ideas[number]
                assert notice.facts["part"] == ("made" if made_it else "supported")
                supported = list(ideas)[people[2:].index(notice.user_id) % 2] if not made_it else number
                assert number == supported

    asyncio.run(walk())
