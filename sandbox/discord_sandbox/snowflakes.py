"""Discord's ids: milliseconds since 2015 in the upper bits, a counter below."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discord_sandbox.clock import Clock

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Snowflakes:
    """Generator of strictly increasing ids, even when the clock stands still or runs back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return a new id, greater than every previous one."""
        made = lowest_at(self._clock.now())
        self._last = max(made, self._last + 1)
        return self._last


def lowest_at(instant: datetime) -> int:
    """Return the smallest possible id of an object created at `instant`."""
    return ((instant - EPOCH) // _MILLISECOND) << 22


def iso(instant: datetime) -> str:
    """Format an instant as Discord does: `2026-12-01T18:00:00.000000+00:00`."""
    return instant.isoformat(timespec="microseconds")


def parse(text: str) -> int | None:
    """Return the id that a text of plain digits denotes, or None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None
