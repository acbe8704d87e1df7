"""How long a page turn takes: from a reaction's event leaving the gateway to the edit arriving at the API."""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench._bots import bare, fascicle
from bot.sandbox.people import Person
from bot.sandbox.seed import ADMIN, channel_id, many_guilds
from bot.sandbox.seen import Seen
from bot.sandbox.server import Sandbox
from bot.sandbox.trace import Record

POSTS = 10
PAGES = 6
WARM_UP = 10
IDLE_TURNS = 150
BUSY_TURNS = 100
TURNS_A_SECOND = 5

_PAGE_LENGTH = 3000
_PARAGRAPH = "The lamp at the end of the quay went out, and *nobody* saw who had done it. " * 6
_PATIENCE = 60.0

Row = dict[str, str | float]


def run() -> list[Row]:
    """The median and the 99th percentile, idle and at a steady rate; Fascicle, and beside it a bare discord.py."""
    rows = []
    for who, note in (("Fascicle", ""), ("bare discord.py", "pages in memory")):
        idle, busy = asyncio.run(_measure(who))
        for load, taken in (("idle post", idle), (f"{TURNS_A_SECOND} turns/s on {POSTS} posts", busy)):
            marks = statistics.quantiles(taken, n=100, method="inclusive")
            detail = f"{len(taken)} turns" + (f", {note}" if note else "")
            rows.append(_row(f"turn to edit, {load}, {who}, p50", marks[49], detail))
            rows.append(_row(f"turn to edit, {load}, {who}, p99", marks[98], detail))
    return rows


def _row(name: str, seconds: float, note: str) -> Row:
    return {"name": name, "value": seconds * 1000, "unit": "ms", "note": note}


async def _measure(who: str) -> tuple[list[float], list[float]]:
    """The seconds that turns took on an idle post, and at a steady rate on several."""
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox(port=0, seed=many_guilds(1, channels=POSTS), limits=False) as sandbox:
            menu = _fascicle if who == "Fascicle" else _bare
            async with menu(sandbox, Path(name)) as posts:
                turns = Turns(sandbox)
                for _ in range(WARM_UP):
                    await turns.idle(posts[0])
                idle = [await turns.idle(posts[0]) for _ in range(IDLE_TURNS)]
                return idle, await turns.busy(posts)


@asynccontextmanager
async def _fascicle(sandbox: Sandbox, folder: Path) -> AsyncIterator[list[Seen]]:
    """Posts of one chapter, each in a channel of its own."""
    chapters = folder / "content" / "the-quay" / "chapters"
    chapters.mkdir(parents=True)
    (chapters.parent / "story.yaml").write_text("title: The Quay\nrelease: {backlog: 1}\n", encoding="utf-8")
    text = "\n\n".join([_PARAGRAPH] * (PAGES * _PAGE_LENGTH // len(_PARAGRAPH)))
    (chapters / "001-out.md").write_text(text, encoding="utf-8")
    admin = sandbox.person(ADMIN)
    async with fascicle(sandbox, folder):
        await sandbox.until(lambda: list(sandbox.commands.everywhere()) and sandbox.hub.online, _PATIENCE)
        await asyncio.sleep(1)
        for number in range(POSTS):
            channel = channel_id(0, number)
            answer = await admin.invoke(
                channel, "/subscribe", story="the-quay", start="latest", wait=_PATIENCE
            )
            if answer.state != "done":
                raise RuntimeError(f"/subscribe came to nothing: {answer}")
        yield await _posts(admin, 3)


@asynccontextmanager
async def _bare(sandbox: Sandbox, folder: Path) -> AsyncIterator[list[Seen]]:
    """Posts of a menu that knows nothing but its pages."""
    page = (_PARAGRAPH * (_PAGE_LENGTH // len(_PARAGRAPH) + 1))[:_PAGE_LENGTH]
    pages = [f"{number}\n{page}" for number in range(PAGES)]
    channels = [channel_id(0, number) for number in range(POSTS)]
    async with bare(sandbox, folder, channels=channels, pages=pages):
        yield await _posts(sandbox.person(ADMIN), 2)


async def _posts(reader: Person, controls: int) -> list[Seen]:
    """Every channel's post, once all have their reactions."""
    channels = [channel_id(0, number) for number in range(POSTS)]
    return [
        await reader.sees(channel, lambda seen: len(seen.reactions) == controls, _PATIENCE)
        for channel in channels
    ]


class Turns:
    """Turns posts and takes the time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._reader = sandbox.person(ADMIN)
        self._waiting: dict[str, tuple[float, asyncio.Future[float]]] = {}
        self._steps: dict[int, Iterator[str]] = {}
        sandbox.trace.listen(self._noted)

    def _noted(self, record: Record) -> None:
        """An edit is noted when it was answered; it arrived `ms` before."""
        if record.kind != "request" or record.method != "PATCH" or record.path not in self._waiting:
            return
        started, taken = self._waiting.pop(record.path)
        taken.set_result(time.perf_counter() - record.ms / 1000 - started)

    def turn(self, post: Seen) -> asyncio.Future[float]:
        """React; the future has the seconds until the edit arrives. A post goes on and back by turns."""
        steps = self._steps.setdefault(post.id, itertools.cycle("▶◀"))
        taken: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[f"/channels/{post.channel_id}/messages/{post.id}"] = (time.perf_counter(), taken)
        self._reader.react(post, next(steps) + "\ufe0f")
        return taken

    async def idle(self, post: Seen) -> float:
        """Turn, and wait until the bot has nothing left to do for it."""
        taken = await asyncio.wait_for(self.turn(post), _PATIENCE)
        await self._sandbox.until(lambda: not self._reader.message(post).own_reactions)
        return taken

    async def busy(self, posts: list[Seen]) -> list[float]:
        """Turn one post after another at a steady rate, whether or not the last turns are done."""
        loop = asyncio.get_running_loop()
        began, taken = loop.time(), []
        for number, post in zip(range(BUSY_TURNS), itertools.cycle(posts), strict=False):
            await asyncio.sleep(began + number / TURNS_A_SECOND - loop.time())
            taken.append(self.turn(post))
        async with asyncio.timeout(_PATIENCE):
            return list(await asyncio.gather(*taken))


if __name__ == "__main__":
    print(json.dumps(run(), indent=2, ensure_ascii=False))
