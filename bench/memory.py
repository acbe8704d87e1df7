"""What the bot takes at rest: memory with one server and with a thousand, and the time until it serves."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bench._bots import READY, bare, fascicle
from bot.sandbox.seed import many_guilds
from bot.sandbox.server import Sandbox

MANY = 1000
CHANNELS = 20

_SETTLE = 1.0
_POLL = 0.02
_PATIENCE = 60.0
_MIB = 2**20
_KIB = 2**10

Row = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class Taken:
    """Resident memory at rest in bytes, and seconds from the start of the process until it was ready."""

    memory: int
    start: float


def run() -> list[Row]:
    """Fascicle, and beside it a discord.py client with its defaults, in the same servers."""
    rows: list[Row] = []
    for who, measure in (("Fascicle", _fascicle), ("discord.py's defaults", _bare)):
        one, many = asyncio.run(_measured(1, measure)), asyncio.run(_measured(MANY, measure))
        servers = f"{CHANNELS} channels each"
        growth = (many.memory - one.memory) / (MANY - 1) / _KIB
        rows += [
            _row(f"memory at rest, 1 server, {who}", one.memory / _MIB, "MiB", "resident, after gc"),
            _row(f"memory at rest, {MANY:,} servers, {who}", many.memory / _MIB, "MiB", servers),
            _row(f"memory a server, {who}", growth, "KiB", servers),
            _row(
                f"start to ready, {MANY:,} servers, {who}", many.start, "s", "2 s of it discord.py's own wait"
            ),
        ]
    return rows


def _row(name: str, value: float, unit: str, note: str) -> Row:
    return {"name": name, "value": value, "unit": unit, "note": note}


async def _measured(guilds: int, measure: Callable[[Sandbox, Path], Awaitable[Taken]]) -> Taken:
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox(port=0, seed=many_guilds(guilds, channels=CHANNELS), limits=False) as sandbox:
            return await measure(sandbox, Path(name))


async def _fascicle(sandbox: Sandbox, folder: Path) -> Taken:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    started = time.perf_counter()
    async with fascicle(sandbox, folder, port=port) as process, aiohttp.ClientSession() as http:

        async def serves() -> bool:
            try:
                async with http.get(f"http://127.0.0.1:{port}/readyz") as response:
                    return bool(response.status == 200)
            except aiohttp.ClientError:
                return False

        return await _taken(process, started, serves)


async def _bare(sandbox: Sandbox, folder: Path) -> Taken:
    started = time.perf_counter()
    async with bare(sandbox, folder) as process:

        async def serves() -> bool:
            return bool(sandbox.hub.presence()["activity"] == READY)

        return await _taken(process, started, serves)


async def _taken(
    process: asyncio.subprocess.Process, started: float, serves: Callable[[], Awaitable[bool]]
) -> Taken:
    async with asyncio.timeout(_PATIENCE):
        while process.returncode is None:
            if await serves():
                break
            await asyncio.sleep(_POLL)
    took = time.perf_counter() - started
    await asyncio.sleep(_SETTLE)
    if process.returncode is None:
        process.send_signal(signal.SIGUSR1)
    await asyncio.sleep(_SETTLE)
    # A process that has ended is told of, with what it said, by whoever started it.
    return Taken(psutil.Process(process.pid).memory_info().rss if process.returncode is None else 0, took)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2, ensure_ascii=False))
