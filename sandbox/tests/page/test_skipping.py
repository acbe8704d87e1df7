"""A machine without a browser: the page's tests say why they are skipped."""

from __future__ import annotations

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from .browser import MISSING

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
async def test_without_a_browser_the_reason_is_told(tmp_path: Path) -> None:
    arguments = ["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "sandbox/tests/page/test_markdown.py"]
    environ = os.environ | {"PATH": str(tmp_path)}
    process = await create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, env=environ, stdout=PIPE)
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert MISSING in output.decode()
    assert "passed" not in output.decode()
