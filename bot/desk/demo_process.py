"""The demo with the desk's own stories, as a program of its own that ends with the desk."""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from bot.content.subprocess_environment import worker_environment

COMMAND = (sys.executable, "-m", "bot", "demo")
_PATIENCE = 90.0
"""Seconds that a demo may take until it is ready; on a busy machine it needs some."""

_LEAVE = 10.0
"""Seconds that it has to end by itself."""

_LINES = 6
"""Lines of what it complains of that are told, the last ones."""

_URL = re.compile(rb"http://[^\s\"]++")


class DemoFailure(Exception):
    """The demo did not start; the message is a sentence for people."""


class DemoProcess:
    """Starts the demo when it is wanted, at a free port; there is one at most."""

    def __init__(
        self, content: Path, command: Sequence[str] = COMMAND, *, patience: float = _PATIENCE
    ) -> None:
        self._command = (*command, "--content", str(content.resolve()), "--no-browser", "--port", "0")
        self._patience = patience
        self._starting: asyncio.Task[str] | None = None
        self._process: Process | None = None
        self._readers: list[asyncio.Task[None]] = []
        self._complaints: deque[str] = deque(maxlen=_LINES)

    async def start(self) -> str:
        """Return the address of the demo's page, once it is ready; one that runs already is taken.

        Raises:
            DemoFailure: it ended before it was ready, or took too long.
        """
        if self._starting is None or not self._goes_on(self._starting):
            self._starting = asyncio.create_task(self._start(), name="start of the demo")
        # Whoever asks may go away; the next one gets what was begun.
        return await asyncio.shield(self._starting)

    async def close(self) -> None:
        """End the demo, if there is one."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        await self._end()

    def _goes_on(self, starting: asyncio.Task[str]) -> bool:
        if not starting.done():
            return True
        failed = starting.cancelled() or starting.exception() is not None
        return not failed and self._process is not None and self._process.returncode is None

    async def _start(self) -> str:
        await self._end()
        self._complaints.clear()
        try:
            process = self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                env=worker_environment(),
            )
        except OSError as error:
            raise DemoFailure(f"The demo cannot be started: {error.strerror or error}.") from error
        assert process.stdout is not None
        assert process.stderr is not None
        complaining = asyncio.create_task(self._note(process.stderr), name="complaints of the demo")
        self._readers = [complaining]
        try:
            async with asyncio.timeout(self._patience):
                url = await _find_url(process.stdout)
                if url is None:
                    await complaining
        except TimeoutError:
            await self._end()
            raise DemoFailure("The demo takes too long to start. Try it again in a moment.") from None
        if url is None:
            await self._end()
            raise DemoFailure(self._reason())
        # Its output is read to the end, else it would stand still once the pipe is full.
        self._readers.append(asyncio.create_task(_drain(process.stdout), name="output of the demo"))
        return url

    def _reason(self) -> str:
        told = " ".join(self._complaints)
        return f"The demo did not start. {told or 'Try it again in a moment.'}"

    async def _note(self, stream: asyncio.StreamReader) -> None:
        while line := await _read_line(stream):
            if text := line.decode("utf-8", "replace").strip():
                self._complaints.append(text[:400])

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _LEAVE)
            except TimeoutError:
                process.kill()
                await process.wait()
        readers, self._readers = self._readers, []
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def _find_url(stream: asyncio.StreamReader) -> str | None:
    while line := await _read_line(stream):
        if found := _URL.search(line):
            return found[0].decode("utf-8", "replace")
    return None


async def _drain(stream: asyncio.StreamReader) -> None:
    while await stream.read(1 << 16):
        pass


async def _read_line(stream: asyncio.StreamReader) -> bytes:
    """Return the next line, or the beginning of one that is too long for a line; nothing at the end."""
    try:
        return await stream.readuntil()
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError:
        return await stream.read(1 << 12)
