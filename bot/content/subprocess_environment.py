"""Environment of subprocesses: what they need to run this same code, and none of the bot's secrets."""

from __future__ import annotations

import os
from pathlib import Path

import bot

_NEEDED = (
    *("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "VIRTUAL_ENV"),
    *("SYSTEMROOT", "TEMP", "TMP"),
)
"""Variables that an interpreter may need to start."""


def worker_environment() -> dict[str, str]:
    """Return the environment of a subprocess, free of the bot's secrets: no token, no database password."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ} | {"PYTHONPATH": import_path()}


def import_path() -> str:
    """Return an import path to this same code, whatever folder the bot was started in."""
    home = str(Path(bot.__file__).parents[1])
    return os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
