"""Discord's ids: the milliseconds since 2015 in the upper bits, a counter below."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discord_sandbox.clock import Clock

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
EPOCH_MS = 1_420_070_400_000
_MILLISECOND = timedelta(milliseconds=1)


class Snowflakes:
    """Hands out ids that grow strictly, even when the clock stands still or runs back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id, greater than every one before it."""
        made = lowest_at(self._clock.now())
        self._last = max(made, self._last + 1)
        return self._last


def lowest_at(instant: datetime) -> int:
    """The smallest id that a thing made at `instant` could have."""
    return ((instant - EPOCH) // _MILLISECOND) << 22


def made_at(snowflake: int) -> datetime:
    """The instant that an id tells of, to the millisecond."""
    return EPOCH + timedelta(milliseconds=snowflake >> 22)


def iso(instant: datetime) -> str:
    """An instant as Discord writes it: `2026-12-01T18:00:00.000000+00:00`."""
    return instant.isoformat(timespec="microseconds")


def parse(text: str) -> int | None:
    """The id that a text of plain digits is; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None
