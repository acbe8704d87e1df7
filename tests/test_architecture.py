"""The rules that keep the house in order: one clock, no surprises at import, no layer breached (see also lint)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))

CLOCK_READINGS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "monotonic"),
    ("time", "perf_counter"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("utils", "utcnow"),
}


def clock_readings(source: str) -> list[int]:
    """The lines on which a module reads a clock."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (getattr(node.value, "id", None) or getattr(node.value, "attr", None), node.attr)
        in CLOCK_READINGS
    ]


def test_a_reading_of_the_clock_is_seen() -> None:
    assert clock_readings("import datetime\nx = datetime.datetime.now(tz)\n") == [2]
    assert clock_readings("from time import time\nimport time\ny = time.time()\n") == [3]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_clock_reads_the_time(path: Path) -> None:
    if path == ROOT / "bot" / "clock.py":
        return
    source = path.read_text(encoding="utf-8")
    assert clock_readings(source) == []
    imported = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "time" and node.level == 0
    ]
    assert imported == [], "take the time from bot.clock"


def imported_modules(path: Path) -> set[str]:
    """The dotted names that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


PURE_LIBRARIES = {"cronsim", "markdown_it", "uniseg", "regex", "rapidfuzz"}


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "domain").rglob("*.py")), ids=lambda path: path.name)
def test_the_domain_imports_only_the_standard_library_and_pure_text_libraries(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported_modules(path)}
    assert roots - set(sys.stdlib_module_names) - PURE_LIBRARIES <= {"bot"}
    assert not roots & {"asyncio", "socket", "subprocess", "sqlite3", "urllib", "threading", "random"}


def test_the_content_folder_knows_the_ports_and_no_use_case() -> None:
    content = ROOT / "bot" / "content"
    for path in content.rglob("*.py"):
        used = {name for name in imported_modules(path) if name.startswith("bot.services")}
        if path.is_relative_to(content / "importing"):
            # Only this is called by authors in Discord; what reads and writes files serves the desk and the shell too.
            assert used <= {"bot.services.authoring.authoring_files"}, path
        else:
            assert used <= {
                "bot.services.stories.content_source",
                "bot.services.pages.prerendered_pages",
            }, path


IMPORT_PROBE = """
import importlib, pathlib, pkgutil, sys, threading
import bot
names = [m.name for m in pkgutil.walk_packages(bot.__path__, 'bot.')
         if '.migrations' not in m.name and m.name != 'bot.__main__']
seen = []
def hook(event, args):
    if event == 'open' and isinstance(args[0], str):
        path = pathlib.Path(args[0])
        if 'bot' in path.parts and path.suffix not in ('.py', '.pyc') and '__pycache__' not in path.parts:
            seen.append(f'{event} {args[0]}')
    elif event in ('socket.connect', 'socket.bind', 'subprocess.Popen', 'sqlite3.connect'):
        seen.append(event)
sys.addaudithook(hook)
root_handlers = list(__import__('logging').getLogger().handlers)
for name in names:
    importlib.import_module(name)
if __import__('logging').getLogger().handlers != root_handlers:
    seen.append('logging configured')
if threading.active_count() != 1:
    seen.append('thread started')
print(len(names))
print('\\n'.join(seen))
sys.exit(1 if seen else 0)
"""


def test_importing_opens_nothing_and_configures_nothing() -> None:
    probe = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORT_PROBE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert probe.returncode == 0, probe.stdout + probe.stderr
    assert int(probe.stdout.split()[0]) > 30
