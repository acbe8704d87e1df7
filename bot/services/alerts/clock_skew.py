"""Check of the machine's clock against Discord's.

A release cannot be undone, so none is made by a clock that is more than a minute from Discord's. Every answer from
Discord bears a date; together with the monotonic counter it gives Discord's time at any later moment too, so a change
of the clock is noticed at once, without another request. Dates that contradict one another, or that no clock could
have, are ignored; then, and where answers bear no date, the machine's own clock counts.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

from bot.clock import Clock, stopwatch
from bot.services.alerts.alerts import Alert, Alerts

_log = logging.getLogger(__name__)

LARGEST_SKEW = timedelta(minutes=1)
"""Greatest difference from Discord's clock with which chapters are released."""

_SLOWEST = 10.0
"""Seconds of a request after which the date of its answer is too imprecise."""

_AGREE = 5.0
"""Greatest difference between dates that agree, in seconds."""

_KEPT = 5
"""Number of latest dates that count together."""

_ENOUGH = 3
"""Number of dates that must agree before the machine's clock is called wrong."""

_UNDATED = 5
"""Number of answers without a usable date after which none is waited for."""

_STALE = 20.0
"""Seconds after which Discord is asked for its time again while the clock seems wrong. The counter stops while a
machine sleeps, which looks like a clock that was set.
"""

_SINCE, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class ClockSkewCheck:
    """Compares the two clocks. `monotonic` counts seconds and is never set."""

    def __init__(self, clock: Clock, troubles: Alerts, *, monotonic: Callable[[], float] = stopwatch) -> None:
        self._clock = clock
        self._troubles = troubles
        self._monotonic = monotonic
        self._bases: deque[float] = deque(maxlen=_KEPT)
        self._heard_at = monotonic()
        self._useless = 0
        self._was_right = True

    def record_date(self, date: str | None, sent: float, answered: float) -> None:
        """Record the date of an answer; `sent` and `answered` are times of the monotonic counter."""
        if answered - sent > _SLOWEST:
            return
        told = _read(date)
        if told is None:
            self._useless += 1
            return
        # A date is cut to whole seconds, and is of some moment while the request was under way.
        base = told.timestamp() + 0.5 - (sent + answered) / 2
        self._heard_at = answered
        if self._bases and abs(base - self._base()) > _AGREE:
            # One that contradicts those before it stands alone until others agree with it.
            self._bases.clear()
            self._useless += 1
        else:
            self._useless = 0
        self._bases.append(base)

    def skew(self) -> timedelta | None:
        """Return how far the machine's clock is ahead of Discord's; None where Discord's is not known."""
        if not self._bases:
            return None
        theirs = self._base() + self._monotonic()
        return timedelta(seconds=self._clock.now().timestamp() - theirs)

    def is_trusted(self) -> bool:
        """Return whether releases may rely on the machine's clock now; not before Discord has answered."""
        if self._useless >= _UNDATED:
            return True
        skew = self.skew()
        return skew is not None and abs(skew) <= LARGEST_SKEW

    async def check(self, ask: Callable[[], Awaitable[None]]) -> None:
        """Alert those who can set the clock if it is wrong.

        Args:
            ask: Has Discord answer something, so that its date is recorded; called if that may change the result.
        """
        right, skew = self.is_trusted(), self.skew()
        stale = self._monotonic() - self._heard_at > _STALE
        if not right and (stale or len(self._bases) < _ENOUGH):
            await ask()
            right, skew = self.is_trusted(), self.skew()
        wrong = not right and skew is not None and len(self._bases) >= _ENOUGH
        if right or wrong:
            self._note(right, skew)
        if wrong and skew is not None:
            await self._troubles.report(Alert("clock:off", "clock", {"seconds": str(_about(skew))}))
        elif right:
            await self._troubles.end("clock:off")

    def _base(self) -> float:
        return median(self._bases)

    def _note(self, right: bool, skew: timedelta | None) -> None:
        """Log when the clock becomes wrong and when it is right again."""
        if right == self._was_right:
            return
        self._was_right = right
        if right:
            _log.info("the clock is right again", extra={"action": "clock_right"})
        else:
            _log.error(
                "the machine's clock is %d seconds off: nothing is released until it is right",
                0 if skew is None else skew.total_seconds(),
                extra={"action": "clock_off"},
            )


def _read(date: str | None) -> datetime | None:
    """Parse a date, unless no clock could have it."""
    if date is None:
        return None
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return None
    told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
    return told if _SINCE < told < _UNTIL else None


def _about(skew: timedelta) -> int:
    """Round the difference to two digits, so that small changes are no news."""
    seconds = round(abs(skew.total_seconds()))
    return int(float(f"{seconds:.2g}"))
