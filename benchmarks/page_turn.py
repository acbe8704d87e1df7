"""Latency of page turns: from a reaction's event leaving the gateway to the edit arriving at the API.

And a press in the private reader: from the interaction's event to the answer.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, channel_id, many_guilds
from discord_sandbox.server import Sandbox
from discord_sandbox.trace import Record

from benchmarks._bot_processes import free_port, is_ready, run_bare_client, run_fascicle

POSTS = 100
PAGES = 6
WARM_UP = 10
IDLE_TURNS = 100
BUSY_TURNS = 600
TURNS_A_SECOND = 20
PRESSES = 300

_PAGE_LENGTH = 3000
_PARAGRAPH = "The lamp at the end of the quay went out, and *nobody* saw who had done it. " * 6
_PATIENCE = 60.0
_POLL = 0.1
_MARKS = (("p50", 49), ("p99", 98))
_BUSY = f"{TURNS_A_SECOND} turns/s on {POSTS} posts"

FASCICLE = "Fascicle"
BARE = "bare discord.py"
"""A client that keeps its pages in memory and stores nothing."""

Row = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds taken by turns on an idle post, by turns at a steady rate on many, and by presses."""

    idle: list[float]
    busy: list[float]
    presses: list[float]


def run() -> list[Row]:
    """Return the median and the 99th percentile, idle and at a steady rate.

    Fascicle, beside it a bare discord.py, and the ratio of the two.
    """
    ours, bare = (asyncio.run(_measure(who)) for who in (FASCICLE, BARE))
    rows: list[Row] = []
    marks: dict[tuple[str, str], list[float]] = {}
    for who, taken in ((FASCICLE, ours), (BARE, bare)):
        for load, seconds in (("idle post", taken.idle), (_BUSY, taken.busy)):
            marks[who, load] = statistics.quantiles(seconds, n=100, method="inclusive")
            rows += _rows(f"turn to edit, {load}, {who}", marks[who, load], f"{len(seconds)} turns")
    for load in ("idle post", _BUSY):
        for name, mark in _MARKS:
            ratio = marks[FASCICLE, load][mark] / marks[BARE, load][mark]
            rows.append(
                {
                    "name": f"turn to edit, {load}, beside bare, {name}",
                    "value": ratio,
                    "unit": "times",
                    "note": "",
                }
            )
    presses = statistics.quantiles(ours.presses, n=100, method="inclusive")
    rows += _rows("press to answer, private reader", presses, f"{len(ours.presses)} presses, limit 50 at p99")
    return rows


def _rows(name: str, marks: list[float], note: str) -> list[Row]:
    return [_row(f"{name}, {which}", marks[mark], note) for which, mark in _MARKS]


def _row(name: str, seconds: float, note: str) -> Row:
    return {"name": name, "value": seconds * 1000, "unit": "ms", "note": note}


async def _measure(who: str) -> Taken:
    """Measure turns on an idle post and at a steady rate on many, and presses in Fascicle's private reader."""
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox(port=0, seed=many_guilds(1, channels=POSTS), limits=False) as sandbox:
            menu = _fascicle if who == FASCICLE else _bare
            async with menu(sandbox, Path(name)) as posts:
                turns = Turns(sandbox)
                for _ in range(WARM_UP):
                    await turns.idle(posts[0])
                for post in posts:
                    await turns.idle(post)
                idle = [await turns.idle(posts[0]) for _ in range(IDLE_TURNS)]
                busy = await turns.busy(posts)
                presses = await Presses(sandbox).read(posts[0]) if who == FASCICLE else []
                return Taken(idle, busy, presses)


