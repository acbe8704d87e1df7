"""A database that goes away whenever a test wants it to: the real one behind a port that fails."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.transaction import Transaction


class Shaky(Database):
    """While it is `away`, nothing works. `lose` says of each commit whether its answer is lost: it was made all the
    same."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self.away = False
        self.lose: Callable[[], bool] = lambda: False
        self.failures = 0

    @property
    def generation(self) -> int:
        return self._store.generation

    def find_trouble(self) -> str | None:
        return "it is away" if self.away else None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        self._fail_if(self.away)
        async with self._store.begin() as tx:
            yield tx
            if self.away:
                self._fail_if(True)
        self._fail_if(self.lose())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        self._fail_if(self.away)
        async with self._store.read() as tx:
            yield tx

    def _fail_if(self, failing: bool) -> None:
        if failing:
            self.failures += 1
            raise DatabaseAway("it is away")


class Unsteady:
    """Answers yes now and then, as its seed has it."""

    def __init__(self, seed: int, chance: float) -> None:
        self._random = random.Random(seed)
        self.chance = chance

    def __call__(self) -> bool:
        return self._random.random() < self.chance
