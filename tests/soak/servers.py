"""Databases for the soak test that can be taken away for a while: a PostgreSQL server of its own, or a SQLite file."""

from __future__ import annotations

import asyncio
import os
import pwd
import secrets
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest


class Database(Protocol):
    """A database and what can happen to it."""

    url: str

    async def away(self, seconds: float) -> None:
        """Nobody can use it for that long; then all is as it was."""
        ...


class File:
    """A SQLite file, which another program locks."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{secrets.token_hex(4)}.db"
        self.url = f"sqlite+aiosqlite:///{self._file}"

    async def away(self, seconds: float) -> None:
        """Hold the write lock, as a program that copies or repairs it does."""
        holding = sqlite3.connect(self._file, timeout=30, isolation_level=None)
        try:
            holding.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            holding.execute("ROLLBACK")
        finally:
            holding.close()


class Server:
    """A PostgreSQL server, whose processes are killed and started again."""

    def __init__(self, folder: Path, programs: Path, port: int) -> None:
        self._folder = folder
        self._programs = programs
        self._port = port
        self.url = f"postgresql+asyncpg://soak@127.0.0.1:{port}/postgres"

    async def away(self, seconds: float) -> None:
        """Stopped without a word to anybody, as by a power cut, and started after that long."""
        await self.stop()
        await asyncio.sleep(seconds)
        await self.start()

    async def create(self) -> None:
        """Make its files, and start it."""
        await self._run(
            "initdb", "--username=soak", "--auth=trust", "--no-sync", f"--pgdata={self._folder}/data"
        )
        await self.start()

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=16MB"
        await self._control("start", f"--log={self._folder}/log", f"--options={options}")

    async def stop(self) -> None:
        """End it at once."""
        await self._control("stop", "--mode=immediate")

    async def _control(self, what: str, *more: str) -> None:
        await self._run("pg_ctl", what, "--wait", f"--pgdata={self._folder}/data", *more)

    async def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to be root.
        user = "postgres" if os.geteuid() == 0 else None
        ran = await asyncio.create_subprocess_exec(
            self._programs / program,
            *arguments,
            user=user,
            cwd=self._folder,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert await ran.wait() == 0, program


def _programs() -> Path:
    """The folder with PostgreSQL's own programs.

    Raises:
        Skipped: there is none, or nobody whom it would run as.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in [shutil.which("initdb")] if path is not None
    ]
    if not found:
        pytest.skip("PostgreSQL's server is not installed")
    if os.geteuid() == 0 and "postgres" not in {each.pw_name for each in pwd.getpwall()}:
        pytest.skip("a PostgreSQL server does not run as root, and there is no user postgres")
    return found[-1].parent


@asynccontextmanager
async def database(folder: Path, dialect: str) -> AsyncIterator[Database]:
    """A database that can be taken away, on a file or on a server of its own."""
    if dialect == "sqlite":
        yield File(folder)
        return
    programs = _programs()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        if os.geteuid() == 0:
            shutil.chown(own, "postgres")
        server = Server(Path(own), programs, port)
        await server.create()
        try:
            yield server
        finally:
            await server.stop()
