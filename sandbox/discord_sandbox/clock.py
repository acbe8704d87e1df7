"""Source of the current time: the machine's clock, or a manual one for tests.

Instants are timezone-aware and in UTC; `utc` refuses any other.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Source of the current time."""

    def now(self) -> datetime:
        """Return the current instant, timezone-aware, in UTC."""
        ...


class SystemClock:
    """Clock of the machine."""

    def now(self) -> datetime:
        """Return the current instant, timezone-aware, in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """Clock that moves only when told to, for tests and simulations."""

    def __init__(self, start: datetime) -> None:
        self._now = utc(start)

    def now(self) -> datetime:
        """Return the instant the clock was last moved to."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and return its new reading.

        Raises:
            ValueError: `by` is negative.
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
    """Convert an instant to UTC.

    Raises:
        ValueError: `instant` is naive.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone")
    return instant.astimezone(UTC)


def stopwatch() -> float:
    """Return seconds on a monotonic counter, for measuring durations; the zero is arbitrary."""
    return time.perf_counter()
