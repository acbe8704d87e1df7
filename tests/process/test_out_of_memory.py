"""Too little memory is one line and exit code 2, wherever it runs out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.process.out_of_memory import OUT_OF_MEMORY, is_out_of_memory

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit on addresses")
def test_a_limit_that_is_too_small(tmp_path: Path) -> None:
    command = f"ulimit -v 90000; exec {sys.executable} -m bot run"
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "a.b.c"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (2, f"{OUT_OF_MEMORY}\n")


@pytest.mark.parametrize(
    ("error", "is_it"),
    [
        (MemoryError(), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (SystemError("<function f> returned NULL without setting an exception"), True),
        (SystemError("error return without exception set"), True),
        (SystemError("NULL result without error in PyObject_Call"), True),
        (SystemError("unknown opcode"), False),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("No module named x"), False),
        (OSError(28, "No space left on device"), False),
        (ValueError("cannot allocate memory"), False),
    ],
)
def test_what_says_that_there_is_none_left(error: Exception, *, is_it: bool) -> None:
    assert is_out_of_memory(error) is is_it
    led_to = KeyError("x")
    led_to.__cause__ = error
    assert is_out_of_memory(led_to) is is_it
