"""The soak test: `python -m tests.soak --events 300`; half of the events on each database, side by side.

Ends with 1 if a chapter was lost, doubled or out of order, or if one fault cost more than ten log lines.
"""

# ruff: noqa: T201 - it is a program that tells how it goes

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.clock import stopwatch
from tests.soak.events import KINDS, chosen
from tests.soak.running import MOST_LINES, PLACES, Failed, Outcome, soak
from tests.soak.tally import Tally
from tests.support.databases import DIALECTS

Ended = tuple[list[Outcome], str]
"""What happened on one database, and why it ended early: empty if it did not."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--events", type=int, default=300, help="how many, over all databases")
    parser.add_argument("--seed", type=int, default=1, help="the same events for the same seed")
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"a list with commas, of {', '.join(KINDS)}")
    parser.add_argument("--databases", default=",".join(DIALECTS), help="a list with commas")
    return parser.parse_args()


def _run(dialect: str, count: int, seed: int, kinds: list[str]) -> Ended:
    """One database's share, in a process of its own."""
    happened: list[Outcome] = []
    began = stopwatch()

    def tell(outcome: Outcome) -> None:
        happened.append(outcome)
        said = f"{outcome.tally}; {len(outcome.lines)} log lines"
        print(
            f"{stopwatch() - began:6.0f} s {dialect} {len(happened)}/{count} {outcome.kind} {outcome.name}: {said}"
        )
        if len(outcome.lines) > MOST_LINES:
            print(*(f"    {line[:300]}" for line in outcome.lines[:40]), sep="\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            asyncio.run(soak(Path(folder), dialect, count, seed, kinds, tell))
        except Failed as failed:
            return happened, str(failed)
        except pytest.skip.Exception as skipped:
            return happened, f"not run: {skipped}"
    return happened, ""


def _table(outcomes: Sequence[Outcome]) -> str:
    """How often each kind of event struck, and the most log lines that one of them cost."""
    struck = Counter((each.kind, each.dialect) for each in outcomes)
    rows = [f"{'event':<20}{'sqlite':>8}{'postgresql':>12}{'most log lines':>16}"]
    for kind in KINDS:
        said = [len(each.lines) for each in outcomes if each.kind == kind]
        if said:
            own, server = (struck[kind, dialect] for dialect in DIALECTS)
            rows.append(f"{kind:<20}{own:>8}{server:>12}{max(said):>16}")
    return "\n".join(rows)


def _summary(ended: Sequence[Ended], seconds: float) -> bool:
    """Print the report; whether all went well."""
    outcomes = [each for happened, _ in ended for each in happened]
    failures = [why for _, why in ended if why]
    print(*failures, sep="\n\n")
    print(_table(outcomes))
    # The count goes on within a world: what counts is the last of each.
    last = [
        each.tally
        for each, after in zip(outcomes, [*outcomes[1:], None], strict=True)
        if after is None or after.tally.tried < each.tally.tried
    ]
    total = sum(last, Tally())
    loud = sum(len(each.lines) > MOST_LINES for each in outcomes)
    print(
        f"{len(outcomes)} events in {seconds / 60:.0f} minutes; {sum(PLACES.values())} destinations a world; "
        f"posts: {total}; {loud} faults with more than {MOST_LINES} log lines"
    )
    return not failures and total.clean and not loud


def main() -> int:
    """Run it; the exit code."""
    asked = _arguments()
    dialects = [each.strip() for each in asked.databases.split(",")]
    kinds = chosen(asked.kinds)
    began = stopwatch()
    with multiprocessing.get_context("spawn").Pool(len(dialects)) as pool:
        shares = [(dialect, asked.events // len(dialects), asked.seed, kinds) for dialect in dialects]
        ended = pool.starmap(_run, shares)
    return 0 if _summary(ended, stopwatch() - began) else 1
