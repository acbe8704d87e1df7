"""Duties: work that is done whenever it is due or somebody asks, one run at a time.

The database knows what is due; APScheduler only wakes the duty at the right moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Clock
from bot.lasting import Away, Lasting, is_worlds, named

LONGEST_SLEEP = timedelta(minutes=1)
"""A duty looks again at least this often: a machine that slept or a clock that was set delays nothing longer."""

SHORTEST_SLEEP = timedelta(milliseconds=250)
"""What is due but cannot be done yet must not keep a duty spinning."""

_AFTER_FAILURE = timedelta(seconds=5)


class Duty:
    """Does `work`, sleeps until the instant it returns (None: until woken), and does it again."""

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[datetime | None]],
        *,
        scheduler: AsyncIOScheduler,
        clock: Clock,
        longest_sleep: timedelta = LONGEST_SLEEP,
        lasting: Lasting | None = None,
    ) -> None:
        self.name = name
        self._lasting = lasting or Lasting()
        self._work = work
        self._scheduler = scheduler
        self._clock = clock
        self._longest_sleep = longest_sleep
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Have the work done now, or once more if it is under way."""
        self._woken.set()

    async def run(self) -> None:
        """Do the duty until cancelled. A failure is logged and tried again: no duty dies of one bad run."""
        while True:
            self._woken.clear()
            try:
                due = await self._work()
            except Exception as error:
                leave_if_cancelled()
                self._report(error)
                due = self._clock.now() + _AFTER_FAILURE
            else:
                self._lasting.over(self.name)
            self._set_alarm(due)
            await self._woken.wait()

    def _report(self, error: Exception) -> None:
        """Say, once for as long as it lasts, that the work fails; what is away is told by whoever found it away."""
        if not isinstance(error, Away):
            why = f"it failed ({named(error)}) and is tried again"
            self._lasting.happened(self.name, why, error=None if is_worlds(error) else error)

    def _set_alarm(self, due: datetime | None) -> None:
        now = self._clock.now()
        latest = now + self._longest_sleep
        moment = latest if due is None else min(max(due, now + SHORTEST_SLEEP), latest)
        self._scheduler.add_job(
            self.wake,
            DateTrigger(moment),
            id=self.name,
            replace_existing=True,
            # An alarm that rings late still rings: the default would drop it after a second.
            misfire_grace_time=None,
        )


def leave_if_cancelled() -> None:
    """Go on being cancelled: a task group one of whose tasks fails at that very moment raises that instead (Python
    3.11), and whoever catches it would never end.

    Raises:
        asyncio.CancelledError: the task was asked to end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
