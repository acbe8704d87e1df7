"""The author's desk: how soon a letter is on its page in a chapter of 10,000 words, and how soon the page is open."""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from benchmarks.pagination import sample
from bot.clock import SystemClock
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from bot.desk.request_guard import KEY_HEADER
from sandbox.tests.page.browser import chromium, find_chromium, new_page

WORDS = 10_000
CHAPTERS = 60
LETTERS = 80
FILE = "001-long.md"


def run() -> list[dict[str, str | float]]:
    """Return the time from a letter to its pages, and from the address to the pages on the screen."""
    return asyncio.run(_run())


async def _run() -> list[dict[str, str | float]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = await asyncio.to_thread(_write_story, root)
        desk = Desk.open(root, SystemClock(), page_length=3200)
        async with DeskServer(desk, port=0) as server:
            typed = sorted(await _type(server.url, text))
            opened = await _open(server.url)
    median, slow = statistics.median(typed) * 1000, typed[int(len(typed) * 0.95)] * 1000
    note = f"{WORDS} words, {CHAPTERS} chapters, limit 100"
    rows: list[dict[str, str | float]] = [
        {
            "name": "a letter to its pages, median",
            "value": median,
            "unit": "ms",
            "note": note,
        },
        {
            "name": "a letter to its pages, p95",
            "value": slow,
            "unit": "ms",
            "note": note,
        },
    ]
    if opened is not None:
        rows.append(
            {"name": "the desk is open, with its pages", "value": opened, "unit": "s", "note": "limit 1"}
        )
    return rows


def _write_story(root: Path) -> str:
    chapters = root / "story" / "chapters"
    chapters.mkdir(parents=True)
    (root / "story" / "story.yaml").write_text("title: Story\n", encoding="utf-8")
    for number in range(2, CHAPTERS + 1):
        (chapters / f"{number:03}-c{number}.md").write_text(f"Text of {number}.\n", encoding="utf-8")
    text = "\n\n".join(sample() * 2)
    end = [found.end() for found in re.finditer(r"\S+", text)][WORDS - 1]
    (chapters / FILE).write_text(text[:end], encoding="utf-8")
    return text[:end]


async def _type(url: str, text: str) -> list[float]:
    """Return the seconds from each of some letters, typed in various places, to the answer."""
    times = []
    async with ClientSession() as session:
        async with session.get(url) as answer:
            found = re.search(r'name="desk-key" content="([^"]+)"', await answer.text())
        assert found is not None
        headers = {KEY_HEADER: found[1]}
        known: list[str] = []
        for number in range(LETTERS):
            at = len(text) * (number % 10) // 10
            text = f"{text[:at]}x{text[at:]}"
            body: dict[str, Any] = {"file": FILE, "text": text, "known": known}
            began = time.perf_counter()
            async with session.post(f"{url}/api/stories/story/pages", json=body, headers=headers) as answer:
                pages = (await answer.json())["pages"]
            times.append(time.perf_counter() - began)
            known = [page["id"] for page in pages]
    return times[3:]


async def _open(url: str) -> float | None:
    """Return the seconds until a browser shows the desk with its pages; None without a browser."""
    path = find_chromium()
    if path is None:
        return None
    async with chromium(path) as browser, new_page(browser, 1280) as page:
        await page.goto("about:blank")
        began = time.perf_counter()
        await page.goto(f"{url}/#/text/story/{FILE}")
        await page.wait_for_selector(".page.current")
        return time.perf_counter() - began
