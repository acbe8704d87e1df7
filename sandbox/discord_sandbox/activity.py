"""Record of when people last did something, for programs that are not to interrupt them."""

from __future__ import annotations

from datetime import datetime, timedelta

from discord_sandbox.clock import Clock

FORGOTTEN = timedelta(minutes=3)
"""How long an open form counts as being filled in after anybody last did something."""


class Activity:
    """The last moment at which anybody did something on the page."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: datetime | None = None

    def record(self) -> None:
        """Record that somebody does something now."""
        self._last = self._clock.now()

    def is_busy(self, within: timedelta, *, form_open: bool = False) -> bool:
        """Return whether somebody did something `within` that time, or is at work on a form."""
        if self._last is None:
            return False
        return self._clock.now() - self._last < (FORGOTTEN if form_open else within)
