"""Duties and their alarms: no zone, no clock that is set and no failure silences one; what ends is started again."""

from __future__ import annotations

import asyncio
import logging
import selectors
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from bot.background import supervisor as supervision
from bot.background.periodic import LONGEST_SLEEP, AlarmScheduler, PeriodicJob
from bot.background.supervisor import Supervisor
from bot.clock import SystemClock

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class HastySelector(selectors.SelectSelector):
    """Never waits: the time that it would have waited is counted instead."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        assert timeout is not None, "everything waits for something that nothing brings about"
        self.passed += max(0.0, timeout)
        return super().select(0)


class HastyLoop(asyncio.SelectorEventLoop):
    """An event loop in which hours pass at once."""

    def __init__(self) -> None:
        self._hasty = HastySelector()
        super().__init__(self._hasty)

    def time(self) -> float:
        return self._hasty.passed


class SetClock:
    """A wall clock that runs with the loop and is set by so many seconds at certain moments; as long as nobody has set
    it, it is right."""

    def __init__(self, loop: asyncio.AbstractEventLoop, jumps: list[tuple[float, float]]) -> None:
        self._loop = loop
        self._jumps = jumps

    def now(self) -> datetime:
        since = self._loop.time()
        off = sum(by for at, by in self._jumps if at <= since)
        return NOON + timedelta(seconds=since + off)


def hastily(main: Callable[[asyncio.AbstractEventLoop], Coroutine[Any, Any, None]]) -> None:
    """Run it to its end, whatever time it takes."""
    loop = HastyLoop()
    try:
        loop.run_until_complete(main(loop))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


@contextmanager
def apscheduler_reads(clock: SetClock) -> Iterator[None]:
    """Within, APScheduler reads that clock."""
    from apscheduler.schedulers import base

    class Told(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now().astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "datetime", Told)
        yield


async def perform(work: Callable[[], Awaitable[datetime | None]], clock: SetClock, seconds: float) -> None:
    """Have a duty done for so long by that clock."""
    with apscheduler_reads(clock):
        alarms = AlarmScheduler()
        alarms.start()
        duty = asyncio.create_task(PeriodicJob("duty", work, scheduler=alarms, clock=clock).run())
        await asyncio.sleep(seconds)
        duty.cancel()
        await asyncio.gather(duty, return_exceptions=True)
        alarms.shutdown()
        await asyncio.sleep(0)


JUMPS = st.lists(
    st.tuples(st.floats(1, 900), st.sampled_from([-86400, -3600, -70, -5, 5, 70, 3600, 86400])), max_size=4
)


@given(jumps=JUMPS, every=st.sampled_from([5, 7, 61, 200, 900]))
@example(jumps=[(100.0, -3600.0), (175.0, 3600.0)], every=6)
@example(jumps=[(100.0, 3600.0), (175.0, -3600.0)], every=6)
@example(jumps=[(100.0, 28800.0)], every=200)
@settings(deadline=None, max_examples=20)
def test_no_slot_is_a_minute_late_however_the_clock_is_set(
    jumps: list[tuple[float, float]], every: int
) -> None:
    """A slot is a reading of the clock: once the clock has shown it and goes on showing it, a minute is enough."""
    releases: list[tuple[float, datetime]] = []

    async def main(loop: asyncio.AbstractEventLoop) -> None:
        clock = SetClock(loop, jumps)

        async def release() -> datetime:
            now = clock.now()
            releases.append((loop.time(), now))
            return NOON + timedelta(seconds=((now - NOON).total_seconds() // every + 1) * every)

        await perform(release, clock, 1500)

    hastily(main)
    looks = [at for at, _ in releases]
    longest = LONGEST_SLEEP.total_seconds()
    assert all(later - earlier <= longest + 0.01 for earlier, later in pairwise([*looks, 1500.0]))
    calm_from = max((at for at, _ in jumps), default=0.0) + longest
    readings = [(reading - NOON).total_seconds() for at, reading in releases if at > calm_from]
    slot = (readings[0] // every + 1) * every
    while slot < readings[-1]:
        assert any(slot <= reading < slot + 0.3 for reading in readings), (
            "nobody sets it any more: it is on time"
        )
        slot += every


async def test_a_zone_that_nobody_knows_silences_no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("CET-1CEST", "Mars/Base", ":/nowhere", ""):
        monkeypatch.setenv("TZ", zone)
        done: list[datetime] = []
        both = asyncio.Event()

        async def work(done: list[datetime] = done, both: asyncio.Event = both) -> datetime:
            now = datetime.now(UTC)
            done.append(now)
            if len(done) == 2:
                both.set()
            return now + timedelta(milliseconds=300)

        alarms = AlarmScheduler()
        alarms.start()
        running = asyncio.create_task(PeriodicJob("work", work, scheduler=alarms, clock=SystemClock()).run())
        async with asyncio.timeout(5):
            await both.wait()
        assert not running.done(), f"with {zone!r} its first alarm ended it"
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        alarms.shutdown()
        await asyncio.sleep(0)


def actions(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged, by action."""
    return [each.action for each in caplog.records if hasattr(each, "action")]