@asynccontextmanager
async def _fascicle(sandbox: Sandbox, folder: Path) -> AsyncIterator[list[MessageView]]:
    """Run Fascicle and yield posts of one chapter, each in a channel of its own."""
    chapters = folder / "content" / "the-quay" / "chapters"
    chapters.mkdir(parents=True)
    (chapters.parent / "story.yaml").write_text("title: The Quay\nrelease: {backlog: 1}\n", encoding="utf-8")
    text = "\n\n".join([_PARAGRAPH] * (PAGES * _PAGE_LENGTH // len(_PARAGRAPH)))
    (chapters / "001-out.md").write_text(text, encoding="utf-8")
    admin = sandbox.person(ADMIN)
    port = free_port()
    async with run_fascicle(sandbox, folder, port=port):
        async with asyncio.timeout(_PATIENCE):
            while not await is_ready(port):  # noqa: ASYNC110 - the bot is another process
                await asyncio.sleep(_POLL)
        for number in range(POSTS):
            channel = channel_id(0, number)
            answer = await admin.invoke(
                channel, "/subscribe", story="the-quay", start="latest", wait=_PATIENCE
            )
            if answer.state != "done":
                raise RuntimeError(f"/subscribe came to nothing: {answer}")
        yield await _posts(admin, 3)


@asynccontextmanager
async def _bare(sandbox: Sandbox, folder: Path) -> AsyncIterator[list[MessageView]]:
    """Run the bare client and yield its posts, each in a channel of its own."""
    page = (_PARAGRAPH * (_PAGE_LENGTH // len(_PARAGRAPH) + 1))[:_PAGE_LENGTH]
    pages = [f"{number}\n{page}" for number in range(PAGES)]
    channels = [channel_id(0, number) for number in range(POSTS)]
    async with run_bare_client(sandbox, folder, channels=channels, pages=pages):
        yield await _posts(sandbox.person(ADMIN), 2)


async def _posts(reader: Person, controls: int) -> list[MessageView]:
    """Return every channel's post once all have their reactions."""
    channels = [channel_id(0, number) for number in range(POSTS)]
    return [
        await reader.sees(channel, lambda seen: len(seen.reactions) == controls, _PATIENCE)
        for channel in channels
    ]


class Turns:
    """Turns posts and measures the time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._reader = sandbox.person(ADMIN)
        self._waiting: dict[str, tuple[float, asyncio.Future[float]]] = {}
        self._steps: dict[int, Iterator[str]] = {}
        sandbox.trace.listen(self._noted)

    def _noted(self, record: Record) -> None:
        """Take note of an edit. It is recorded when it was answered, `ms` after it arrived."""
        if record.kind != "request" or record.method != "PATCH" or record.path not in self._waiting:
            return
        started, taken = self._waiting.pop(record.path)
        taken.set_result(time.perf_counter() - record.ms / 1000 - started)

    def turn(self, post: MessageView) -> asyncio.Future[float]:
        """React, alternately forwards and backwards. Return a future with the seconds until the edit arrives."""
        steps = self._steps.setdefault(post.id, itertools.cycle("▶◀"))
        taken: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[f"/channels/{post.channel_id}/messages/{post.id}"] = (time.perf_counter(), taken)
        self._reader.react(post, next(steps) + "\ufe0f")
        return taken

    async def idle(self, post: MessageView) -> float:
        """Turn a post and wait until the bot has nothing left to do for it."""
        taken = await asyncio.wait_for(self.turn(post), _PATIENCE)
        await self._sandbox.until(lambda: not self._reader.message(post).own_reactions)
        return taken

    async def busy(self, posts: list[MessageView]) -> list[float]:
        """Turn one post after another at a steady rate, without waiting for earlier turns."""
        loop = asyncio.get_running_loop()
        began, taken = loop.time(), []
        for number, post in zip(range(BUSY_TURNS), itertools.cycle(posts), strict=False):
            await asyncio.sleep(began + number / TURNS_A_SECOND - loop.time())
            taken.append(self.turn(post))
        async with asyncio.timeout(_PATIENCE):
            return list(await asyncio.gather(*taken))


class Presses:
    """Reads in the private reader and measures the time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._reader = sandbox.person(ADMIN)
        self._arrived: dict[str, float] = {}
        sandbox.trace.listen(self._noted)

    def _noted(self, record: Record) -> None:
        """Take note of an answer: the first callback, or the edit that replaces its “thinking…”."""
        if record.kind == "request" and record.path.startswith(("/interactions/", "/webhooks/")):
            token = record.path.split("/")[3]
            self._arrived[token] = time.perf_counter() - record.ms / 1000

    async def read(self, post: MessageView) -> list[float]:
        """Open the reader and page through the chapter, to its end and back, repeatedly."""
        page = (await self._reader.press(post, "read:")).message
        assert page is not None
        taken: list[float] = []
        step = 1
        while len(taken) < PRESSES:
            wanted = _way(page, step)
            if wanted is None:
                step = -step
                continue
            started = time.perf_counter()
            outcome = await self._reader.press(page, wanted, wait=_PATIENCE)
            taken.append(self._arrived[outcome.interaction.token] - started)
            page = outcome.message or page
        return taken


def _way(page: MessageView, step: int) -> str | None:
    """Return the control that leads one page on or back in the chapter, or None at its ends."""
    shown, last = (int(each) for each in re.findall(r"Page (\d+) of (\d+)", page.text)[-1])
    if not 1 <= shown + step <= last:
        return None
    ways: list[str] = [
        control.get("custom_id", "") for control in page.controls if not control.get("disabled")
    ]
    return next(way for way in ways if re.match(rf"page:\d+:{shown + step}:", way))


if __name__ == "__main__":
    print(json.dumps(run(), indent=2, ensure_ascii=False))
