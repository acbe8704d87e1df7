"""Timekeeping: whether the machine's clock can be trusted with what comes out when.

A release is for good, so none is made by a clock that is more than a minute from Discord's. Every answer of Discord's
bears a date; set against the monotonic counter it tells Discord's time at any later moment too, so a clock that is set
is noticed at once, without another request. Dates that contradict one another, or that no clock could have, tell
nothing: then, and where answers bear none, the machine's own clock counts.
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
"""How far the machine's clock may be from Discord's for chapters to come out by it."""

_SLOWEST = 10.0
"""Seconds of a request after which its answer's date tells too little."""

_AGREE = 5.0
"""Seconds by which dates may contradict one another."""

_KEPT = 5
"""Dates that count together: the latest."""

_ENOUGH = 3
"""Dates that must agree before the machine's clock is said to be wrong."""

_UNDATED = 5
"""Answers without a usable date after which none is waited for."""

_STALE = 20.0
"""Seconds after which Discord is asked for its time while the clock seems to be wrong: the counter stands still while a
machine sleeps, which looks like a clock that was set."""

_SINCE, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class ClockSkewCheck:
    """Compares the clocks. `monotonic` counts seconds and is never set."""

    def __init__(self, clock: Clock, troubles: Alerts, *, monotonic: Callable[[], float] = stopwatch) -> None:
        self._clock = clock
        self._troubles = troubles
        self._monotonic = monotonic
        self._bases: deque[float] = deque(maxlen=_KEPT)
        self._heard_at = monotonic()
        self._useless = 0
        self._was_right = True

    def record_date(self, date: str | None, sent: float, answered: float) -> None:
        """An answer with that date came; `sent` and `answered` are on the monotonic counter."""
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
        """How far the machine's clock is ahead of Discord's; None where Discord's is not known."""
        if not self._bases:
            return None
        theirs = self._base() + self._monotonic()
        return timedelta(seconds=self._clock.now().timestamp() - theirs)

    def is_trusted(self) -> bool:
        """Whether what comes out when may be judged by the machine's clock now; not before Discord has answered."""
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
        """One line when the clock turns out to be wrong, and one when it is right again."""
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
    """The date, unless it is none or no clock could have it."""
    if date is None:
        return None
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return None
    told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
    return told if _SINCE < told < _UNTIL else None


def _about(skew: timedelta) -> int:
    """The difference in seconds, to two digits: it is told as news only when it has changed."""
    seconds = round(abs(skew.total_seconds()))
    return int(float(f"{seconds:.2g}"))
