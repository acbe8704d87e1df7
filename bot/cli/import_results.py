"""Results of `fascicle import` on the screen: source and result side by side, and the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from bot.cli.output import plain_text, print_json, results_console
from bot.content.authoring.import_report import ImportReport
from bot.content.importing.import_comparison_rows import comparison_rows, decisions_of
from bot.content.importing.import_summary import sum_up
from bot.content.importing.manuscript_importer import PreparedImport
from bot.content.stories.story_folders import STORY_FILE
from bot.domain.manuscript_import.source_document import SourceRemark
from bot.domain.text.terminal_escaping import printable

_SHOWN = 10
"""Remarks that a report shows; `--dry-run` shows all."""


def show_comparison(prepared: PreparedImport, slug: str | None, *, as_json: bool) -> None:
    """Print source and result side by side, and every decision."""
    about = decisions_of(prepared.story)
    chapters: list[dict[str, Any]] = [
        {
            "title": chapter.title,
            "part": chapter.part,
            "rows": comparison_rows(prepared.story, chapter, about[chapter.source_key]),
        }
        for chapter in prepared.story.chapters
    ]
    if as_json:
        decided = [asdict(each) for each in prepared.story.decisions]
        facts = {"story": slug, **asdict(sum_up(prepared.story)), "decisions": decided, "texts": chapters}
        print_json(
            {**facts, "remarks": remark_rows(prepared), "missing_pictures": _missing_pictures(prepared)}
        )
        return
    console = results_console()
    for chapter in chapters:
        table = Table("line", title=plain_text(chapter["title"]), expand=True)
        for heading, ratio in (("source", 3), ("result", 3), ("decided", 2)):
            table.add_column(heading, ratio=ratio, overflow="fold")
        for row in chapter["rows"]:
            table.add_row(
                str(row["line"] or ""),
                plain_text(row["source"]),
                plain_text(row["result"]),
                plain_text(" ".join(filter(None, (row["kind"], *row["decisions"])))),
            )
        console.print(table)
    for decision in prepared.story.decisions:
        done = "undone" if decision.undone else decision.kind.value.replace("_", " ")
        click.echo(printable(f"{decision.id}  {done}: {decision.reason}"))
    _sum_up(prepared)
    _remark(prepared.story.source.remarks)
    for key in _missing_pictures(prepared):
        click.echo(printable(f"{key}: this picture is not in the source; the text comes without it"))
    undo = " --undo ID undoes a decision." if prepared.story.decisions else ""
    click.echo(f"Nothing was written.{undo}")


def tell_report(prepared: PreparedImport, report: ImportReport, folder: Path) -> None:
    """Print what became of an import, and what to do next.

    Args:
        prepared: The import.
        report: The files that were written.
        folder: The story's.
    """
    slug = folder.name
    _sum_up(prepared)
    for name, number in sum_up(prepared.story).decided.items():
        click.echo(printable(f"    {number} × {name}"))
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
    }
    click.echo(f"{slug}: " + ", ".join(f"{number} {what}" for what, number in counts.items()) + ".")
    _remark(prepared.story.source.remarks, most=_SHOWN)
    for file in report.vanished:
        click.echo(printable(f"{file}: the source no longer has this chapter; it stays."))
    for title in report.taken_out:
        click.echo(printable(f"“{title}”: you have taken this chapter out; it stays out."))
    for lost in report.lost_pictures:
        click.echo(printable(f"{lost} (a warning)"), err=True)
    for conflict in report.conflicts:
        click.echo(
            printable(
                f"{conflict.file}: you and the source have both changed it; yours stays."
                " Say --keep-mine, --take-source or --beside."
            ),
            err=True,
        )
    click.echo(
        printable(f"Next: fascicle check, fascicle preview {slug}, and a schedule in {folder / STORY_FILE}.")
    )


def _remark(remarks: Sequence[SourceRemark], most: int | None = None) -> None:
    """Print what the author should know of the source's files, those that were left out first."""
    ordered = sorted(remarks, key=lambda each: not each.is_left_out)
    for each in ordered[:most]:
        said = (
            each.text
            if each.text.startswith("left out") or not each.is_left_out
            else f"left out: {each.text}"
        )
        click.echo(printable(f"{each.name}: {said}"))
    if most is not None and len(ordered) > most:
        click.echo(f"and {len(ordered) - most} more; --dry-run shows all")


def remark_rows(prepared: PreparedImport) -> list[dict[str, Any]]:
    """Return what the author should know of the source's files, for JSON."""
    return [asdict(each) for each in prepared.story.source.remarks]


def _sum_up(prepared: PreparedImport) -> None:
    found = sum_up(prepared.story)
    parts = f" in {found.parts} part{'' if found.parts == 1 else 's'}" if found.parts else ""
    plural = "" if found.chapters == 1 else "s"
    click.echo(f"{found.chapters} chapter{plural}{parts}, {found.words:,} words.")


def _missing_pictures(prepared: PreparedImport) -> list[str]:
    """Return the pictures that the text shows and the source does not have."""
    shown = (key for chapter in prepared.story.chapters for key in chapter.pictures)
    return [key for key in dict.fromkeys(shown) if key not in prepared.read.pictures]
