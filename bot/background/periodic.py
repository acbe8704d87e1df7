"""Periodic jobs: work that runs when it is due or when woken, one run at a time.

The database knows what is due; APScheduler only wakes the job at that time. Neither the machine's time zone
nor a clock that is set may suppress that: alarms are in UTC, sleeps are on the monotonic clock, and none is
longer than `LONGEST_SLEEP` without a look at the wall clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Clock
from bot.observability.outage_log import Outage, OutageLog, describe_error, is_external

LONGEST_SLEEP = timedelta(minutes=1)
"""How often the wall clock is looked at, at least: a machine that slept, or a clock that was set, delays no more."""

SHORTEST_SLEEP = timedelta(milliseconds=250)
"""What is due but cannot be done yet must not keep a duty spinning."""

_AFTER_FAILURE = timedelta(seconds=5)


class AlarmScheduler(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler publishes no types
    """APScheduler that looks at the wall clock at least every `LONGEST_SLEEP`.

    By default it sleeps for the time computed at the start of the sleep: after a clock was set back and
    corrected, it would sleep through everything due.
    """

    def __init__(self) -> None:
        super().__init__(timezone=UTC)

    def _start_timer(self, wait_seconds: float | None) -> None:
        longest = LONGEST_SLEEP.total_seconds()
        super()._start_timer(None if wait_seconds is None else min(wait_seconds, longest))


class PeriodicJob:
    """Runs `work`, sleeps until the instant it returns (None: until woken), and repeats.

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
        outages: OutageLog | None = None,
    ) -> None:
        self.name = name
        self._outages = outages or OutageLog()
        self._work = work
        self._scheduler = scheduler
        self._clock = clock
        self._longest_sleep = longest_sleep
        self._woken = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """Run the work now, or once more if it is running."""
        self._woken.set()

    async def run(self) -> None:
        """Run until cancelled. A failure is logged and retried, so that one bad run does not end the job."""
        while True:
            self._woken.clear()
            try:
                due, longest = self._not_at_once(await self._work()), self._longest_sleep
                self._set_alarm(due)
                self._succeeded()
            except Exception as error:
                reraise_cancellation()
                due, longest = None, self._failed(error)
            await self._rest(due, longest)

    def _not_at_once(self, due: datetime | None) -> datetime | None:
        return None if due is None else max(due, self._clock.now() + SHORTEST_SLEEP)

    async def _rest(self, due: datetime | None, longest: timedelta) -> None:
        """Sleep until the job is due or woken, looking at the wall clock at least every `LONGEST_SLEEP`.

        Work due in five seconds runs in five seconds, even if the clock is set back meanwhile: one run too
        many does no harm.
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
        """Log a failure once for as long as it lasts; return the time to wait.

        An `Outage` was logged by whoever found it, and may end at any moment.
        """
        if isinstance(error, Outage):
            return _AFTER_FAILURE
        why = f"it failed ({describe_error(error)}) and is tried again"
        self._outages.happened(self.name, why, error=None if is_external(error) else error)
        self._failures += 1
        doublings = min(self._failures - 1, 10)
        return min(LONGEST_SLEEP, _AFTER_FAILURE * float(2**doublings))

    def _succeeded(self) -> None:
        self._outages.over(self.name)
        self._failures = 0


def reraise_cancellation() -> None:
    """Re-raise a cancellation that a task group swallowed.

    In Python 3.11 a task group one of whose tasks fails at the moment of cancellation raises that failure
    instead, and whoever catches it would never end.

    Raises:
        asyncio.CancelledError: the task was cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
