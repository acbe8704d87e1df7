"""Accounts of rate limits: a request passes while anything is left, and nothing waits or is sent in vain."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import discord
import pytest

from bot.chat.gateway.rate_limit_buckets import Bucket

PATIENCE = 60.0


def told(remaining: int, reset_after: float, limit: int = 10) -> SimpleNamespace:
    """An answer's headers."""
    return SimpleNamespace(
        headers={
            "X-Ratelimit-Limit": str(limit),
            "X-Ratelimit-Remaining": str(remaining),
            "X-Ratelimit-Reset-After": str(reset_after),
        }
    )


async def request(bucket: Bucket, remaining: int, reset_after: float) -> None:
    """One that is answered."""
    async with bucket:
        await asyncio.sleep(0)
        bucket.update(told(remaining, reset_after))  # type: ignore[arg-type]


async def test_a_long_window_lets_all_of_its_requests_pass() -> None:
    bucket = Bucket(PATIENCE)
    async with asyncio.timeout(2):
        for left in range(9, -1, -1):
            await request(bucket, left, 3600.0)
        for _ in range(3):
            with pytest.raises(discord.RateLimited) as refused:
                await bucket.acquire()
            assert 3590 < refused.value.retry_after <= 3600, "known without asking Discord"
    bucket.expires = asyncio.get_running_loop().time() - 1
    await request(bucket, 9, 3600.0)


async def test_those_who_come_before_the_first_answer_share_what_it_tells_of() -> None:
    bucket = Bucket(PATIENCE)
    async with asyncio.timeout(2):
        ended = await asyncio.gather(
            *(request(bucket, max(0, 2 - n), 3600.0) for n in range(5)), return_exceptions=True
        )
    assert [type(each).__name__ for each in ended] == ["NoneType"] * 3 + ["RateLimited"] * 2


async def test_a_short_window_is_waited_for() -> None:
    bucket, loop = Bucket(PATIENCE), asyncio.get_running_loop()
    async with asyncio.timeout(2):
        begun = loop.time()
        await request(bucket, 0, 0.05)
        await request(bucket, 9, 0.05)
    assert loop.time() - begun > 0.04, "the second goes out when the window is over, and not before"
    assert bucket.remaining == 9
