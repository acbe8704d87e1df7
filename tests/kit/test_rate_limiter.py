"""So many requests a second, and room left for others; time is the event loop's, made to run fast."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from bot.kit import rate_limiter
from bot.kit.rate_limiter import GLOBAL_LIMIT, RateLimiter


class Fast:
    """`asyncio.sleep` and the loop's time without the waiting: whoever sleeps least goes on next."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._asleep: list[tuple[float, int, asyncio.Event]] = []
        self._count = 0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self._count += 1
        heapq.heappush(self._asleep, (self.now + seconds, self._count, woken))
        await woken.wait()

    async def run(self, work: Awaitable[object]) -> None:
        """Do the work, waking sleepers in their order whenever nobody else can go on."""
        task = asyncio.ensure_future(work)
        while not task.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self._asleep and not task.done():
                self.now, _, woken = heapq.heappop(self._asleep)
                woken.set()
        await task


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> Fast:
    """The limiter's own view of time."""
    clock = Fast()

    class Asyncio:
        Lock = asyncio.Lock
        sleep = clock.sleep

        @staticmethod
        def get_running_loop() -> Fast:
            return clock

    monkeypatch.setattr(rate_limiter, "asyncio", Asyncio)
    return clock


async def passing(limiter: RateLimiter, fast: Fast, times: int, note: Callable[[float], None]) -> None:
    for _ in range(times):
        await limiter.acquire()
        limiter.record_request()
        note(fast.now)


async def test_a_rate_is_kept_evenly_after_a_short_start(fast: Fast) -> None:
    at: list[float] = []
    await fast.run(passing(RateLimiter(40), fast, 400, at.append))
    assert at[-1] - at[0] == pytest.approx(400 / 40, rel=0.02)
    assert all(later - earlier <= 1 / 40 + 1e-6 for earlier, later in pairwise(at))


async def test_what_others_ask_for_is_left_room(fast: Fast) -> None:
    limiter, asked = RateLimiter(40), []

    async def others() -> None:
        for _ in range(100):
            limiter.record_request()
            limiter.record_request()
            asked.extend([fast.now, fast.now])
            await fast.sleep(0.1)

    async def everybody() -> None:
        await asyncio.gather(passing(limiter, fast, 250, asked.append), others())

    await fast.run(everybody())
    asked.sort()
    known = [each for each in asked if each >= asked[0] + 1]
    most = max(sum(1 for each in known if start <= each < start + 0.999) for start in known)
    assert most <= GLOBAL_LIMIT + 2, "once it can be known what others ask for, no more than their next two"


async def test_what_can_wait_lets_others_pass(fast: Fast) -> None:
    limiter, order = RateLimiter(40), []

    async def decorating(number: int) -> None:
        await limiter.acquire_idle(3)
        order.append(f"decoration {number}")

    async def posting() -> None:
        await fast.sleep(0.1)
        await asyncio.gather(*(limiter.acquire() for _ in range(10)))
        order.append("posts")

    async def both() -> None:
        await asyncio.gather(*(decorating(number) for number in range(20)), posting())

    await fast.run(both())
    assert order.index("posts") <= 4
    assert order[-1] == "decoration 19"
