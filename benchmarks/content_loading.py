"""Loading a thousand chapters of five million words: a first start, a second one, and a changed chapter."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks._prose import make_paragraphs, make_vocabulary
from bot.clock import SystemClock, stopwatch
from bot.content.content_folder import ContentFolder
from bot.content.prerender.disk_cache import DiskPageCache
from bot.content.prerender.prerenderer import Prerenderer
from bot.content.prerender.worker_pool import available_workers
from bot.content.watcher import watch
from bot.domain.pages import count_words
from bot.services.releases.content_sync import ContentSync
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database

CHAPTERS = 100 if os.environ.get("BENCH_SMALL") else 1000
WORDS = 5000
OUT = CHAPTERS // 2
"""Chapters that are released when the bot first sees the story, so that files and database are compared."""

_PAGE_LENGTH = 3200
_TIMES = 5


def run() -> list[dict[str, str | float]]:
    """Return the table's rows. Each start is a process of its own, as it is when the bot starts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write_story(folder / "content" / "long")
        first, second = _start(folder), _start(folder)
        note = f"{CHAPTERS} chapters, {words / 1e6:.1f} million words, {available_workers()} cores"
        return [
            _row("first start: read and checked", first["read"], "s", note),
            _row("first start: in the database, half of them out", first["shelved"], "s"),
            _row(
                "first start: paged ahead, in processes",
                first["paged"],
                "s",
                f"{first['made']:,.0f} chapters",
            ),
            _row("first start: read, checked and paged", first["read"] + first["paged"], "s", "wanted: 15"),
            _row("first start: longest wait of the event loop", first["wait"], "ms", "while paging"),
            _row("second start: the whole process", second["whole"], "s", "wanted: 2; with Python's imports"),
            _row("second start: read, checked, compared, pages there", second["loaded"], "s"),
            _row("second start: time a core computes for it", second["cpu"], "s", "with Python's imports"),
            _row("first opening of a chapter, its pages made ahead", second["opening"], "ms", "median"),
            _row(
                "one changed chapter: read, checked, compared, paged", second["changed"], "ms", "wanted: 200"
            ),
            _row("one changed chapter: from its saving on", second["saved"], "ms", "with the rest files get"),
            _row("the cache file", second["cache"], "MiB"),
            _row("memory of the process", second["memory"], "MiB"),
        ]


def write_story(folder: Path) -> int:
    """Write a long story of made-up words, with dialogue, emphasis, scenes and headings. Return its word count."""
    rng = random.Random(7)
    vocabulary = make_vocabulary(rng)
    (folder / "chapters").mkdir(parents=True)
    story = f"title: Long\nrelease:\n  schedule: daily at 18:00\n  backlog: {OUT}\n"
    (folder / "story.yaml").write_text(story, encoding="utf-8")
    words = 0
    for number in range(1, CHAPTERS + 1):
        text = "\n\n".join(make_paragraphs(rng, vocabulary, WORDS))
        words += count_words(text)
        file = folder / "chapters" / f"chapter-{number:04}.md"
        file.write_text(f"---\ntitle: Chapter {number}\n---\n{text}\n", encoding="utf-8")
    return words


def _start(folder: Path) -> dict[str, float]:
    """Start once in a process of its own. Return what it measured."""
    started = stopwatch()
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.content_loading", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    whole = stopwatch() - started
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures | {"whole": whole - figures["afterwards"]}


async def _started(folder: Path) -> dict[str, float]:
    """Measure a start without Discord (read, open the database, compare, paginate), then a change."""
    import psutil

    begun = stopwatch()
    library = ContentFolder(folder / "content")
    read = await _timed(library.load)
    store = await Database.open(f"sqlite+aiosqlite:///{folder / 'bench.db'}")
    cache = DiskPageCache(folder / "cache", _PAGE_LENGTH)
    clock = SystemClock()
    content = PublishableContent(library, store, clock)
    content_sync, ahead = ContentSync(store, content, clock), Prerenderer(cache)
    shelved = await _timed(content_sync.sync)
    made = 0

    async def page() -> None:
        nonlocal made
        made = await ahead.look(library.serials())

    wait = asyncio.create_task(_longest_wait())
    paged = await _timed(page)
    wait.cancel()
    done, cpu = stopwatch(), time.process_time()
    figures = {"read": read, "shelved": shelved, "paged": paged, "made": made}
    figures |= {"loaded": done - begun, "cpu": cpu}
    figures["wait"] = await wait * 1000
    figures["opening"] = _opening(library, cache) * 1000

    async def take_over() -> None:
        await content_sync.sync()
        await ahead.look(library.serials())

    figures["changed"], figures["saved"] = await _changes(folder, library, take_over)
    figures["cache"] = sum(file.stat().st_size for file in (folder / "cache").iterdir()) / 2**20
    figures["memory"] = psutil.Process().memory_info().rss / 2**20
    cache.close()
    await store.close()
    return figures | {"afterwards": stopwatch() - done}


async def _changes(
    folder: Path, library: ContentFolder, take_over: Callable[[], Awaitable[None]]
) -> tuple[float, float]:
    """Return median milliseconds for a released chapter that changes: of work, and since it was saved."""
    file = folder / "content" / "long" / "chapters" / f"chapter-{OUT // 2:04}.md"

    async def changed() -> None:
        await library.load()
        await take_over()

    works = []
    for _ in range(_TIMES):
        _save(file)
        works.append(await _timed(changed))
    seen = asyncio.Event()

    async def reloaded() -> None:
        await take_over()
        seen.set()

    watching = asyncio.create_task(watch(library, reloaded))
    await asyncio.sleep(1)

    async def saved() -> None:
        _save(file)
        await seen.wait()
        seen.clear()

    waits = [await _timed(saved) for _ in range(_TIMES)]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    return sorted(works)[_TIMES // 2] * 1000, sorted(waits)[_TIMES // 2] * 1000


def _save(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\nAnd more.\n", encoding="utf-8")


def _opening(library: ContentFolder, cache: DiskPageCache) -> float:
    times = []
    for chapter in library.serials()["long"].chapters[:50]:
        started = stopwatch()
        assert cache.find(chapter.text, chapter.note_before, chapter.note_after, chapter.pov)
        times.append(stopwatch() - started)
    return sorted(times)[len(times) // 2]


async def _longest_wait() -> float:
    """Return the longest delay of the event loop, in seconds, until cancelled."""
    longest = 0.0
    try:
        while True:
            started = stopwatch()
            await asyncio.sleep(0.002)
            longest = max(longest, stopwatch() - started - 0.002)
    except asyncio.CancelledError:
        return longest


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    started = stopwatch()
    await work()
    return stopwatch() - started


def _row(name: str, value: float, unit: str, note: str = "") -> dict[str, str | float]:
    return {"name": name, "value": value, "unit": unit, "note": note}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asyncio.run(_started(Path(sys.argv[1])))))
    else:
        for row in run():
            print(f"{row['name']:<58}{row['value']:>12,.2f}  {row['unit']:<8}{row['note']}")
