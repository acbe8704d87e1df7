"""The only place that reads the time.

Everything else is told the time: a rule takes `now` as an argument, a service takes a `Clock`. Instants are
timezone-aware and in UTC; `utc` refuses any other.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that only moves when told to, for tests and simulations."""

    def __init__(self, start: datetime) -> None:
        self._now = utc(start)

    def now(self) -> datetime:
        """The instant the clock was last moved to."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and return its new reading.

        Raises:
            ValueError: `by` is negative; time does not run backwards.
        """
        if by < timedelta(0):
            raise ValueError("a clock only moves forward")
        self._now += by
        return self._now

    def set(self, instant: datetime) -> datetime:
        """Move the clock forward to `instant` and return it."""
        self.advance(utc(instant) - self._now)
        return self._now


def utc(instant: datetime) -> datetime:
    """The same instant expressed in UTC.

    Raises:
        ValueError: `instant` is naive, so it names no instant at all.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone")
    return instant.astimezone(UTC)


def stopwatch() -> float:
    """Seconds on a monotonic counter, for measuring how long a thing took; the zero is arbitrary."""
    return time.perf_counter()
