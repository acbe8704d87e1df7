"""Rate limiter that spaces requests evenly and leaves room for those it does not control."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

GLOBAL_LIMIT = 49
"""Requests of all kinds per second, one less than Discord allows a bot (docs: topics/rate-limits, Global)."""

_SECOND = 1.0
_CREDIT = 0.1
"""Seconds of idle time that are made up for afterwards, so that a coarse timer does not lower the rate."""

_COARSE = 0.0005
"""Waits shorter than this many seconds are skipped."""


class RateLimiter:
    """Admits callers at most `rate` times a second, evenly spaced.

    Requests that do not pass through here are reported by `record_request`. The more of them there were in the last
    second, the more slowly callers are admitted, and none while the second has had its `GLOBAL_LIMIT`: so page turns
    never meet a limit that posts have used up.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(GLOBAL_LIMIT, int(rate))
        self._next = 0.0
        self._asked: deque[float] = deque()
        self._passed: deque[float] = deque()
        self._gate = asyncio.Lock()
        self._spare = asyncio.Lock()
        self._waiting = 0

    def record_request(self) -> None:
        """Count a request that went out, from any caller."""
        self._asked.append(asyncio.get_running_loop().time())

    async def acquire(self) -> None:
        """Wait for permission to send one request; callers are served in order of arrival."""
        self._waiting += 1
        try:
            async with self._gate:
                await self._pass(1)
        finally:
            self._waiting -= 1

    async def acquire_idle(self, requests: int = 1) -> None:
        """Wait for permission to send that many requests while nobody waits in `acquire`."""
        async with self._spare:
            while self._waiting:  # noqa: ASYNC110 - polled no more often than requests are sent
                await asyncio.sleep(1 / self._rate)
            async with self._gate:
                await self._pass(requests)

    async def _pass(self, requests: int) -> None:
        loop = asyncio.get_running_loop()
        self._next = max(self._next, loop.time() - _CREDIT)
        while (wait := self._until(loop.time())) > _COARSE:  # noqa: ASYNC110 - other requests may go out meanwhile
            await asyncio.sleep(wait)
        self._passed.extend([loop.time()] * requests)
        others = len(self._asked) - len(self._passed)
        self._next += requests / max(1.0, min(self._rate, self._most - max(0, others)))

    def _until(self, now: float) -> float:
        """Return the seconds until the next request may be sent, as far as is known now."""
        for times in (self._asked, self._passed):
            while times and times[0] <= now - _SECOND:
                times.popleft()
        excess = len(self._asked) - self._most + 1
        full = self._asked[excess - 1] + _SECOND - now if excess > 0 else 0.0
        return max(self._next - now, full)


class SpareRate:
    """The rest of a rate limiter's rate, for work that nobody waits for.

    `has_urgent_work` returns whether something more urgent waits, so that no more such work is begun.
    """

    def __init__(self, limiter: RateLimiter, has_urgent_work: Callable[[], bool] = lambda: False) -> None:
        self.has_urgent_work = has_urgent_work
        self.acquire = limiter.acquire
        self.acquire_idle = limiter.acquire_idle
