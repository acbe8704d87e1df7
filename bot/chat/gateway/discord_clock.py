"""Discord's own time, known from the dates of its answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.clock import stopwatch, utc


class DiscordClock:
    """A clock set by Discord's answers and advanced by a monotonic counter; never ahead of Discord's clock.

    This machine's wall clock may be wrong and may be adjusted at any time.
    """

    def __init__(self) -> None:
        self._date: datetime | None = None
        self._at = 0.0

    def now(self) -> datetime | None:
        """Return the time; None before the first answer."""
        return None if self._date is None else self._date + timedelta(seconds=stopwatch() - self._at)

    async def read_date(
        self, _session: object, _context: object, request: aiohttp.TraceRequestEndParams
    ) -> None:
        """Set the clock by the date of an answer, which is cut to whole seconds."""
        try:
            self._date, self._at = utc(parsedate_to_datetime(request.response.headers["Date"])), stopwatch()
        except (KeyError, ValueError):
            return
