"""Output of the command line: faults to stderr, results to stdout, progress to terminals only."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable, printable_json, printable_lines

FAULTS_FOUND = 1
UNUSABLE = 2

_PIPE_WIDTH = 240
"""Columns of a table that goes into a pipe, where no edge would cut it."""


class UsageFailure(click.ClickException):
    """Wrong usage, configuration or token: its lines go to stderr, and the exit code is 2."""

    exit_code = UNUSABLE

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(printable_lines(self.message), file=file or sys.stderr)


def describe_os_error(error: OSError) -> str:
    """Return what the operating system refused: for which file, if any, and why."""
    file = error.filename if isinstance(error.filename, (str, bytes)) else None
    about = "" if file is None else f"{os.fsdecode(file)}: "
    return f"{about}{error.strerror or error or type(error).__name__}."


def report(faults: Iterable[Diagnostic]) -> None:
    """Print faults to stderr, one a line."""
    for fault in faults:
        click.echo(diagnostic_line(fault), err=True)


def diagnostic_line(fault: Diagnostic) -> str:
    """Return a fault on one line: `file:line:column: problem. mend`."""
    return printable(" ".join(str(fault).split()))


def print_json(value: Any) -> None:
    """Print a value as JSON to stdout, keeping non-ASCII text as it is."""
    click.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=2)))


def results_console() -> Console:
    """Return the console for results, as wide as the terminal, or as a line in a file may be."""
    return Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)


def plain_text(text: str) -> Text:
    """Return somebody's text for a table, free of markup and of characters that move the cursor."""
    return Text(printable(" ".join(text.split())))


@contextmanager
def reading_progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Return a progress display of the story being read; None in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading stories")

        def tell(story: str, done: int, total: int) -> None:
            progress.update(task, description=f"Reading {printable(story)}", completed=done, total=total)

        yield tell
