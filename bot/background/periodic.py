"""Duties: work that is done whenever it is due or somebody asks, one run at a time.

The database knows what is due; APScheduler only rings when its time has come. Neither the machine's zone nor a clock
that is set may silence that: alarms are in UTC, every sleep is on the monotonic clock, and none is longer than
`LONGEST_SLEEP` without a look at the wall clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Clock
from bot.observability.outage_log import Outage, OutageLog, is_worlds, named

LONGEST_SLEEP = timedelta(minutes=1)
"""How often the wall clock is looked at, at least: a machine that slept, or a clock that was set, delays no more."""

SHORTEST_SLEEP = timedelta(milliseconds=250)
"""What is due but cannot be done yet must not keep a duty spinning."""

_AFTER_FAILURE = timedelta(seconds=5)


class AlarmScheduler(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler publishes no types
    """APScheduler, looking at the wall clock at least every `LONGEST_SLEEP`.

    By itself it sleeps for as long as the clock says when it lies down: after a clock was set back and right again,
    it would sleep on through everything that is due.
    """

    def __init__(self) -> None:
        super().__init__(timezone=UTC)

    def _start_timer(self, wait_seconds: float | None) -> None:
        longest = LONGEST_SLEEP.total_seconds()
        super()._start_timer(None if wait_seconds is None else min(wait_seconds, longest))


class PeriodicJob:
    """Does `work`, sleeps until the instant it returns (None: until woken), and does it again.

    It sleeps no longer than `longest_sleep`, whatever the clock says.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[datetime | None]],
        *,
        scheduler: AsyncIOScheduler,
        clock: Clock,
        longest_sleep: timedelta = LONGEST_SLEEP,
        lasting: OutageLog | None = None,
    ) -> None:
        self.name = name
        self._lasting = lasting or OutageLog()
        self._work = work
        self._scheduler = scheduler
        self._clock = clock
        self._longest_sleep = longest_sleep
        self._woken = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """Have the work done now, or once more if it is under way."""
        self._woken.set()

    async def run(self) -> None:
        """Do the duty until cancelled. A failure is logged and tried again: no duty dies of one bad run."""
        while True:
            self._woken.clear()
            try:
                due, longest = self._not_at_once(await self._work()), self._longest_sleep
                self._set_alarm(due)
                self._succeeded()
            except Exception as error:
                leave_if_cancelled()
                due, longest = None, self._failed(error)
            await self._rest(due, longest)

    def _not_at_once(self, due: datetime | None) -> datetime | None:
        return None if due is None else max(due, self._clock.now() + SHORTEST_SLEEP)

    async def _rest(self, due: datetime | None, longest: timedelta) -> None:
        """Sleep until the duty is due or woken, with a look at the wall clock at least every `LONGEST_SLEEP`.

        What is due in five seconds is done in five seconds, also where the clock is set back meanwhile: once too often
        does no harm.
        """
        loop = asyncio.get_running_loop()
        if due is not None:
            longest = min(longest, due - self._clock.now())
        latest = loop.time() + longest.total_seconds()
        while not self._woken.is_set():
            left = latest - loop.time()
            if left <= 0 or (due is not None and due <= self._clock.now()):
                return
            try:
                async with asyncio.timeout(min(left, LONGEST_SLEEP.total_seconds())):
                    await self._woken.wait()
            except TimeoutError:
                continue

    def _set_alarm(self, due: datetime | None) -> None:
        if due is None:
            return
        self._scheduler.add_job(
            self._ring,
            DateTrigger(due, timezone=UTC),
            id=self.name,
            replace_existing=True,
            # An alarm that rings late still rings: the default would drop it after a second.
            misfire_grace_time=None,
        )

    async def _ring(self) -> None:
        # A coroutine, so that it runs in the event loop: anything else goes to a thread, if one is free.
        self.wake()

    def _failed(self, error: Exception) -> timedelta:
        """Say, once for as long as it lasts, that the work fails; returns how long to wait.

        What is away has been told by whoever found it away, and may be back at any moment.
        """
        if isinstance(error, Outage):
            return _AFTER_FAILURE
        why = f"it failed ({named(error)}) and is tried again"
        self._lasting.happened(self.name, why, error=None if is_worlds(error) else error)
        self._failures += 1
        doublings = min(self._failures - 1, 10)
        return min(LONGEST_SLEEP, _AFTER_FAILURE * float(2**doublings))

    def _succeeded(self) -> None:
        self._lasting.over(self.name)
        self._failures = 0


def leave_if_cancelled() -> None:
    """Go on being cancelled: a task group one of whose tasks fails at that very moment raises that instead (Python
    3.11), and whoever catches it would never end.

    Raises:
        asyncio.CancelledError: the task was asked to end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
