"""Every test of the command line runs in a folder of its own, without the developer's settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the work tree and its environment."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith(("FASCICLE_", "DISCORD_TOKEN")):
            monkeypatch.delenv(name)
