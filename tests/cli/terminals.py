"""A command at a terminal of its own, with somebody who answers it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds until a terminal on which nothing more comes is given up."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*+[A-Za-z]")


class Terminal:
    """A command that runs at a terminal."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self._process, self._screen = process, screen
        self.raw = ""
        """All that was shown, with its control sequences."""

    @property
    def shown(self) -> str:
        """All that was shown, as letters."""
        return _ESCAPES.sub("", self.raw).replace("\r", "")

    def wait_for(self, words: str, after: int = 0) -> int:
        """Read until the words are shown beyond `after`; return where they end."""
        while (found := self.shown.find(words, after)) < 0:
            assert self._read(), f"{words!r} was not shown: {self.shown[-3000:]}"
        return found + len(words)

    def type(self, keys: str) -> None:
        """Type something."""
        os.write(self._screen, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def end(self) -> int:
        """Read to the end; return the exit code."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], PATIENCE)
        if not ready:
            return False
        try:
            data = os.read(self._screen, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        self.raw += data.decode(errors="replace")
        return bool(data)


@contextmanager
def terminal(*words: str | Path, cwd: Path, columns: int = 100) -> Iterator[Terminal]:
    """Run `python -m bot` at a terminal of that width."""
    screen, keyboard = pty.openpty()
    fcntl.ioctl(keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        start_new_session=True,
    )
    os.close(keyboard)
    try:
        yield Terminal(process, screen)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
        os.close(screen)
