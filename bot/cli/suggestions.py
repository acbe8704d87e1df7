"""The command `fascicle suggestions`: the queue of readers' suggestions, outside Discord."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.table import Table

from bot.cli.command_resources import config_option, find_story, load_settings_or_fail, read_database, to_iso
from bot.cli.output import plain_text, print_json, results_console
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.domain.text.terminal_escaping import printable_lines
from bot.store.transaction import Transaction

_COLUMNS = ("number", "story", "chapter", "state", "idea", "supporters", "created_at", "reason")
_STATES = [state.value for state in SuggestionState]
_ACTIVE = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@:]|(?<=www)\.", re.IGNORECASE)
"""What Markdown may act on, the bare addresses that GitHub makes links of included; a backslash ends that."""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@click.command()
@click.option("--story", help="Only this story's.")
@click.option("--state", type=click.Choice(_STATES), help="Only those in this state.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True
)
@config_option
def suggestions(story: str | None, state: str | None, form: str, config: Path | None) -> None:
    """List readers' suggestions, newest first."""
    settings = load_settings_or_fail(config)

    async def queue(tx: Transaction) -> list[Suggestion]:
        slugs = None
        if story is not None:
            records = await tx.stories.list_all()
            slugs = [find_story(story, {record.story.slug: record.story.title for record in records})]
        return await tx.suggestions.list_all(slugs, SuggestionState(state) if state else None)

    rows = [_row(suggestion) for suggestion in read_database(settings.database.url, queue)]
    _PRINTERS[form](rows)


_Row = dict[str, int | str | None]


def _row(suggestion: Suggestion) -> _Row:
    return {
        "number": suggestion.number,
        "story": suggestion.story,
        "chapter": suggestion.chapter,
        "state": suggestion.state.value,
        "idea": suggestion.text,
        "supporters": suggestion.supporters,
        "created_at": to_iso(suggestion.created_at),
        "reason": suggestion.reason,
    }


def _print_table(rows: Sequence[_Row]) -> None:
    if not rows:
        click.echo("No suggestions.")
        return
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(plain_text("" if row[column] is None else str(row[column])) for column in _COLUMNS))
    results_console().print(table)


def _print_csv(rows: Sequence[_Row]) -> None:
    # Spreadsheets run a cell that begins like a formula; an apostrophe makes it text to them.
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([_harmless(row[column]) for column in _COLUMNS])
    click.echo(out.getvalue(), nl=False)


def _harmless(value: int | str | None) -> int | str:
    if not isinstance(value, str):
        return "" if value is None else value
    if sys.stdout.isatty():
        # In a file an idea stays as it is; a terminal would do as it says.
        value = printable_lines(value)
    return f"'{value}" if value.lstrip(" \u00a0\ufeff").startswith(_FORMULA_STARTS) else value


def _print_markdown(rows: Sequence[_Row]) -> None:
    click.echo(f"| {' | '.join(_COLUMNS)} |")
    click.echo("|" + " --- |" * len(_COLUMNS))
    for row in rows:
        click.echo(f"| {' | '.join(_cell(row[column]) for column in _COLUMNS)} |")


def _cell(value: int | str | None) -> str:
    # Nothing of an idea may format, link or end its row, here or on a page that takes HTML in Markdown.
    text = "" if value is None else printable_lines(_LINE_END.sub("\n", str(value)))
    return _LINE_END.sub("<br>", _ACTIVE.sub(r"\\\g<0>", text))


_PRINTERS: dict[str, Callable[[Sequence[_Row]], None]] = {
    "table": _print_table,
    "json": print_json,
    "csv": _print_csv,
    "md": _print_markdown,
}
