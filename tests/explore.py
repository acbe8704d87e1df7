"""Searches for examples that break a property, with fresh seeds, for as long as it is told: `make explore`.

What it finds becomes an `@example` of its test.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

import click

from bot.clock import stopwatch
from tests.support.profiles import EXPLORE, PROFILE


@click.command()
@click.option("--minutes", default=30.0, show_default=True, help="No new round begins after these.")
@click.argument("tests", nargs=-1)
def explore(minutes: float, tests: tuple[str, ...]) -> None:
    """Run all property tests, or those in TESTS, again and again until the time is over or one fails."""
    begun, rounds = stopwatch(), 0
    while not rounds or stopwatch() - begun < minutes * 60:
        rounds += 1
        seed = secrets.randbelow(2**32)
        click.echo(f"round {rounds}, seed {seed}")
        failed = _round(seed, tests)
        if failed:
            click.echo(
                f"Found with seed {seed}. Add the example above to its test with @example, then mend it."
            )
            sys.exit(failed)
    click.echo(f"{rounds} rounds in {(stopwatch() - begun) / 60:.0f} minutes: nothing found")


def _round(seed: int, tests: tuple[str, ...]) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "auto",
        "-m",
        "hypothesis",
        f"--hypothesis-seed={seed}",
        *tests,
    ]
    return subprocess.run(command, env=os.environ | {PROFILE: EXPLORE}, check=False).returncode


if __name__ == "__main__":
    explore()
