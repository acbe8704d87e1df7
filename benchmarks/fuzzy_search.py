"""Fuzzy search in autocompletes: the time for each key pressed, with twelve hundred chapters."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks._content import MemoryContent
from bot.chat.pages.chapter_labels import chapter_label
from bot.clock import ManualClock, SystemClock, stopwatch
from bot.domain.authorization import Viewer
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Author, Chapter, Serial, Story
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.publisher import ReleasePublisher
from bot.services.stories.autocomplete_choices import AutocompleteChoices
from bot.services.stories.publishable_content import PublishableContent
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database

CHAPTERS = 120 if os.environ.get("BENCH_SMALL") else 1200
_TIMES = 15
LIMIT = "limit 300"

AUTHOR = Viewer(1, "Ada")
READER = Viewer(2, "Imke")


def _nights() -> Serial:
    """Return one long story."""
    chapters = tuple(
        Chapter(f"night-{n}", f"Night {n}: Über den Dächern von Łódź", "Text.")
        for n in range(1, CHAPTERS + 1)
    )
    release_rules = ReleaseRules(None, ZoneInfo("UTC"), None, CatchUp.ALL, CHAPTERS)
    return Serial(Story("nights", "Nights", release_rules, (Author("Ada", 1),)), chapters)


def run() -> list[dict[str, str | float]]:
    """Return the table's rows."""
    return asyncio.run(_measure())


async def _measure() -> list[dict[str, str | float]]:
    clock = ManualClock(SystemClock().now())
    with tempfile.TemporaryDirectory() as name:
        store = await Database.open(f"sqlite+aiosqlite:///{Path(name) / 'bench.db'}")
        try:
            content = PublishableContent(MemoryContent(_nights()), store, clock)
            await ContentSync(store, content, clock).sync()
            await ReleasePublisher(store, content, clock, catch_up_gap=timedelta(0)).publish_due()
            choices = AutocompleteChoices(store, UpcomingReleases(content))
            return [
                await _row(f"{who} has typed “{typed}”", _typing(choices, viewer, typed))
                for who, viewer in (("author", AUTHOR), ("reader", READER))
                for typed in ("", "7", "dachern", "lodz 7")
            ]
        finally:
            await store.close()


def _typing(choices: AutocompleteChoices, viewer: Viewer, typed: str) -> Callable[[], Awaitable[object]]:
    return lambda: choices.chapter_choices(viewer, "nights", typed, chapter_label, unreleased=True)


async def _row(name: str, work: Callable[[], Awaitable[object]]) -> dict[str, str | float]:
    times = []
    for _ in range(_TIMES):
        started = stopwatch()
        await work()
        times.append((stopwatch() - started) * 1000)
    return {"name": name, "value": median(times), "unit": "ms", "note": f"{CHAPTERS} chapters, {LIMIT}"}
