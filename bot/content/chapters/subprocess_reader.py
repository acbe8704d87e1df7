"""Reading large chapters in a subprocess, which can be ended when it takes too long; a thread cannot.

Reading is linear, but a large chapter that is all markup may take minutes. This module is the subprocess's
program as well: it gets a path and writes the pickled result.
"""

from __future__ import annotations

import logging
import pickle
import signal
import subprocess
import sys
from pathlib import Path

from bot.content.chapters.chapter_file import ChapterFile, read_chapter
from bot.content.files.directory_scan import printable_path
from bot.content.subprocess_environment import worker_environment
from bot.domain.diagnostics import Diagnostic

_log = logging.getLogger(__name__)

LARGE = 256 * 1024
"""Bytes above which a chapter is read in a process of its own. The slowest text of that size takes some ten seconds,
and few chapters are larger; to start a process takes half a second."""

PATIENCE = 15.0
"""Seconds that the process has. The largest chapter of plain prose takes less than one, as its start does."""

_PROGRAM = "bot.content.chapters.subprocess_reader"


def read_in_subprocess(
    path: Path, chapters: Path | None = None
) -> tuple[ChapterFile | None, list[Diagnostic]]:
    """Read a chapter as `read_chapter` does; one that takes longer than `PATIENCE` is at fault."""
    command = [sys.executable, "-P", "-m", _PROGRAM, str(path), str(chapters or path.parent)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            env=worker_environment(),
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None, [_fault(path, "this chapter takes too long to read")]
    except (subprocess.CalledProcessError, OSError) as error:
        # Most likely the system ran out of memory over it.
        _log.warning(
            "%s could not be read: %s", printable_path(path), error, extra={"action": "chapter_not_read"}
        )
        return None, [_fault(path, "this chapter could not be read: the process that read it ended")]
    file, faults = pickle.loads(done.stdout)  # our own program's
    return file, faults


def _fault(path: Path, problem: str) -> Diagnostic:
    return Diagnostic(
        printable_path(path), 0, problem, "Part it into several files, and look for long rows of signs in it."
    )


def main() -> None:
    """Read the chapter named by the first argument, below the folder of chapters named by the second."""
    # Ctrl-C in a terminal reaches every process there; it is the bot that decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.buffer.write(pickle.dumps(read_chapter(*map(Path, sys.argv[1:]))))


if __name__ == "__main__":
    main()
