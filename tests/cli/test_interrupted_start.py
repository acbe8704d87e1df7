"""Ctrl-C while the commands are still being loaded."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.cli.terminals import ROOT

INTERRUPTED = """
import sys

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "bot.cli.check":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from bot.__main__ import main
main()
"""


def test_it_is_a_word_and_no_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "check"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "Stopped.\n")
