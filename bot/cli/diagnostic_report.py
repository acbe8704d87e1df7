"""Report of faults for people: errors, then warnings, then notes, each with its line of the file.

The first line of each is the one that scripts read; everything else is indented, but for the headings, which stand
where there is more than one to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from bot.cli.output import diagnostic_line
from bot.cli.source_excerpt import SourceLines, draw_excerpt
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable

_SHOWN = 3
"""Of many warnings alike in one file, so many are shown."""


def report_diagnostics(
    faults: Iterable[Diagnostic], notes: Sequence[Diagnostic] = (), *, every_one: bool = False
) -> None:
    """Print faults and notes to stderr, with `every_one` also those that are like many others."""
    faults = list(faults)
    errors = [fault for fault in faults if not fault.warning]
    warnings = [fault for fault in faults if fault.warning]
    headed = len(faults) + len(notes) > 1
    lines = SourceLines()
    _print("error", errors, lines, headed, every_one=True)
    _print("warning", warnings, lines, headed, every_one)
    _print("", notes, lines, headed, every_one)


def _print(
    kind: str, faults: Sequence[Diagnostic], lines: SourceLines, headed: bool, every_one: bool
) -> None:
    """Print the faults of one kind; notes are of none."""
    if not faults:
        return
    if headed:
        heading = f"{len(faults)} {kind}{'' if len(faults) == 1 else 's'}" if kind else "Worth knowing"
        click.secho(f"{heading}:", bold=True, err=True)
    alike = _by_file if kind else _by_problem
    counts = Counter(map(alike, faults))
    seen: Counter[tuple[str, str]] = Counter()
    for fault in faults:
        group = alike(fault)
        seen[group] += 1
        left = counts[group] - _SHOWN
        if every_one or left < 2 or seen[group] <= _SHOWN:
            click.echo(diagnostic_line(fault), err=True)
            for drawn in draw_excerpt(lines.line(fault), fault.column):
                click.echo(drawn, err=True)
        elif seen[group] == _SHOWN + 1:
            where = f" in {printable(fault.file)}" if kind else ""
            click.echo(f"    and {left} more like this{where} (-v lists them)", err=True)


def _by_file(fault: Diagnostic) -> tuple[str, str]:
    return fault.file, fault.problem


def _by_problem(fault: Diagnostic) -> tuple[str, str]:
    return "", fault.problem