def test_a_failure_that_lasts_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ran: list[float] = []

    async def main(loop: asyncio.AbstractEventLoop) -> None:
        async def work() -> None:
            ran.append(loop.time())
            if loop.time() < 600:
                raise OSError("the disk is full")

        await perform(work, SetClock(loop, []), 900)

    hastily(main)
    assert actions(caplog) == ["fault_begins", "fault_ends"]
    waits = [later - earlier for earlier, later in pairwise(ran)]
    assert waits[:5] == pytest.approx([5, 10, 20, 40, 60])
    assert max(waits) <= 60.01


Ending = Callable[[], Awaitable[None]]


async def _returns() -> None:
    await asyncio.sleep(0)


async def _raises() -> None:
    raise ValueError("not what it was")


async def _waits_for_something_cancelled() -> None:
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    gone.cancel()
    await gone


@pytest.mark.parametrize(
    ("ends", "cause"),
    [(_returns, "it returned"), (_raises, "ValueError"), (_waits_for_something_cancelled, "CancelledError")],
)
def test_a_task_that_ends_is_started_again_counted_and_named(
    caplog: pytest.LogCaptureFixture, ends: Ending, cause: str
) -> None:
    caplog.set_level(logging.INFO)
    registry = CollectorRegistry()
    starts: list[float] = []
    troubles: list[list[str]] = []

    async def main(loop: asyncio.AbstractEventLoop) -> None:
        supervisor = Supervisor(registry)

        async def work() -> None:
            starts.append(loop.time())
            if len(starts) <= 12:
                await ends()
            else:
                await asyncio.Event().wait()

        supervisor.keep("watch", work)
        for _ in range(40):
            await asyncio.sleep(60)
            troubles.append(supervisor.troubles())
        await supervisor.stop()

    hastily(main)
    waits = [later - earlier for earlier, later in pairwise(starts)]
    assert waits[:4] == pytest.approx([1, 2, 4, 8])
    assert max(waits) == pytest.approx(supervision.LONGEST_WAIT)
    assert len(starts) == 13
    assert registry.get_sample_value("fascicle_task_ends_total", {"task": "watch"}) == 12
    assert actions(caplog) == ["task_ended", "task_steady"], "one line a fault, one when it is over"
    (named,) = {reason for each in troubles for reason in each}
    assert "“watch” keeps ending" in named
    assert cause in named
    assert troubles[-1] == []


async def test_a_task_that_is_told_to_end_ends(caplog: pytest.LogCaptureFixture) -> None:
    supervisor = Supervisor(CollectorRegistry())
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    supervisor.keep("watch", work)
    await begun.wait()
    async with asyncio.timeout(1):
        await supervisor.stop()
    assert "task_ended" not in actions(caplog)
