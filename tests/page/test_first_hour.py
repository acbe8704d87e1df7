"""The three ways in: each leads to a chapter turned, an idea sent and the idea decided, well within three minutes.

The steps and their seconds are written to `build/first-hour/`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sandbox.tests.page import axe
from sandbox.tests.page.browser import new_page

from .walk import ROOT, Newcomer, demo
from .ways_in import Way, from_clone, from_image, from_package

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]

RECORDS = ROOT / "build" / "first-hour"
THREE_MINUTES = 180.0
STEPS = ["the page is open", "a chapter turned", "an idea sent", "the idea decided"]
MOMENTS = {"last-page": STEPS[1], "suggested": STEPS[2], "decided": STEPS[3]}
"""The moments of the walk that are steps."""


class Stopwatch:
    """Steps, with the seconds from the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self.steps: dict[str, float] = {}

    def note(self, step: str) -> None:
        self.steps[step] = round(time.monotonic() - self._start, 1)

    async def see(self, moment: str) -> None:
        if moment in MOMENTS:
            self.note(MOMENTS[moment])


@asynccontextmanager
async def started(way: Way, name: str, browser: Any, width: int) -> AsyncIterator[tuple[Newcomer, Stopwatch]]:
    """A newcomer at the page of a demo that was started this way; at the end the steps are recorded, and were quick."""
    watch = Stopwatch()
    async with demo(way.command, way.folder, way.variables) as url, new_page(browser, width) as page:
        newcomer = Newcomer(page, watch.see)
        await newcomer.arrive(url)
        watch.note(STEPS[0])
        yield newcomer, watch
    RECORDS.mkdir(parents=True, exist_ok=True)
    record = {"way": name, "width": width, "seconds": watch.steps}
    (RECORDS / f"{name}-{width}.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    assert watch.steps[STEPS[-1]] < THREE_MINUTES


@pytest.mark.parametrize("width", [1280, 390])
async def test_from_a_clone_and_on_to_everything_else(browser: Any, width: int) -> None:
    """The newcomer also hears of the decision, subscribes, reads in private, and sees the bot bear trouble."""
    complaints = {}
    async with started(from_clone(), "clone", browser, width) as (newcomer, watch):

        async def look(name: str) -> None:
            await watch.see(name)
            if axe.source() is not None and (found := await axe.complaints(newcomer.page)):
                complaints[name] = found

        newcomer.moment = look
        await newcomer.walk()
        assert list(watch.steps) == STEPS
    assert complaints == {}


# Which way it was started makes no difference to the page, so each of the other two is walked at one width.


async def test_from_the_package_in_an_empty_folder(browser: Any, tmp_path: Path) -> None:
    way = await asyncio.to_thread(from_package, tmp_path)
    async with started(way, "package", browser, 1280) as (newcomer, watch):
        await newcomer.read_suggest_decide()
        assert list(watch.steps) == STEPS
    assert list(way.folder.iterdir()) == []


async def test_from_the_files_of_the_image(browser: Any, tmp_path: Path) -> None:
    async with started(from_image(tmp_path), "image", browser, 390) as (newcomer, watch):
        await newcomer.read_suggest_decide()
        assert list(watch.steps) == STEPS
