"""Discord's own time, from the date of its answers: this machine's clock may be wrong, and may be set."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.clock import stopwatch, utc


class DiscordTime:
    """Goes on from the last answer by a counter that nobody sets; never ahead of Discord's clock."""

    def __init__(self) -> None:
        self._date: datetime | None = None
        self._at = 0.0

    def now(self) -> datetime | None:
        """The time; None before the first answer."""
        return None if self._date is None else self._date + timedelta(seconds=stopwatch() - self._at)

    async def ended(self, _session: object, _context: object, request: aiohttp.TraceRequestEndParams) -> None:
        """An answer came: its date is cut to whole seconds."""
        try:
            self._date, self._at = utc(parsedate_to_datetime(request.response.headers["Date"])), stopwatch()
        except (KeyError, ValueError):
            return
