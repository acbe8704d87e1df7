"""Progress bar of long work: on stderr, at a terminal only, gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bot.domain.text.terminal_escaping import printable

Telling = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is; 0 is not known."""


@contextmanager
def progress_bar() -> Iterator[Telling]:
    """Return what draws the progress it is told; in a pipe it draws nothing."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    shown = ""
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            nonlocal shown
            # A new step is drawn at once, however short it is.
            progress.update(
                task, description=printable(what), completed=done, total=total or None, refresh=what != shown
            )
            shown = what

        yield tell
