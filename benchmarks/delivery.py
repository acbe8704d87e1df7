"""Delivery of one chapter to two thousand channels within Discord's limits, while readers turn pages elsewhere.

The bot is the real one in a process of its own; the sandbox and the readers are in this one. BENCH_SMALL=1 takes a
tenth of the channels, for a quick look.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import psutil
import yaml
from discord_sandbox.seed import ADMIN, channel_id, guild_id, many_guilds
from discord_sandbox.server import Sandbox
from discord_sandbox.trace import Record

from bot.clock import SystemClock, stopwatch
from bot.content.content_folder import ContentFolder
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.delivery_planning import plan_deliveries
from bot.services.releases.content_sync import ContentSync
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from bot.store.subscriptions.subscription_records import NewSubscription

CHANNELS = 200 if os.environ.get("BENCH_SMALL") else 2000
TURNED = 100
"""Other channels, whose posts are being read."""

RATE = 40
TURNS = 5
"""Page turns a second."""

UNLIMITED = 1000
FANNED, READ = "the-lamp", "the-tide"
_READY = timedelta(seconds=8 + CHANNELS / 100)
"""Time from the bot's start to the slot, in which it connects and posts the story that will be read."""

_SENTENCE = "The lamp stood in the window, and whoever passed looked up at it and *wondered*. "
PAGE = "\n\n".join(_SENTENCE * 6 for _ in range(5))


def run() -> list[dict[str, str | float]]:
    """Return the pace within Discord's limits, and the cost of a post without them."""
    limited = asyncio.run(_fan_out(RATE, limits=True))
    free = asyncio.run(_fan_out(UNLIMITED, limits=False))
    return [*_pace_rows(limited), *_cost_rows(free)]


# --- the stage -------------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """Observations of one fan-out, in seconds on the stopwatch."""

    slot: float = 0.0
    posts: list[float] = field(default_factory=list)
    refused_posts: int = 0
    refused: int = 0
    turned: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    cpu: float = 0.0
    bare: float = 0.0
    memory: float = 0.0

    def note(self, record: Record) -> None:
        """Take note of one record of the sandbox's trace."""
        if record.kind != "request":
            return
        posts = record.method == "POST" and record.path.endswith("/messages")
        if record.status == 429:
            self.refused += 1
            self.refused_posts += posts
        elif posts and self.slot:
            self.posts.append(stopwatch())
        elif record.method == "PATCH" and record.path in self.turned:
            self.waits.append(stopwatch() - self.turned.pop(record.path))


async def _fan_out(rate: int, *, limits: bool) -> Watch:
    watch = Watch()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed = many_guilds(CHANNELS + TURNED)
        if not limits:
            # In a sandbox of its own: the bot looks through channels that have posts of its own it does not know.
            async with Sandbox(port=0, limits=limits, seed=seed) as sandbox:
                watch.bare = await _bare(sandbox)
        async with Sandbox(port=0, limits=limits, seed=seed) as sandbox:
            sandbox.trace.listen(watch.note)
            slot = datetime.now(UTC) + _READY
            await _set_up(folder, sandbox, slot)
            async with _bot(folder, sandbox, rate) as process:
                await _wait_until(lambda: len(_posts_to_turn(sandbox)) == TURNED, _READY.total_seconds())
                await asyncio.sleep((slot - datetime.now(UTC)).total_seconds() - 0.2)
                watch.slot = stopwatch() + (slot - datetime.now(UTC)).total_seconds()
                before = process.cpu_times()
                readers = asyncio.create_task(_turn_pages(sandbox, watch)) if limits else None
                await _wait_until(lambda: len(watch.posts) >= CHANNELS, 60 + 2 * CHANNELS / rate)
                after = process.cpu_times()
                watch.cpu = (after.user + after.system - before.user - before.system) / CHANNELS
                watch.memory = process.memory_info().rss / 2**20
                if readers is not None:
                    readers.cancel()
    return watch


