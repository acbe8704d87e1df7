"""The container image, which holds the bot alone: commands that need the sandbox say so in one line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.test_check import ROOT

HIDDEN = """
import sys
sys.modules["discord_sandbox"] = None
from bot.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("command", "instead"), [("demo", "make demo"), ("sandbox", "pip install ./sandbox")]
)
def test_a_command_that_needs_the_sandbox_names_the_way_to_it(command: str, instead: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert "not part of the container image" in lines[0]
    assert instead in lines[0]


@pytest.mark.parametrize("command", ["check", "run"])
def test_the_other_commands_do_without_it(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, command, "--help"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
