"""How the suite runs: property tests find the same examples every time, and skips are told once for each reason."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from tests.long_tests import LONG, REASON
from tests.support.compiled_statements import share_compiled_statements
from tests.support.databases import clean_up
from tests.support.profiles import EXPLORE, REPEATABLE, profile

# No deadlines: how long an example takes says more of the machine than of the code.
settings.register_profile(REPEATABLE, derandomize=True, print_blob=True, deadline=None)
settings.register_profile(EXPLORE, derandomize=False, print_blob=True, deadline=None)
settings.load_profile(profile())


_SLOW = "slow: `make test ARGS=--all` runs it, as CI does"

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 2**30


def pytest_configure() -> None:
    """Keep the tests' files in memory where that is large: SQLite waits for the disk at every commit.

    And prepare for twelve thousand tests: engines share what they compile, and collecting makes no garbage.
    """
    roomy = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    if roomy:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
        os.environ.setdefault("TMPDIR", str(_MEMORY))
    share_compiled_statements()
    gc.disable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all` runs the slow tests too, as CI does; `--long` only those that CI leaves out."""
    parser.addoption("--all", action="store_true", help="run the slow tests too")
    parser.addoption("--long", action="store_true", help="run only the tests that CI leaves out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow ones out of a run of everything; a run of chosen files means all that is in them."""
    if config.option.long:
        wanted = [item for item in items if item.nodeid in LONG]
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in LONG])
        items[:] = wanted
        return
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    for item in items:
        if item.nodeid in LONG:
            item.add_marker(pytest.mark.skip(reason=REASON))
        elif not config.option.all and item.get_closest_marker("slow") is not None:
            item.add_marker(pytest.mark.skip(reason=_SLOW))


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking at all tests again and again, a tenth of the time that they take."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_sessionfinish() -> None:
    """Remove what the tests of this process shared."""
    clean_up()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each reason for skips once, with its count: a line for each test would bury what failed."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    if not reasons:
        return
    terminalreporter.section("not run here")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count:5}  {reason}")
    terminalreporter.write_line("`.ci/run` installs what is missing, where it may, and runs everything.")


def _reason(report: pytest.TestReport) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")
