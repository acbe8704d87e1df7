"""A pool of worker processes sharing a pile of page jobs."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress

from bot.content.prerender.page_codec import PageJob
from bot.content.prerender.worker import LENGTH
from bot.content.subprocess_environment import worker_environment

_log = logging.getLogger(__name__)

_WORKER = "bot.content.prerender.worker"

_LOSSES_MOST = 3
"""Workers that are started in place of lost ones: where they cannot live, it is no use to go on."""

Taker = Callable[[bytes, bytes], Awaitable[None]]
"""Takes a sheet's key and its packed pages."""


class WorkerLost(Exception):
    """A worker process ended early."""


async def run_workers(pile: Mapping[bytes, PageJob], hands: int, take: Taker) -> None:
    """Render the pages of all jobs in `hands` processes, which end when this returns or is cancelled.

    A job that kills its worker is skipped with a line in the log: that chapter is rendered when it is opened.
    """
    rest = iter(pile.items())
    async with asyncio.TaskGroup() as group:
        for _ in range(min(hands, len(pile))):
            group.create_task(_work(rest, take))


def available_workers() -> int:
    """Return how many processes this machine can run at once for us."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


async def _work(rest: Iterator[tuple[bytes, PageJob]], take: Taker) -> None:
    lost = 0
    while lost < _LOSSES_MOST:
        try:
            async with _worker() as process:
                for key, sheet in rest:
                    await take(key, await _made(process, sheet))
                return
        except (WorkerLost, OSError) as error:
            lost += 1
            _log.warning("a worker was lost: %s", error, extra={"action": "worker_lost"})


async def _made(process: asyncio.subprocess.Process, sheet: PageJob) -> bytes:
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(sheet.packed() + b"\n")
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
        return await process.stdout.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        if await process.wait() == -signal.SIGKILL:
            raise WorkerLost("it was killed, as a system does that runs out of memory") from error
        raise WorkerLost("its process ended") from error


@asynccontextmanager
async def _worker() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        _WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=worker_environment(),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            # Not by its `kill`: that looks for its end first, and may so take the news from asyncio, which waits.
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
        await process.wait()
