"""Memory of the bot, and the time until it serves.

Memory with one server, with a thousand and with ten thousand full ones, and after a hundred thousand events;
and the time until it serves. Beside it a discord.py client with its defaults in the same servers.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import signal
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from discord_sandbox.seed import ADMIN, channel_id, many_guilds
from discord_sandbox.server import Sandbox

from benchmarks._bot_processes import READY, free_port, is_ready, run_bare_client, run_fascicle
from benchmarks._full_guilds import CHANNELS, EMOJI, ROLES, events, full_guilds

GUILDS = (1000, 10_000)
WARM_UP = 10_000
EVENTS = 100_000
ANSWERS = 1000

_BATCH = 1000
_SETTLE = 1.0
_POLL = 0.02
_QUIET = 10
_PATIENCE = 600.0
_MIB = 2**20
_KIB = 2**10

Row = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class Taken:
    """Resident memory in bytes.

    At rest, after the first events (which fill what is kept of the latest), and after all of them; and
    seconds from the start of the process until it was ready.
    """

    memory: int
    warm: int
    after: int
    start: float


def run() -> list[Row]:
    """Return rows for Fascicle, for a discord.py client with its defaults, and for the ratio of their growth."""
    rows: list[Row] = []
    growth: dict[tuple[str, int], float] = {}
    for who, measure in (("Fascicle", _fascicle), ("discord.py's defaults", _bare)):
        one = asyncio.run(_measured(1, 0, measure))
        rows.append(_row(f"memory at rest, 1 server, {who}", one.memory / _MIB, "MiB", "resident, after gc"))
        for guilds in GUILDS:
            taken = asyncio.run(_measured(guilds, EVENTS if guilds == GUILDS[-1] else 0, measure))
            growth[who, guilds] = taken.memory - one.memory
            rows += _rows(who, guilds, taken, growth[who, guilds])
    for guilds in GUILDS:
        share = growth["Fascicle", guilds] / growth["discord.py's defaults", guilds] * 100
        rows.append(
            _row(
                f"growth beside discord.py's, {guilds:,} servers",
                share,
                "%",
                "limit 10; the process's own share",
            )
        )
    return rows


def _rows(who: str, guilds: int, taken: Taken, growth: float) -> list[Row]:
    servers = f"{CHANNELS} channels, {ROLES} roles, {EMOJI} emoji each"
    rows = [
        _row(f"memory at rest, {guilds:,} servers, {who}", taken.memory / _MIB, "MiB", servers),
        _row(f"memory a server, {guilds:,} servers, {who}", growth / (guilds - 1) / _KIB, "KiB", servers),
        _row(
            f"start to ready, {guilds:,} servers, {who}",
            taken.start,
            "s",
            "most of it discord.py's own waits",
        ),
    ]
    if taken.after:
        first, rest = (taken.warm - taken.memory) / _MIB, (taken.after - taken.warm) / _MIB
        rows += [
            _row(f"growth over the first {WARM_UP:,} events, {who}", first, "MiB", f"{guilds:,} servers"),
            _row(f"growth over {EVENTS:,} more events, {who}", rest, "MiB", f"{guilds:,} servers"),
        ]
    return rows


def _row(name: str, value: float, unit: str, note: str) -> Row:
    return {"name": name, "value": value, "unit": unit, "note": note}


Measure = Callable[[Sandbox, Path, int, int], Awaitable[Taken]]


async def _measured(guilds: int, count: int, measure: Measure) -> Taken:
    with tempfile.TemporaryDirectory() as name, full_guilds():
        async with Sandbox(port=0, seed=many_guilds(guilds), limits=False) as sandbox:
            return await measure(sandbox, Path(name), guilds, count)


async def _fascicle(sandbox: Sandbox, folder: Path, guilds: int, count: int) -> Taken:
    port = free_port()
    started = time.perf_counter()
    async with run_fascicle(sandbox, folder, port=port) as process:

        async def answers() -> None:
            reader = sandbox.person(ADMIN)
            for _ in range(ANSWERS):
                await reader.invoke(channel_id(0), "/library", wait=_PATIENCE)

        took = await _ready(process, started, lambda: is_ready(port))
        at_rest = await _memory(process)
        warm, after = await _stirred(sandbox, process, guilds, count, answers)
    return Taken(at_rest, warm, after, took)


async def _bare(sandbox: Sandbox, folder: Path, guilds: int, count: int) -> Taken:
    started = time.perf_counter()
    async with run_bare_client(sandbox, folder) as process:

        async def serves() -> bool:
            return bool(sandbox.hub.presence()["activity"] == READY)

        async def nothing() -> None:
            """Do nothing: the bare client has no commands."""

        took = await _ready(process, started, serves)
        at_rest = await _memory(process)
        warm, after = await _stirred(sandbox, process, guilds, count, nothing)
    return Taken(at_rest, warm, after, took)


Process = asyncio.subprocess.Process


async def _ready(process: Process, started: float, serves: Callable[[], Awaitable[bool]]) -> float:
    async with asyncio.timeout(_PATIENCE):
        while process.returncode is None:
            if await serves():
                break
            await asyncio.sleep(_POLL)
    return time.perf_counter() - started


async def _stirred(
    sandbox: Sandbox, process: Process, guilds: int, count: int, answers: Callable[[], Awaitable[None]]
) -> tuple[int, int]:
    """Return the memory after the first events and after `count` more, each with answers; zero if the process ended."""
    if not count or process.returncode is not None:
        return 0, 0
    marks: list[int] = []
    coming = events(guilds, WARM_UP + count)
    for more in (WARM_UP, count):
        for number, (guild, name, text) in enumerate(itertools.islice(coming, more)):
            for session in sandbox.hub.sessions:
                if session.serves(guild):
                    session.dispatch(name, text)
            if number % _BATCH == _BATCH - 1:
                await _idle(process)
        await answers()
        marks.append(await _memory(process))
    return marks[0], marks[1]


async def _memory(process: Process) -> int:
    """Return the resident bytes once the process is idle and its garbage is collected.

    A process that has ended is told of, with what it said, by whoever started it.
    """
    await asyncio.sleep(_SETTLE)
    await _idle(process)
    if process.returncode is not None:
        return 0
    process.send_signal(signal.SIGUSR1)
    await asyncio.sleep(_SETTLE)
    return int(psutil.Process(process.pid).memory_info().rss)


async def _idle(process: Process) -> None:
    """Wait until the process has used hardly any CPU time for a while, or has ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        seen = psutil.Process(process.pid)
        quiet, before = 0, sum(seen.cpu_times()[:2])
        async with asyncio.timeout(_PATIENCE):
            while process.returncode is None and quiet < _QUIET:
                await asyncio.sleep(_POLL)
                now = sum(seen.cpu_times()[:2])
                quiet, before = quiet + 1 if now - before <= _POLL / 2 else 0, now


if __name__ == "__main__":
    print(json.dumps(run(), indent=2, ensure_ascii=False))
