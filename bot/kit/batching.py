"""Batching: one read for all who ask at the same moment, one transaction for many writes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Answer = TypeVar("Answer")

_MAX_BATCH = 500
"""Largest batch, so that nobody waits long for the calls of others."""


class SingleFlight(Generic[Key, Value]):
    """Looks a value up once for all callers that ask for it in one turn of the event loop.

    No answer is older than its question: a caller that asks after the look-up began waits for the next one.
    """

    def __init__(self, look_up: Callable[[Key], Awaitable[Value]]) -> None:
        self._look_up = look_up
        self._asked: dict[Key, asyncio.Task[Value]] = {}

    async def __call__(self, key: Key) -> Value:
        """Return the value; raises what looking it up raises."""
        answer = self._asked.get(key)
        if answer is None:
            answer = self._asked[key] = asyncio.create_task(self._answer(key), name=f"look up {key}")
        # One of them giving up must not take the answer from the others.
        return await asyncio.shield(answer)

    async def _answer(self, key: Key) -> Value:
        await asyncio.sleep(0)
        del self._asked[key]
        return await self._look_up(key)


class BatchInterrupted(Exception):
    """The batch was interrupted; its work may or may not have been done."""


class Batcher(Generic[Value, Answer]):
    """Processes values in batches: while one batch runs, later values gather for the next."""

    def __init__(
        self, work: Callable[[Sequence[Value]], Awaitable[Sequence[Answer]]], *, most: int = _MAX_BATCH
    ) -> None:
        self._work = work
        self._most = most
        self._gathered: list[tuple[Value, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, value: Value) -> Answer:
        """Process a value with its batch and return its answer; raises what the batch raises."""
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._gathered.append((value, done))
        if self._task is None:
            self._task = asyncio.create_task(self._do_all(), name="work together")
        return await done

    async def _do_all(self) -> None:
        try:
            while self._gathered:
                some, self._gathered = self._gathered[: self._most], self._gathered[self._most :]
                try:
                    answers = await self._work([value for value, _ in some])
                    answered = list(zip(some, answers, strict=True))
                except Exception as failed:
                    _fail(some, failed)
                    continue
                except asyncio.CancelledError:
                    # Whoever waits would wait for ever: for all, if this is the end, or for these, whose work was
                    # broken off by something else.
                    _fail(some, BatchInterrupted())
                    task = asyncio.current_task()
                    if task is not None and task.cancelling():
                        _fail(self._gathered, BatchInterrupted())
                        self._gathered = []
                        raise
                    continue
                for (_, done), answer in answered:
                    if not done.done():
                        done.set_result(answer)
        finally:
            self._task = None


def _fail(some: Sequence[tuple[Value, asyncio.Future[Answer]]], error: Exception) -> None:
    for _, done in some:
        if not done.done():
            done.set_exception(error)


class BatchWriter(Generic[Value]):
    """Writes values in as few transactions as possible."""

    def __init__(self, write: Callable[[Sequence[Value]], Awaitable[None]]) -> None:
        self._write = write
        self._gather = Batcher(self._write_some)

    async def __call__(self, value: Value) -> None:
        """Return when the value is written; raises what its batch raises."""
        await self._gather(value)

    async def _write_some(self, values: Sequence[Value]) -> Sequence[None]:
        await self._write(values)
        return [None] * len(values)
