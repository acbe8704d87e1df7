"""Decisions and their undoing in every order, against a model of what each idea is and what its readers know."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.errors import Refusal
from bot.domain.suggestions.suggestion import (
    UNDO_TIME,
    Decision,
    Suggestion,
    SuggestionState,
    author_decisions,
)
from bot.domain.suggestions.suggestion_refusals import (
    UndoMergeOvertaken,
    UndoneAlready,
    UndoOvertaken,
    UndoTooLate,
)
from bot.services.suggestions.decisions import DecisionDetails
from tests.services.fakes import AUTHOR, World, chapter, serial
from tests.services.suggestions.suggestion_helpers import find, make, reader
from tests.support.databases import scratch_store
from tests.support.profiles import examples

State = SuggestionState
IDEAS = 3
numbers = st.integers(1, IDEAS)
words = st.sampled_from([None, "Because"])
KINDS = {State.NEW: "reopened", State.USED: "used"} | {
    state: state.value for state in (State.ACCEPTED, State.DECLINED, State.MERGED, State.WITHDRAWN)
}

T = TypeVar("T")


@dataclass
class Step:
    """A change that stands: the idea right after it, when it was made, and until when it can be undone."""

    order: int
    idea: Suggestion
    until: datetime | None = None

    @property
    def news(self) -> tuple[State, int | None, str | None]:
        return self.idea.state, self.idea.merged_into, self.idea.reason


@dataclass
class Idea:
    """An idea, what its readers know of it, and what they will hear when."""

    steps: list[Step]
    known: tuple[State, int | None, str | None] = (State.NEW, None, None)
    owed: tuple[datetime, Step, set[int]] | None = None

    @property
    def now(self) -> Suggestion:
        return self.steps[-1].idea


@dataclass
class Made:
    """A decision with an Undo button."""

    change: int
    number: int
    step: Step
    before: Suggestion = field(repr=False)
    undone: bool = False


class Decided(RuleBasedStateMachine):
    """Three readers with an idea each, and an author who decides, decides otherwise, and presses every Undo."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.opened = AsyncExitStack()
        self.ideas: dict[int, Idea] = {}
        self.made: list[Made] = []
        self.news: Counter[tuple[int, str, int]] = Counter()
        self.order = 0
        self.used: set[int] = set()
        """Who heard that the chapter uses their idea: once for each idea, whichever it has joined."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        self.store = self.run(self.opened.enter_async_context(scratch_store()))
        stories = serial(chapter("one"), backlog=1, schedule=None)
        self.world = World(self.store, stories, undo_time=UNDO_TIME)
        self.run(self.world.run())
        for number in range(1, IDEAS + 1):
            made = self.run(make(self.world, reader(10 + number), f"Idea {number}")).suggestion
            self.ideas[number] = Idea([Step(0, made)])

    def teardown(self) -> None:
        try:
            if self.ideas:
                self.advance(120)
                self.everybody_heard_what_holds_once_its_time_had_come()
        finally:
            self.run(self.opened.aclose())
            self.loop.close()

    @property
    def time(self) -> datetime:
        return self.world.clock.now()

    def below(self, number: int) -> set[int]:
        joined = [n for n, idea in self.ideas.items() if idea.now.merged_into == number]
        return {number}.union(*(self.below(n) for n in joined))

    def above(self, number: int | None) -> list[int]:
        return [] if number is None else [number, *self.above(self.ideas[number].now.merged_into)]

    def owe(self, number: int) -> None:
        """Readers will hear how the idea stands, unless they know."""
        idea = self.ideas[number]
        last = idea.steps[-1]
        people = {10 + n for n in self.below(number)}
        fresh = len(idea.steps) > 1 and last.until is None
        known = last.news == idea.known and not fresh
        idea.owed = None if known else (max(self.time, last.until or self.time), last, people)
        self.tell()

    def tell(self) -> None:
        """Readers hear what is due."""
        for number, idea in self.ideas.items():
            if idea.owed is not None and idea.owed[0] <= self.time:
                _, step, people = idea.owed
                if step.idea.state is State.WITHDRAWN or step.until is None:
                    people = people - {step.idea.decided_by}
                if step.idea.state is State.USED:
                    people = people - self.used
                    self.used |= people
                for person in people:
                    self.news[person, KINDS[step.idea.state], number] += 1
                idea.known, idea.owed = step.news, None

    def push(self, number: int, until: datetime | None) -> Step:
        self.order += 1
        step = Step(self.order, self.run(find(self.world, number)), until)
        self.ideas[number].steps.append(step)
        return step

    @rule(pick=st.integers(0, 10**6), word=words)
    def decide(self, pick: int, word: str | None) -> None:
        """One of the decisions that are allowed now."""
        allowed = [
            (number, decision, into)
            for number, idea in self.ideas.items()
            for decision in author_decisions(idea.now.state)
            for into in (self.ideas if decision is Decision.MERGE else [0])
            if into == 0 or (into != number and self.ideas[into].now.state.is_open)
        ]
        if allowed:
            self.make(*allowed[pick % len(allowed)], word)

    def make(self, number: int, decision: Decision, into: int, word: str | None) -> None:
        details = DecisionDetails(reason=word, chapter="1", into=into or None)
        before = self.ideas[number].now
        done = self.run(self.world.decisions.decide(AUTHOR, number, decision, details))
        assert done.undo is not None
        self.made.append(Made(done.undo.change, number, self.push(number, self.time + UNDO_TIME), before))
        self.owe(number)
        self.follow_use(before.merged_into, number)

    def follow_use(self, parent: int | None, number: int) -> None:
        """Who left an idea that is used does not hear of that; who is back does."""
        for n in self.above(parent):
            owed = self.ideas[n].owed
            if owed is not None and owed[1].idea.state is State.USED:
                self.ideas[n].owed = (*owed[:2], {10 + each for each in self.below(n)})

    @rule(which=st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5]), wait=st.sampled_from([0, 0, 0, 1, 59]))
    def undo(self, which: int, wait: int) -> None:
        """Mostly one of the newest."""
        self.advance(wait)
        if which >= len(self.made):
            return
        made = self.made[-1 - which]
        work = self.world.decisions.undo(AUTHOR, made.change)
        objection = self.objection(made)
        if objection is not None:
            with pytest.raises(objection):
                self.run(work)
            return
        undone = self.run(work).suggestion
        assert replace(undone, supporters=0) == replace(made.before, supporters=0)
        made.undone = True
        self.ideas[made.number].steps.pop()
        self.owe(made.number)
        self.follow_use(made.before.merged_into, made.number)

    def objection(self, made: Made) -> type[Refusal] | None:
        idea = self.ideas[made.number]
        if made.undone:
            return UndoneAlready
        if idea.steps[-1] is not made.step:
            return UndoOvertaken
        if self.time >= (made.step.until or self.time):
            return UndoTooLate
        later = {n for n, other in self.ideas.items() if other.steps[-1].order > made.step.order}
        if later.intersection(self.above(idea.now.merged_into or made.before.merged_into)):
            return UndoMergeOvertaken
        if not made.before.state.is_open and later.intersection(self.below(made.number)):
            return UndoOvertaken
        return None

    @rule(number=numbers)
    def withdraw(self, number: int) -> None:
        work = self.world.submissions.withdraw(reader(10 + number), number)
        if not self.ideas[number].now.state.is_open:
            with pytest.raises(Refusal):
                self.run(work)
            return
        joined = [n for n, idea in self.ideas.items() if idea.now.merged_into == number]
        self.run(work)
        for n in joined:
            self.free(n, number)
        self.push(number, None)
        self.owe(number)

    def free(self, number: int, maker: int) -> None:
        """What had joined an idea that was taken back stands for itself again."""
        idea = self.ideas[number]
        self.push(number, None)
        # Nobody is told who had not heard that it joined.
        if idea.known[:2] == (State.NEW, None) and idea.known == idea.steps[-1].news:
            idea.owed = None
        else:
            self.owe(number)

    @rule(seconds=st.sampled_from([1, 20, 59, 60]))
    def wait(self, seconds: int) -> None:
        self.advance(seconds)

    def advance(self, seconds: int) -> None:
        self.world.clock.advance(timedelta(seconds=seconds))
        self.tell()

    @invariant()
    def every_idea_is_as_it_should_be(self) -> None:
        for kept in self.run(self.all()):
            number, idea = kept.number, self.ideas[kept.number]
            assert replace(kept, supporters=0) == replace(idea.now, supporters=0)
            assert kept.supporters == len(self.below(number)) - 1

    async def all(self) -> list[Suggestion]:
        async with self.store.read() as tx:
            return await tx.suggestions.list_all(None, None)

    @invariant()
    def everybody_heard_what_holds_once_its_time_had_come(self) -> None:
        self.run(self.world.notification_outbox.sweep())
        told = Counter(
            (n.user_id, n.kind.removeprefix("idea-"), int(n.facts.get("about") or n.facts["into"]))
            for n in self.world.messenger.notices
        )
        assert told == self.news


TestDecided = Decided.TestCase
TestDecided.settings = settings(max_examples=examples(24), stateful_step_count=16, deadline=None)
