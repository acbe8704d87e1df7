"""The command `fascicle check`: all faults in configuration and content."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import click

from bot.cli.command_resources import config_option, json_option
from bot.cli.credit_checks import check_credits
from bot.cli.diagnostic_report import report_diagnostics
from bot.cli.held_chapters import check_held_chapters
from bot.cli.output import FAULTS_FOUND, UsageFailure, print_json, reading_progress
from bot.cli.source_excerpt import SourceLines
from bot.config import ConfigErrors, Settings, load_settings, unknown_variables
from bot.content.content_check import CheckReport, check_content, find_missing_stories, is_part_of_story
from bot.content.files.chapter_order import order_reasons
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable

_LONGEST_TEXT = 1000
"""Characters of a line that are printed as JSON."""


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@config_option
@json_option
@click.option(
    "-v", "--verbose", is_flag=True, help="Tell how the order, the lines and the scene breaks were read."
)
def check(folder: Path | None, config: Path | None, as_json: bool, verbose: bool) -> None:
    """Find every fault in the configuration and the stories (in DIR, else where the configuration says).

    With a configuration the numbers that chapters thank for are looked up in its database, and so is what is out
    already.
    """
    for given in (folder, config):
        if given is not None and not given.exists():
            raise UsageFailure(f"{given}: there is no such file or folder. Check the path.")
    faults: tuple[Diagnostic, ...] = ()
    try:
        settings = load_settings(config, os.environ)
    except ConfigErrors as error:
        settings, faults = Settings(), error.faults
    for stray in unknown_variables(os.environ):
        click.echo(f"{stray} (a warning)", err=True)
    root = _looked_at(folder, settings)
    with reading_progress() as progress:
        found = check_content(root, progress)
    faults += found.faults
    if config is not None:
        faults = tuple(sorted(faults + check_credits(settings, root) + check_held_chapters(settings, root)))
    if as_json:
        lines = SourceLines()
        print_json([_json(each, lines) for each in (*faults, *(found.notes if verbose else ()))])
    else:
        report_diagnostics(faults, found.notes, every_one=verbose)
        if verbose:
            _tell(found)
    errors = sum(not fault.warning for fault in faults)
    if not as_json:
        _sum_up(found, errors, len(faults) - errors)
    if errors:
        raise SystemExit(FAULTS_FOUND)


def _sum_up(found: CheckReport, errors: int, warnings: int) -> None:
    """Print the last line; with errors it is indented on stderr, as everything there is that is no fault."""
    looked = f"{_count(found.stories, 'story', 'stories')}, {_count(found.chapters, 'chapter', 'chapters')}"
    warned = f", {_count(warnings, 'warning', 'warnings')}" if warnings else ""
    if not errors:
        click.echo(f"{looked}: no fault{warned}.{_left_out(found)}")
    elif errors + warnings > 1:
        click.echo(f"    {looked}: {_count(errors, 'error', 'errors')}{warned}.", err=True)


def _left_out(found: CheckReport) -> str:
    if not found.private:
        return ""
    notes = _count(found.private, "note that is", "notes that are")
    return (
        f" {notes} not meant for readers {'is' if found.private == 1 else 'are'} left out (-v shows where)."
    )


def _tell(found: CheckReport) -> None:
    """Print each story's chapters in order, with how they were read."""
    for slug, files in found.files.items():
        if not files:
            continue
        click.echo(f"{printable(slug)}, in this order:")
        reasons = order_reasons(file.file for file in files)
        for number, file in enumerate(files, 1):
            where = f"{file.file}, {reasons[file.file]}" + (f"; part “{file.part}”" if file.part else "")
            click.echo(f"{number:5}. {printable(file.title)} ({printable(where)})")
            for reading in file.readings:
                click.echo(f"       {reading.line}:{reading.column}: {printable(reading.what)}")


def _looked_at(folder: Path | None, settings: Settings) -> Path:
    """Return the folder to check.

    If the configured folder does not exist and the command runs among stories, inside one, or among texts, it is that
    folder: the check then says where to run.
    """
    if folder is not None:
        return folder
    content, here = settings.content.path, Path()
    if content.exists() or not (is_part_of_story(here) or find_missing_stories(here) is None):
        return content
    return here


def _json(fault: Diagnostic, lines: SourceLines) -> dict[str, Any]:
    """Return a fault's fields, most of them only if there is something in them, and the text of its line."""
    fields = {
        name: value
        for name, value in dataclasses.asdict(fault).items()
        if value or name in ("file", "line", "problem", "mend")
    }
    text = lines.line(fault)
    return {**fields, "text": text} if text and len(text) <= _LONGEST_TEXT else fields


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
