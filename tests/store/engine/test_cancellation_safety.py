"""A cancellation never breaks a statement off, so it never costs a connection or leaves a lock behind."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.engine.cancellation_safety import complete


async def test_what_was_begun_is_finished_before_the_cancellation_arrives() -> None:
    done = []

    async def work() -> str:
        await asyncio.sleep(0.02)
        done.append("done")
        return "done"

    task = asyncio.create_task(complete(work()))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["done"]
    assert await complete(work()) == "done"


async def test_a_failure_comes_through_and_one_after_a_cancellation_is_not_left_behind() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise LookupError("no")

    with pytest.raises(LookupError):
        await complete(fail())
    task = asyncio.create_task(complete(fail()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_after_any_cancellation_the_next_writer_writes_at_once(url: str) -> None:
    store = await Database.open(url)
    chance = random.Random(7)

    async def write(value: str) -> None:
        async with store.begin() as tx:
            await tx.key_values.set("one", value)
            await tx.key_values.set("two", value)

    try:
        for turn in range(40):
            broken_off = [asyncio.create_task(write(f"{turn}")) for _ in range(3)]
            await asyncio.sleep(chance.random() * 0.008)
            for task in broken_off:
                task.cancel()
            await asyncio.gather(*broken_off, return_exceptions=True)
            async with asyncio.timeout(5), store.read() as tx:
                assert await tx.key_values.get("one") == await tx.key_values.get("two"), (
                    "all of it or nothing"
                )
            async with asyncio.timeout(5):
                await write("after")
    finally:
        await store.close()


async def test_a_reader_that_is_cancelled_gives_its_connection_back(tmp_path: Path) -> None:
    store = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/a.db")

    async def look() -> None:
        async with store.read() as tx:
            await tx.key_values.get("one")
            await asyncio.sleep(60)

    try:
        for _ in range(6):
            tasks = [asyncio.create_task(look()) for _ in range(6)]
            await asyncio.sleep(0.01)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(5), store.read() as tx:
            assert await tx.key_values.get("one") is None
    finally:
        await store.close()


async def test_closing_waits_for_what_is_under_way(url: str) -> None:
    store = await Database.open(url)

    async def read() -> str | None:
        async with store.read() as tx:
            await asyncio.sleep(0.05)
            return await tx.key_values.get("one")

    reading = asyncio.create_task(read())
    await asyncio.sleep(0.02)
    await store.close()
    assert reading.done()
    assert reading.result() is None
