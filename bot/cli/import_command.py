"""The command `fascicle import`: a manuscript becomes chapters in the content folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from bot.cli.command_resources import content_option, json_option, load_settings_or_fail
from bot.cli.output import FAULTS_FOUND, UsageFailure, plain_text, print_json, results_console
from bot.content.authoring.chapter_file_names import name_from_title
from bot.content.authoring.import_report import (
    ConflictAnswer,
    ConflictAnswers,
    ImportReport,
    StoryNotImported,
)
from bot.content.authoring.story_files import StoryFiles
from bot.content.files.file_names import is_slug
from bot.content.importing.import_summary import sum_up
from bot.content.importing.manuscript_importer import PreparedImport, prepare_import
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.desk.import_comparison_rows import comparison_rows, decisions_of
from bot.domain.text.terminal_escaping import printable

_PASTE = "-"


@click.command("import")
@click.argument("source")
@click.option(
    "--story", "slug", help="The story’s folder, such as the-lamplighters; else one after the title."
)
@click.option("--dry-run", is_flag=True, help="Show source and result side by side, and write nothing.")
@click.option("--undo", "refused", multiple=True, metavar="ID", help="Undo a decision that --dry-run shows.")
@click.option(
    "--keep-mine",
    "answer",
    flag_value="keep_mine",
    help="Where you and the source changed a chapter, keep yours.",
)
@click.option("--take-source", "answer", flag_value="take_source", help="There, take the source’s.")
@click.option("--beside", "answer", flag_value="beside", help="There, write the source’s beside, as a draft.")
@click.option("--add", is_flag=True, help="Add to a story whose chapters were not imported.")
@content_option
@json_option
def import_manuscript(  # noqa: PLR0913 - one for each option
    source: str,
    slug: str | None,
    dry_run: bool,
    refused: tuple[str, ...],
    answer: str | None,
    add: bool,
    content: Path | None,
    as_json: bool,
) -> None:
    """Make chapters of SOURCE: a file, a folder, a ZIP, or - for what is pasted on standard input.

    Importing again brings what has changed in the source; what you have changed yourself stays.
    """
    if slug is not None and not is_slug(slug):
        raise UsageFailure(f"“{slug}” cannot name a story. Try --story {name_from_title(slug)}.")
    with _working("Reading"):
        prepared = prepare_import(_read(source), refused=frozenset(refused))
    _require_known(prepared, refused)
    if not prepared.story.chapters:
        raise UsageFailure(f"{source}: there is no text in it that could be a chapter.")
    slug = slug or _proposed(prepared)
    if dry_run:
        _show(prepared, slug, as_json=as_json)
        return
    root = content if content is not None else load_settings_or_fail(None).content.path
    report = _write(prepared, StoryFiles(root), slug, answer, add=add)
    if as_json:
        print_json({"story": slug, **asdict(sum_up(prepared.story)), **asdict(report)})
    else:
        _tell(prepared, slug, report)
    if report.conflicts:
        raise SystemExit(FAULTS_FOUND)


def _read(source: str) -> ReadSource:
    # Readers of formats take long to load, and every other command goes without them.
    from bot.content.source_formats.source_reader import read_pasted, read_source

    try:
        if source == _PASTE:
            return read_pasted(click.get_text_stream("stdin", errors="replace").read())
        return read_source(Path(source))
    except SourceRefused as refusal:
        raise UsageFailure(f"{source}: {refusal}") from refusal


def _require_known(prepared: PreparedImport, refused: tuple[str, ...]) -> None:
    unknown = set(refused) - {each.id for each in prepared.story.decisions}
    if unknown:
        raise UsageFailure(f"--undo {min(unknown)}: there is no such decision. --dry-run shows their ids.")


def _proposed(prepared: PreparedImport) -> str:
    name = prepared.story.source.name
    title = prepared.story.title or ("" if name == _PASTE else Path(name).stem)
    if not title:
        raise UsageFailure("This text has no title. Name the story’s folder: --story the-lamplighters.")
    slug = name_from_title(title)
    if sys.stdin.isatty() and not click.confirm(f"Write it into the story {slug}?", default=True, err=True):
        raise UsageFailure("Name another one with --story.")
    return slug


def _write(
    prepared: PreparedImport, files: StoryFiles, slug: str, answer: str | None, *, add: bool
) -> ImportReport:
    given = ConflictAnswers(ConflictAnswer(answer) if answer else None)
    try:
        with _working("Writing"):
            report = prepared.write(files, slug, answers=given, add=add)
    except StoryNotImported as refusal:
        raise UsageFailure(
            f"{slug}: there is a story of that name, and it was not imported."
            " Take another name, or --add to put the chapters after its own."
        ) from refusal
    except ValueError as error:
        raise UsageFailure(f"{slug}: {error}") from error
    if not (report.conflicts and sys.stdin.isatty() and sys.stdout.isatty()):
        return report
    asked = {
        each.file: ConflictAnswer(
            click.prompt(
                f"{printable(each.file)}: you and the source have both changed it",
                type=click.Choice([choice.value for choice in ConflictAnswer]),
                default=ConflictAnswer.KEEP_MINE.value,
                err=True,
            )
        )
        for each in report.conflicts
    }
    return prepared.write(files, slug, answers=ConflictAnswers(None, asked), add=add)


def _show(prepared: PreparedImport, slug: str, *, as_json: bool) -> None:
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
        print_json({"story": slug, **asdict(sum_up(prepared.story)), "decisions": decided, "texts": chapters})
        return
    console = results_console()
    for chapter in chapters:
        table = Table("line", "source", "result", "decided", title=plain_text(chapter["title"]), expand=True)
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
    click.echo("Nothing was written. --undo ID undoes a decision.")


def _tell(prepared: PreparedImport, slug: str, report: ImportReport) -> None:
    _sum_up(prepared)
    for name, number in sum_up(prepared.story).decided.items():
        click.echo(printable(f"    {number} × {name}"))
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
    }
    click.echo(f"{slug}: " + ", ".join(f"{number} {what}" for what, number in counts.items()) + ".")
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
    click.echo(f"Next: fascicle check, fascicle preview {slug}, and a schedule in {slug}/story.yaml.")


def _sum_up(prepared: PreparedImport) -> None:
    found = sum_up(prepared.story)
    parts = f" in {found.parts} part{'' if found.parts == 1 else 's'}" if found.parts else ""
    plural = "" if found.chapters == 1 else "s"
    click.echo(f"{found.chapters} chapter{plural}{parts}, {found.words:,} words.")


@contextmanager
def _working(what: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield
