"""What posts are made of, kept at hand: composing a page that was composed before asks the database nothing.

Nobody has to say what became out of date. The store counts its generations: every commit that may have changed what
posts show begins a new one, and nothing of an older generation is used. A second process never writes beside this one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import AsyncExitStack
from typing import Any, TypeVar, cast

from bot.store.database import Database
from bot.store.transaction import Transaction

Value = TypeVar("Value")

Question = tuple[str, str]

KEPT: Mapping[Question, int] = {
    ("stories", "get"): 64,
    ("stories", "get_description"): 256,
    ("releases", "get"): 1024,
    ("releases", "get_edition"): 128,
    ("releases", "get_by_number"): 1024,
    ("releases", "count"): 256,
    ("releases", "list_between"): 256,
    ("subscriptions", "get"): 2048,
    ("deliveries", "get"): 4096,
    ("credits", "list_contributors"): 256,
}
"""How many answers to each question are kept. No pictures: they are large. Of a delivery only what never changes once
its post is there is asked."""

_ATTEMPTS = 3


class ReadCache:
    """Reads through the store, once a generation."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._generation = store.generation
        self._answers: dict[Question, OrderedDict[Hashable, Any]] = {
            question: OrderedDict() for question in KEPT
        }

    async def read(self, make: Callable[[Transaction], Awaitable[Value]]) -> Value:
        """What `make` makes of a transaction for reading, all of it as it was at one time.

        The transaction is opened only if something is asked that is not at hand. `make` is called again if something
        was changed meanwhile.
        """
        for _ in range(_ATTEMPTS):
            generation = self._store.generation
            async with AsyncExitStack() as stack:
                made = await make(cast(Transaction, _View(self, generation, stack)))
            if generation == self._store.generation:
                return made
        async with self._store.read() as tx:
            return await make(tx)

    def answers(self, question: Question, generation: int) -> OrderedDict[Hashable, Any]:
        """The answers to a question that are at hand; none of an older generation."""
        if generation != self._generation:
            for answers in self._answers.values():
                answers.clear()
            self._generation = generation
        return self._answers[question]

    async def begin(self, stack: AsyncExitStack) -> Transaction:
        """Open a transaction for reading, until the stack is left."""
        return await stack.enter_async_context(self._store.read())


class _View:
    """Looks like a transaction for reading."""

    def __init__(self, shelf: ReadCache, generation: int, stack: AsyncExitStack) -> None:
        self._shelf = shelf
        self._generation = generation
        self._stack = stack
        self._tx: Transaction | None = None

    def __getattr__(self, aggregate: str) -> _Aggregate:
        return _Aggregate(self, aggregate)

    async def ask(self, aggregate: str, name: str, *args: Any, **named: Any) -> Any:
        """The answer at hand, else the store's."""
        question = (aggregate, name)
        if question not in KEPT or named:
            return await self._of_store(question, *args, **named)
        answers = self._shelf.answers(question, self._generation)
        if args in answers:
            answers.move_to_end(args)
            return answers[args]
        answer = await self._of_store(question, *args)
        answers = self._shelf.answers(question, self._generation)
        answers[args] = answer
        if len(answers) > KEPT[question]:
            answers.popitem(last=False)
        return answer

    async def _of_store(self, question: Question, *args: Any, **named: Any) -> Any:
        if self._tx is None:
            self._tx = await self._shelf.begin(self._stack)
        aggregate, name = question
        return await getattr(getattr(self._tx, aggregate), name)(*args, **named)


class _Aggregate:
    """Looks like one aggregate of a transaction."""

    __slots__ = ("_name", "_view")

    def __init__(self, view: _View, name: str) -> None:
        self._view = view
        self._name = name

    def __getattr__(self, question: str) -> Callable[..., Awaitable[Any]]:
        return lambda *args, **named: self._view.ask(self._name, question, *args, **named)
