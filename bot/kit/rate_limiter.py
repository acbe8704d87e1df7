"""Pacing: so many requests a second, evenly, so that others' requests find room."""

from __future__ import annotations

import asyncio
from collections import deque

MOST = 49
"""Requests of every kind in any second, one less than Discord allows a bot (docs: topics/rate-limits, Global)."""

_SECOND = 1.0
_CREDIT = 0.1
"""Seconds of a quiet time that are made good afterwards, so that a timer's coarseness costs no rate."""

_COARSE = 0.0005
"""Seconds too short to sleep."""


class RateLimiter:
    """Lets callers pass at most `rate` times a second, each `1 / rate` seconds after the one before.

    What others ask of Discord, whom nobody paces, is told by `asked`. Callers pass the more slowly the more others
    have asked in the last second, and wait while it has had its `MOST`: page turns do not meet a limit that posts
    have used up.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(MOST, int(rate))
        self._next = 0.0
        self._asked: deque[float] = deque()
        self._passed: deque[float] = deque()
        self._gate = asyncio.Lock()
        self._spare = asyncio.Lock()
        self._waiting = 0

    def asked(self) -> None:
        """A request went out, whoever made it."""
        self._asked.append(asyncio.get_running_loop().time())

    async def turn(self) -> None:
        """Return when it is the caller's turn; callers are served in the order they came."""
        self._waiting += 1
        try:
            async with self._gate:
                await self._pass(1)
        finally:
            self._waiting -= 1

    async def spare_turn(self, requests: int = 1) -> None:
        """Return when it is the caller's turn, with that many requests, and nobody waits in `turn`."""
        async with self._spare:
            while self._waiting:  # noqa: ASYNC110 - looked at no more often than a turn passes
                await asyncio.sleep(1 / self._rate)
            async with self._gate:
                await self._pass(requests)

    async def _pass(self, requests: int) -> None:
        loop = asyncio.get_running_loop()
        self._next = max(self._next, loop.time() - _CREDIT)
        while (wait := self._until(loop.time())) > _COARSE:  # noqa: ASYNC110 - others may ask meanwhile
            await asyncio.sleep(wait)
        self._passed.extend([loop.time()] * requests)
        others = len(self._asked) - len(self._passed)
        self._next += requests / max(1.0, min(self._rate, self._most - max(0, others)))

    def _until(self, now: float) -> float:
        """Seconds until the next turn, as far as can be told."""
        for times in (self._asked, self._passed):
            while times and times[0] <= now - _SECOND:
                times.popleft()
        excess = len(self._asked) - self._most + 1
        full = self._asked[excess - 1] + _SECOND - now if excess > 0 else 0.0
        return max(self._next - now, full)
