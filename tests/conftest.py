"""How the suite runs: property tests find the same examples every time, and skips are told once for each reason."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import settings

from tests.support.databases import clean_up
from tests.support.profiles import EXPLORE, PROFILE, REPEATABLE

settings.register_profile(REPEATABLE, derandomize=True, print_blob=True)
settings.register_profile(EXPLORE, derandomize=False, print_blob=True)
settings.load_profile(os.environ.get(PROFILE, REPEATABLE))


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