async def _set_up(folder: Path, sandbox: Sandbox, slot: datetime) -> None:
    """Write configuration and stories, and subscribe every channel."""
    database = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    settings = {
        "discord": {"api_url": sandbox.api_url, "gateway_url": sandbox.gateway_url},
        "database": {"url": database},
        "content": {"path": str(folder / "content"), "reload": False},
        "http": {"port": 0},
        "log": {"level": "info"},
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    _write_story(folder, FANNED, f"---\npublish_at: {slot.isoformat()}\n---\n# One\n\n", backlog=0)
    _write_story(folder, READ, "# One\n\n", backlog=1)
    store = await Database.open(database)
    try:
        library, clock = ContentFolder(folder / "content"), SystemClock()
        await library.load()
        await ContentSync(store, PublishableContent(library, store, clock), clock).sync()
        async with store.begin() as tx:
            for number in range(CHANNELS + TURNED):
                await tx.subscriptions.add(
                    NewSubscription(
                        story=FANNED if number < CHANNELS else READ,
                        guild_id=guild_id(number),
                        channel_id=channel_id(number),
                        user_id=None,
                        created_by=ADMIN,
                        created_at=clock.now(),
                        place=0,
                        options=SubscriptionOptions(),
                    )
                )
            told = library.serials()[READ].story
            await plan_deliveries(
                tx,
                told,
                await tx.subscriptions.list_by_story(READ),
                clock.now(),
                gap=timedelta(0),
            )
    finally:
        await store.close()


def _write_story(folder: Path, slug: str, head: str, *, backlog: int) -> None:
    story = folder / "content" / slug
    (story / "chapters").mkdir(parents=True)
    about = {"title": slug, "authors": [{"name": "Ada"}], "release": {"backlog": backlog, "timezone": "UTC"}}
    (story / "story.yaml").write_text(yaml.safe_dump(about), encoding="utf-8")
    pages = "\n\n".join([PAGE] * 8)
    (story / "chapters" / "001.md").write_text(head + pages, encoding="utf-8")


@asynccontextmanager
async def _bot(folder: Path, sandbox: Sandbox, rate: int) -> AsyncIterator[psutil.Process]:
    with (folder / "log.txt").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "benchmarks._bot", str(folder / "config.yaml"), str(rate)),
            env=os.environ | {"DISCORD_TOKEN": sandbox.bot_token},
            stdout=log,
            stderr=log,
        )
    try:
        yield psutil.Process(process.pid)
    except TimeoutError:
        print((folder / "log.txt").read_text(encoding="utf-8")[-3000:], file=sys.stderr)
        raise
    finally:
        process.kill()
        await process.wait()


async def _bare(sandbox: Sandbox) -> float:
    """Return the CPU seconds per post of a bare loop of sends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks._bare_client", sandbox.api_url, sandbox.bot_token),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    channels = " ".join(str(channel_id(number)) for number in range(CHANNELS))
    said, _ = await process.communicate(f"{channels}\n{PAGE}".encode())
    return float(said)


# --- the readers -----------------------------------------------------------------------------------------------------


def _posts_to_turn(sandbox: Sandbox) -> list[tuple[int, int]]:
    """Return channel and message of the posts in the other channels."""
    channels = (channel_id(number) for number in range(CHANNELS, CHANNELS + TURNED))
    return [
        (channel, message) for channel in channels for message in sandbox.world.channels[channel].messages
    ]


async def _turn_pages(sandbox: Sandbox, watch: Watch) -> None:
    """Turn pages at a steady rate, in one channel after another."""
    reader, posts, number = sandbox.person(ADMIN), _posts_to_turn(sandbox), 0
    started = stopwatch()
    while True:
        channel, message = posts[number % len(posts)]
        watch.turned[f"/channels/{channel}/messages/{message}"] = stopwatch()
        post = reader.view(reader.find(channel, message))
        # Where the bot had no time yet to take the reaction back, taking it back oneself turns the page.
        (reader.unreact if "▶️" in post.own_reactions else reader.react)(post, "▶️")
        number += 1
        await asyncio.sleep(max(0.0, started + number / TURNS - stopwatch()))


async def _wait_until(met: object, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not met():  # type: ignore[operator]  # noqa: ASYNC110 - the sandbox tells of nothing so small
            await asyncio.sleep(0.05)


# --- the rows --------------------------------------------------------------------------------------------------------


def _row(name: str, value: float, unit: str, note: str = "") -> dict[str, str | float]:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _pace_rows(watch: Watch) -> list[dict[str, str | float]]:
    best = CHANNELS / RATE
    waits = [wait * 1000 for wait in watch.waits]
    return [
        _row(f"{CHANNELS} channels: first post after its slot", watch.posts[0] - watch.slot, "s", "limit 1"),
        _row(
            f"{CHANNELS} channels: last post after its slot",
            watch.posts[-1] - watch.slot,
            "s",
            f"limit {1.05 * best:g}, {best:g} at {RATE} a second",
        ),
        _row("posts refused with 429", watch.refused_posts, "", "limit 0"),
        _row("other requests refused with 429", watch.refused - watch.refused_posts, ""),
        _row("pages turned meanwhile", len(waits), "", f"{len(watch.turned)} not shown at the end"),
        _row("a turn waits, median", quantiles(waits, n=100)[49], "ms"),
        _row("a turn waits, p99", quantiles(waits, n=100)[98], "ms", "limit 250"),
        _row("the bot's memory", watch.memory, "MiB"),
    ]


def _cost_rows(watch: Watch) -> list[dict[str, str | float]]:
    rate = CHANNELS / (watch.posts[-1] - watch.slot)
    return [
        _row("without limits: posts", rate, "posts/s"),
        _row("CPU a post", watch.cpu * 1000, "ms"),
        _row("CPU a post, bare discord.py loop", watch.bare * 1000, "ms"),
        _row("CPU a post, times the bare loop's", watch.cpu / watch.bare, "", "limit 2.5"),
    ]


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<58}{row['value']:>12,.2f}  {row['unit']:<8}{row['note']}")
