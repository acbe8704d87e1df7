"""Lookup of due releases and deliveries among a hundred thousand subscriptions of two hundred stories."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import psutil
import yaml
from sqlalchemy import insert, text

from bot.clock import ManualClock, SystemClock, stopwatch
from bot.content.content_folder import ContentFolder
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.publisher import ReleasePublisher
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from bot.store.tables import delivery, subscription

STORIES = 200
SUBSCRIPTIONS = 10_000 if os.environ.get("BENCH_SMALL") else 100_000
CHAPTERS, OUT = 40, 20
OWED = SUBSCRIPTIONS // 10
"""Due deliveries, among as many settled ones."""

PACED = 5
"""One in this many channels has a pace of its own."""

CADENCES = (
    "daily at 18:00",
    "tue, fri at 18:00",
    "weekdays at 07:30",
    "every 3 days at 18:00",
    "0 18 * * 2,5",
    "every 6 hours",
    "daily at 18:00 Asia/Tokyo",
)
_TIMES = 15


def run() -> list[dict[str, str | float]]:
    """Return the table's rows."""
    return asyncio.run(_measure())


async def _measure() -> list[dict[str, str | float]]:
    process = psutil.Process()
    before = process.memory_info().rss
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_stories(folder)
        url = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
        library, clock = ContentFolder(folder), ManualClock(SystemClock().now())
        loaded = await _timed(library.load)
        store = await Database.open(url)
        content = PublishableContent(library, store, clock)
        await ContentSync(store, content, clock).sync()
        await _fill(store, clock.now())
        await store.close()

        opened = stopwatch()
        store = await Database.open(url)
        content = PublishableContent(library, store, clock)
        await ContentSync(store, content, clock).sync()
        publisher = ReleasePublisher(store, content, clock, catch_up_gap=timedelta(minutes=10))
        first = await _timed(publisher.publish_due)
        start = loaded + stopwatch() - opened
        try:
            return [
                _row("the first look, with what it releases", first * 1000, "ms"),
                _row(
                    "finding what is due in the calendar",
                    await _often(publisher.publish_due),
                    "ms",
                    "limit 50",
                ),
                _row(
                    "finding what is due in the ledger", await _often(_claim(store, clock)), "ms", "limit 50"
                ),
                _row(f"starting with {STORIES} stories of {CHAPTERS} chapters", start, "s"),
                _row("memory it takes", (process.memory_info().rss - before) / 2**20, "MiB"),
            ]
        finally:
            await store.close()


def _row(name: str, value: float, unit: str, note: str = "") -> dict[str, str | float]:
    return {"name": name, "value": value, "unit": unit, "note": note or f"{SUBSCRIPTIONS} subscriptions"}


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    started = stopwatch()
    await work()
    return stopwatch() - started


async def _often(work: Callable[[], Awaitable[object]]) -> float:
    """Return the median of several runs, in milliseconds."""
    return median([await _timed(work) for _ in range(_TIMES)]) * 1000


def _claim(store: Database, clock: ManualClock) -> Callable[[], Awaitable[None]]:
    """Return a function that claims as many deliveries as the bot does at once."""

    async def claim() -> None:
        now = clock.now()
        async with store.begin() as tx:
            assert await tx.deliveries.claim(now, now + timedelta(minutes=3), 32)

    return claim


def _write_stories(folder: Path) -> None:
    for number in range(STORIES):
        story = folder / f"story-{number:03}"
        (story / "chapters").mkdir(parents=True)
        release = {"schedule": CADENCES[number % len(CADENCES)], "timezone": "UTC", "backlog": OUT}
        about = {"title": f"Story {number}", "authors": [{"name": "Ada"}], "release": release}
        (story / "story.yaml").write_text(yaml.safe_dump(about), encoding="utf-8")
        for chapter in range(1, CHAPTERS + 1):
            (story / "chapters" / f"{chapter:03}.md").write_text(f"Chapter {chapter}.\n", encoding="utf-8")


async def _fill(store: Database, now: datetime) -> None:
    """Add the subscriptions, and plan the newest chapter for some of them."""
    async with store.begin() as tx:
        connection = tx.deliveries._connection
        newest = [(await tx.releases.list_by_story(f"story-{number:03}"))[-1] for number in range(STORIES)]
        common = {"guild_id": 1, "created_by": 1, "created_at": now, "place": OUT, "state": "active"}
        common |= {"style": "pages", "publish": False}
        none = dict.fromkeys(("pace", "paced_since", "settled_until", "next_slot_at"))
        own = {"pace": "daily at 18:00", "paced_since": now, "settled_until": now}
        await connection.execute(
            insert(subscription),
            [
                common
                | {"id": n, "story": f"story-{n % STORIES:03}", "channel_id": n}
                | (own | {"next_slot_at": now + timedelta(hours=1 + n % 20)} if n % PACED == 0 else none)
                for n in range(1, SUBSCRIPTIONS + 1)
            ],
        )
        row = {"part": 0, "due_at": now, "mention": False, "attempts": 0, "skipped": (), "number": OUT}
        every = SUBSCRIPTIONS // (2 * OWED)
        await connection.execute(
            insert(delivery),
            [
                row
                | {
                    "subscription_id": n,
                    "release_id": newest[n % STORIES].id,
                    "nonce": f"n{n}",
                    "state": "due" if n % (2 * every) else "sent",
                    "wake_at": now if n % (2 * every) else None,
                }
                for n in range(every, SUBSCRIPTIONS + 1, every)
            ],
        )
        await connection.execute(text("ANALYZE"))


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<58}{row['value']:>12,.2f}  {row['unit']:<8}{row['note']}")
