"""A PostgreSQL server of a test's own, which it may stop and start."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

_USER = "postgres"


class Server:
    """A PostgreSQL server on loopback, with one empty database."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self._port = int(taken.getsockname()[1])
        self._run("initdb", "-D", "data", "-U", "fascicle", "-A", "trust", "-N")

    @property
    def url(self) -> str:
        """Its database."""
        return f"postgresql+asyncpg://fascicle@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it; returns when it takes connections."""
        options = f"-p {self._port} -k {self._folder} -h 127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", options)

    def stop(self) -> None:
        """Stop it as a crash would: whoever is connected is cut off."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            command = ["setpriv", "--reuid", _USER, "--regid", _USER, "--clear-groups", *command]
        subprocess.run(command, cwd=self._folder, check=True, stdout=subprocess.DEVNULL, timeout=60)


def _binaries() -> Path | None:
    """Where PostgreSQL's own programs are."""
    found = shutil.which("pg_ctl")
    if found is not None:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that runs."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("there are no programs of a PostgreSQL server here (initdb, pg_ctl)")
    folder = Path("/tmp") / f"fascicle-server-{os.getpid()}-{tmp_path_factory.mktemp('server').name}"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, _USER, _USER)
    one = Server(binaries, folder)
    one.start()
    try:
        yield one
    finally:
        try:
            one.stop()
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(folder)
