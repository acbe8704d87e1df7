"""Doing once what many want at the same time: reading the same thing, and writing each one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Asking(Generic[Key, Value]):
    """Looks a thing up once for all who ask for it in one turn of the event loop.

    Nobody gets an answer older than their question: whoever asks once the look-up has begun waits for the next one.
    """

    def __init__(self, look_up: Callable[[Key], Awaitable[Value]]) -> None:
        self._look_up = look_up
        self._asked: dict[Key, asyncio.Task[Value]] = {}

    async def __call__(self, key: Key) -> Value:
        """The thing; raises what looking it up raises."""
        answer = self._asked.get(key)
        if answer is None:
            answer = self._asked[key] = asyncio.create_task(self._answer(key), name=f"look up {key}")
        # One of them giving up must not take the answer from the others.
        return await asyncio.shield(answer)

    async def _answer(self, key: Key) -> Value:
        await asyncio.sleep(0)
        del self._asked[key]
        return await self._look_up(key)


class Writing(Generic[Value]):
    """Writes things in as few transactions as it can: while one is committed, those that come gather for the next."""

    def __init__(self, write: Callable[[Sequence[Value]], Awaitable[None]]) -> None:
        self._write = write
        self._gathered: list[tuple[Value, asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def __call__(self, value: Value) -> None:
        """Return when it is written; raises what writing it, or what was written with it, raises."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((value, done))
        if self._work is None:
            self._work = asyncio.create_task(self._write_all(), name="write together")
        await done

    async def _write_all(self) -> None:
        try:
            while self._gathered:
                some, self._gathered = self._gathered, []
                error: BaseException | None = None
                try:
                    await self._write([value for value, _ in some])
                except Exception as failed:
                    error = failed
                for _, done in some:
                    if not done.done():
                        _end(done, error)
        finally:
            self._work = None


def _end(done: asyncio.Future[None], error: BaseException | None) -> None:
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
