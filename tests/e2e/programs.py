"""`fascicle` as a process of its own, and all that it says."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]

_POLL = 0.02
_PATIENCE = 30.0
"""Seconds until a process must have done what is waited for, on the slowest machine that tests run on."""

_OWN = ("FASCICLE_", "DISCORD_")


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would configure a bot, with `more` on top."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_OWN)}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


class Program:
    """A running `fascicle`. `out` and `err` are what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = {"out": "", "err": ""}
        assert process.stdout is not None
        assert process.stderr is not None
        self._readers = [
            asyncio.create_task(self._read("out", process.stdout)),
            asyncio.create_task(self._read("err", process.stderr)),
        ]

    @classmethod
    async def start(cls, *arguments: str, folder: Path, **environ: str) -> Program:
        """Start `fascicle` with these arguments in that folder, in which it also keeps what it could make anew."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *arguments),
            cwd=folder,
            env=environment(**{"XDG_CACHE_HOME": str(folder / "cache"), **environ}),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return cls(process)

    async def _read(self, stream: str, pipe: asyncio.StreamReader) -> None:
        while chunk := await pipe.readline():
            self._said[stream] += chunk.decode()

    @property
    def out(self) -> str:
        """What it wrote to stdout."""
        return self._said["out"]

    @property
    def err(self) -> str:
        """What it wrote to stderr: the log and the faults."""
        return self._said["err"]

    @property
    def lines(self) -> list[str]:
        """The lines of stderr."""
        return self.err.splitlines()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.returncode is None

    async def says(self, text: str, times: int = 1) -> None:
        """Wait until it has said something, on either stream.

        Raises:
            AssertionError: it ended, or the time did, before that.
        """
        try:
            async with asyncio.timeout(_PATIENCE):
                while (self.out + self.err).count(text) < times:
                    assert self.running, f"it ended without {text!r}:\n{self.out}{self.err}"
                    await asyncio.sleep(_POLL)
        except TimeoutError:
            raise AssertionError(f"it never said {text!r}:\n{self.out}{self.err}") from None

    async def ended(self) -> int:
        """Wait for its end, and return its exit code."""
        async with asyncio.timeout(_PATIENCE):
            await self._process.wait()
            await asyncio.gather(*self._readers)
        assert self._process.returncode is not None
        return self._process.returncode

    def send(self, name: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(name)

    async def stop(self, name: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, and return its exit code."""
        self.send(name)
        return await self.ended()

    async def kill(self) -> None:
        """End it whatever it does."""
        if self.running:
            self._process.kill()
        await self.ended()


class Programs:
    """Starts processes of `fascicle` in one folder, and at the end looks at everything they have said."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[Program] = []
        self._tokens: set[str] = set()

    async def start(self, *arguments: str, folder: Path | None = None, **environ: str) -> Program:
        """Start `fascicle` with these arguments, with `environ` in its environment."""
        self._tokens |= {value for key, value in environ.items() if key == "DISCORD_TOKEN" and value.strip()}
        program = await Program.start(*arguments, folder=folder or self._folder, **environ)
        self._started.append(program)
        return program

    async def run(self, *arguments: str, **environ: str) -> tuple[int, Program]:
        """Start `fascicle`, and wait for its end."""
        program = await self.start(*arguments, **environ)
        return await program.ended(), program

    async def clean_up(self) -> None:
        """End what still runs. No process has shown a traceback, and none its token."""
        for program in self._started:
            await program.kill()
        for program in self._started:
            said = program.out + program.err
            assert "Traceback" not in said, said
            assert not any(token in said for token in self._tokens), "a token was shown"


@asynccontextmanager
async def programs_in(folder: Path) -> AsyncIterator[Programs]:
    """A folder's processes, ended at the end."""
    programs = Programs(folder)
    try:
        yield programs
    finally:
        await programs.clean_up()


async def answer(url: str) -> tuple[int, str]:
    """Status and text of a page; status 0 while nobody listens."""
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return response.status, await response.text()
    except aiohttp.ClientError:
        return 0, ""


async def answers_200(url: str, program: Program) -> None:
    """Wait until a page of that program answers 200.

    Raises:
        AssertionError: the program ended, or the time did, before that.
    """
    status, said = 0, ""
    try:
        async with asyncio.timeout(_PATIENCE):
            while status != 200:
                assert program.running, f"it ended:\n{program.err}"
                status, said = await answer(url)
                await asyncio.sleep(_POLL)
    except TimeoutError:
        raise AssertionError(f"{url} last answered {status} {said!r}:\n{program.err}") from None
