"""A duty whose work fails: told once, tried again, and still to be ended."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.background.periodic import PeriodicJob
from bot.clock import SystemClock
from bot.store.engine.errors import DatabaseAway

FAULTS = [OSError(28, "No space left on device"), ValueError("a fault of ours"), TimeoutError()]


async def worked(duty: PeriodicJob, done: list[None], times: int) -> None:
    """Have it work so often."""
    async with asyncio.timeout(5):
        while len(done) < times:
            duty.wake()
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    "fault", [*FAULTS, DatabaseAway("it is locked")], ids=lambda each: type(each).__name__
)
async def test_what_fails_on_and_on_is_two_lines(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    done: list[None] = []
    failing = True

    async def work() -> datetime | None:
        done.append(None)
        if failing:
            raise fault
        return None

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    caplog.set_level("INFO", "bot")
    duty = PeriodicJob("tell", work, scheduler=scheduler, clock=SystemClock())
    running = asyncio.create_task(duty.run())
    await worked(duty, done, 50)
    failing = False
    await worked(duty, done, 52)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    scheduler.shutdown(wait=False)
    actions = [each.action for each in caplog.records if hasattr(each, "action")]
    if isinstance(fault, DatabaseAway):
        assert actions == [], "the database itself has told"
        return
    assert actions == ["fault_begins", "fault_ends"]
    assert bool(caplog.records[0].exc_info) is isinstance(fault, ValueError), (
        "a traceback for faults of ours alone"
    )


async def test_it_ends_though_its_work_fails_at_that_moment() -> None:
    """A task group that is cancelled while one of its tasks fails raises the failure, and forgets the cancelling."""
    begun = asyncio.Event()

    async def fail_when_cancelled() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("gone")

    async def work() -> datetime | None:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_when_cancelled())
        return None

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    running = asyncio.create_task(PeriodicJob("tell", work, scheduler=scheduler, clock=SystemClock()).run())
    await begun.wait()
    running.cancel()
    _, still = await asyncio.wait([running], timeout=2)
    scheduler.shutdown(wait=False)
    assert not still
    assert running.cancelled()
