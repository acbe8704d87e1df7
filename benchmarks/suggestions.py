"""Review queue, search and similarity among a hundred thousand suggestions, ten thousand of them open."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from benchmarks._content import MemoryContent
from bot.clock import ManualClock, SystemClock, stopwatch
from bot.domain.authorization import Viewer
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Author, Story
from bot.domain.suggestions.panel_contents import QueueFilter, QueueOrder
from bot.domain.text.normalization import fold
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.review_queue import Direction, ReviewQueue
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.supporters import Supporters
from bot.store.database import Database
from bot.store.tables import suggestion, suggestion_change, supporter

SMALL = bool(os.environ.get("BENCH_SMALL"))
IDEAS = 10_000 if SMALL else 100_000
OPEN = IDEAS // 10
"""Open suggestions of the measured story; the others belong to other stories or are decided."""

STORIES = 20
SUPPORTERS = 3
LIMIT = "limit 100"
_TIMES = 15
_WORDS = 4_000

AUTHOR = Viewer(1, "Ada")
READER = Viewer(2, "Imke")


def run() -> list[dict[str, str | float]]:
    """Return the table's rows."""
    return asyncio.run(_measure())


async def _measure() -> list[dict[str, str | float]]:
    clock = ManualClock(SystemClock().now())
    with tempfile.TemporaryDirectory() as name:
        store = await Database.open(f"sqlite+aiosqlite:///{Path(name) / 'bench.db'}")
        try:
            wanted = await _fill(store, clock)
            return await _rows(store, clock, wanted)
        finally:
            await store.close()


async def _rows(store: Database, clock: ManualClock, wanted: str) -> list[dict[str, str | float]]:
    similarity = SimilarityIndex(store)
    queue = ReviewQueue(store, UpcomingReleases(MemoryContent()), similarity, clock)
    support = Supporters(store, clock)
    async with store.read() as tx:
        record = await tx.stories.get("story-00")
    assert record is not None
    story, rare = record.story, fold(wanted).split()[0]

    async def alike() -> None:
        assert await similarity.find_similar(story, wanted)

    async def page(look: QueueFilter) -> None:
        first = await queue.browse(AUTHOR, look)
        assert first.suggestion is not None
        shown = await queue.browse(AUTHOR, look, first.suggestion.number, Direction.ON)
        assert shown.total

    def half(look: QueueFilter) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            await page(look)

        return work

    ahead = await _timed(similarity.preload)
    rows = [
        ("read ahead after the start, once", ahead * 1000),
        ("alike ones", await _often(alike)),
    ]
    looks = {
        "newest": QueueFilter(story="story-00"),
        "most supported": QueueFilter(story="story-00", order=QueueOrder.SUPPORTED),
        "by chapter": QueueFilter(story="story-00", order=QueueOrder.CHAPTER),
        "of all stories": QueueFilter(),
        "search": QueueFilter(story="story-00", search=rare),
    }
    # Opening the queue and going on by one: two pages.
    rows += [(f"queue page, {name}", await _often(half(look)) / 2) for name, look in looks.items()]
    rows += [
        ("autocomplete, nothing typed", await _often(lambda: queue.suggestion_choices(AUTHOR, ""))),
        ("autocomplete, a word", await _often(lambda: queue.suggestion_choices(AUTHOR, rare))),
        (
            "autocomplete, what nobody wrote",
            await _often(lambda: queue.suggestion_choices(AUTHOR, "zzz zzz")),
        ),
        ("the most supported", await _often(lambda: support.list_top(READER, "story-00"))),
        ("the last page of them", await _often(lambda: support.list_top(READER, "story-00", OPEN))),
    ]
    return [
        {"name": name, "value": value, "unit": "ms", "note": f"{OPEN} open of {IDEAS}, {LIMIT}"}
        for name, value in rows
    ]


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    started = stopwatch()
    await work()
    return stopwatch() - started


async def _often(work: Callable[[], Awaitable[object]]) -> float:
    """Return the median of several runs, in milliseconds."""
    return median([await _timed(work) for _ in range(_TIMES)]) * 1000


async def _fill(store: Database, clock: ManualClock) -> str:
    """Add stories, suggestions and supporters. Return the text of an open suggestion."""
    dice, now = random.Random(6), clock.now()
    words = ["".join(dice.choices("abcdefghijklmnoprstuvwz", k=dice.randint(2, 9))) for _ in range(_WORDS)]
    ideas = [" ".join(dice.choices(words, k=dice.randint(8, 70))) for _ in range(IDEAS)]
    release_rules = ReleaseRules(
        schedule=None, zone=ZoneInfo("UTC"), start=None, catch_up=CatchUp.ALL, backlog=0
    )
    rows = []
    for number, idea in enumerate(ideas, 1):
        open_here = number % 10 == 0
        decided = dice.choice(("declined", "used", "withdrawn"))
        rows.append(
            {
                "number": number,
                "story": "story-00" if open_here else f"story-{number % STORIES:02}",
                "chapter": None,
                "idea": idea,
                "folded": fold(idea),
                "maker": 1000 + number % 5000,
                "maker_name": "Reader",
                "anonymous": False,
                "name_me": False,
                "state": dice.choice(("new", "accepted")) if open_here else decided,
                "created_at": now - timedelta(seconds=IDEAS - number),
                "support": SUPPORTERS if number % 3 == 0 else 0,
                "held": False,
            }
        )
    async with store.begin() as tx:
        for number in range(STORIES):
            story = Story(f"story-{number:02}", f"Story {number}", release_rules, authors=(Author("Ada", 1),))
            await tx.stories.add(story, first_seen=now, settled_until=now)
        connection = tx.suggestions._connection
        await connection.execute(insert(suggestion), rows)
        await connection.execute(
            insert(suggestion_change),
            [{"suggestion": row["number"], "became": "new", "by": row["maker"], "at": now} for row in rows],
        )
        await connection.execute(
            insert(supporter),
            [
                {"suggestion": row["number"], "user_id": 10_000 + n, "at": now}
                for row in rows
                if row["support"]
                for n in range(SUPPORTERS)
            ],
        )
        await connection.execute(text("ANALYZE"))
    return ideas[IDEAS // 2 // 10 * 10 - 1]


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<58}{row['value']:>12,.2f}  {row['unit']:<8}{row['note']}")
