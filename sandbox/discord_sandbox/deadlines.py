"""Calls scheduled by the sandbox's own clock, such as the end of a poll."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from discord_sandbox.clock import Clock


class Deadlines:
    """Queue of calls, ordered by due time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = count()

    def at(self, instant: datetime, call: Callable[[], object]) -> None:
        """Schedule a call for an instant."""
        heapq.heappush(self._queue, (instant, next(self._numbers), call))

    def run_due(self) -> int:
        """Run every call that is due, in order, and return their number."""
        done = 0
        while self._queue and self._queue[0][0] <= self._clock.now():
            _, _, call = heapq.heappop(self._queue)
            call()
            done += 1
        return done
