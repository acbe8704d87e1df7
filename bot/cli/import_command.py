"""The command `fascicle import`: a manuscript becomes chapters in the content folder."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import click

from bot.cli.command_resources import content_option, json_option, load_settings_or_fail
from bot.cli.import_results import remark_rows, show_comparison, tell_report
from bot.cli.output import FAULTS_FOUND, UsageFailure, describe_os_error, print_json
from bot.cli.progress_bar import Telling, progress_bar
from bot.content.authoring.import_report import (
    ConflictAnswer,
    ConflictAnswers,
    ImportReport,
    StoryNotImported,
)
from bot.content.authoring.story_files import StoryFiles
from bot.content.authoring.story_slugs import slug_from_title
from bot.content.files.file_names import is_slug
from bot.content.importing.import_summary import sum_up
from bot.content.importing.manuscript_importer import PreparedImport, prepare_import
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.domain.manuscript_import.import_progress import ImportStep, PartsDone
from bot.domain.text.terminal_escaping import printable

_PASTE = "-"
_STEPS = {
    ImportStep.READ: "Reading",
    ImportStep.CLEAN: "Cleaning",
    ImportStep.WRITE: "Writing chapters",
}
_MENDS = {
    errno.ENOSPC: "Make room on the disk, and import again.",
    errno.EDQUOT: "Make room on the disk, and import again.",
    errno.EACCES: "Name another folder in --content, or let yourself write there.",
    errno.EPERM: "Name another folder in --content, or let yourself write there.",
    errno.EROFS: "Name another folder in --content.",
}
_ANSWERS = {
    "mine": ConflictAnswer.KEEP_MINE,
    "source": ConflictAnswer.TAKE_SOURCE,
    "beside": ConflictAnswer.BESIDE,
}


@click.command("import")
@click.argument("source")
@click.option(
    "--story", "slug", help="The story’s folder, such as the-lamplighters; else one after the title."
)
@click.option("--dry-run", is_flag=True, help="Show source and result side by side, and write nothing.")
@click.option("--undo", "refused", multiple=True, metavar="ID", help="Undo a decision that --dry-run shows.")
@click.option("--anew", is_flag=True, help="Decide anew also what you undid when you imported it before.")
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
    anew: bool,
    answer: str | None,
    add: bool,
    content: Path | None,
    as_json: bool,
) -> None:
    """Make chapters of SOURCE: a file, a folder, a ZIP, or - for what is pasted on standard input.

    Importing again brings what has changed in the source; what you have changed yourself stays.
    """
    if slug is not None and not is_slug(slug):
        raise UsageFailure(f"“{slug}” cannot name a story. Try --story {slug_from_title(slug)}.")
    try:
        # Whoever pastes at a terminal sees what they type, and no bar.
        pasted = _read_standard_input() if source == _PASTE else b""
        with progress_bar() as tell:
            prepared = _prepare(source, pasted, refused, tell)
        _require_known(prepared, refused)
        root = content if content is not None else load_settings_or_fail(None).content.path
        if not anew and (known := slug or _slug_of_title(prepared)) is not None:
            prepared = _undo_again(prepared, StoryFiles(root).read_refused(known))
        if not prepared.story.chapters:
            raise UsageFailure(f"{source}: there is no text in it that could be a chapter.")
        if dry_run:
            show_comparison(prepared, slug or _slug_of_title(prepared), as_json=as_json)
            return
        slug = slug or _proposed(prepared)
        report = _write(prepared, root, slug, answer, add=add)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was written.", err=True)
        raise SystemExit(FAULTS_FOUND) from None
    if as_json:
        facts = {"story": slug, **asdict(sum_up(prepared.story)), **asdict(report)}
        print_json({**facts, "remarks": remark_rows(prepared)})
    else:
        tell_report(prepared, report, root / slug)
    if report.conflicts:
        raise SystemExit(FAULTS_FOUND)


def _read_standard_input() -> bytes:
    """Return what comes on standard input, as far as it may be a text."""
    from bot.content.source_formats.source_reader import LARGEST_PAGE

    if sys.stdin.isatty():
        click.echo("Paste the text, then press Enter and Ctrl-D.", err=True)
    return sys.stdin.buffer.read(LARGEST_PAGE + 1)


def _prepare(source: str, pasted: bytes, refused: Iterable[str], tell: Telling) -> PreparedImport:
    def show(step: ImportStep, done: int, total: int) -> None:
        tell(_STEPS[step], done, total)

    show(ImportStep.READ, 0, 0)
    read = _read(source, pasted, partial(show, ImportStep.READ))
    return prepare_import(read, refused=frozenset(refused), progress=show)


def _read(source: str, pasted: bytes, told: PartsDone) -> ReadSource:
    # Readers of formats take long to load, and every other command goes without them.
    from bot.content.source_formats.source_reader import read_piped, read_source

    try:
        return read_piped(pasted) if source == _PASTE else read_source(Path(source), told)
    except SourceRefused as refusal:
        said = str(refusal).removeprefix(f"{_PASTE}: ").removeprefix(f"{_PASTE} ")
        if source != _PASTE and printable(Path(source).name) not in said:
            said = f"{source}: {said}"
        elif not said.startswith(printable(Path(source).name)):
            said = said[:1].upper() + said[1:]
        raise UsageFailure(said) from refusal


def _require_known(prepared: PreparedImport, refused: tuple[str, ...]) -> None:
    unknown = set(refused) - {each.id for each in prepared.story.decisions}
    if unknown:
        raise UsageFailure(f"--undo {min(unknown)}: there is no such decision. --dry-run shows their ids.")


def _undo_again(prepared: PreparedImport, remembered: Set[str]) -> PreparedImport:
    """Return the import with the decisions undone that were when it was imported before."""
    left = remembered - prepared.refused
    return prepare_import(prepared.read, refused=prepared.refused | left) if left else prepared


def _slug_of_title(prepared: PreparedImport) -> str | None:
    name = prepared.story.source.name
    title = prepared.story.title or ("" if name == _PASTE else Path(name).stem)
    return slug_from_title(title) if title else None


def _proposed(prepared: PreparedImport) -> str:
    slug = _slug_of_title(prepared)
    if slug is None:
        raise UsageFailure("This text has no title. Name the story’s folder: --story the-lamplighters.")
    if sys.stdin.isatty() and not click.confirm(f"Write it into the story {slug}?", default=True, err=True):
        raise UsageFailure("Nothing was written. Name another story with --story.")
    return slug


def _write(prepared: PreparedImport, root: Path, slug: str, answer: str | None, *, add: bool) -> ImportReport:
    given = ConflictAnswers(ConflictAnswer(answer) if answer else None)
    report = _write_once(prepared, root, slug, given, add=add)
    if not (report.conflicts and sys.stdin.isatty() and sys.stdout.isatty()):
        return report
    try:
        asked = {each.file: _ask(each.file) for each in report.conflicts}
    except click.Abort:
        click.echo(err=True)
        return report
    again = _write_once(prepared, root, slug, ConflictAnswers(None, asked), add=add)
    changed = {*report.added, *report.updated}
    return replace(
        again,
        added=(*report.added, *again.added),
        updated=(*report.updated, *again.updated),
        unchanged=tuple(each for each in again.unchanged if each not in changed),
    )


def _ask(file: str) -> ConflictAnswer:
    question = (
        f"{printable(file)}: you and the source have both changed it. Keep yours, take the source’s, or both"
    )
    return _ANSWERS[click.prompt(question, type=click.Choice([*_ANSWERS]), default="mine", err=True)]


def _write_once(
    prepared: PreparedImport, root: Path, slug: str, answers: ConflictAnswers, *, add: bool
) -> ImportReport:
    try:
        with _made_for_good(root), progress_bar() as tell:
            files = StoryFiles(root, partial(tell, _STEPS[ImportStep.WRITE]))
            return prepared.write(files, slug, answers=answers, add=add)
    except StoryNotImported as refusal:
        raise UsageFailure(
            f"{slug}: there is a story of that name, and it was not imported."
            " Take another name, or --add to put the chapters after its own."
        ) from refusal
    except ValueError as error:
        raise UsageFailure(f"{slug}: {error}") from error
    except TimeoutError as error:
        raise UsageFailure(
            f"{slug}: another program is writing into it. Nothing was written; try again in a minute."
        ) from error
    except OSError as error:
        mend = _MENDS.get(error.errno or 0, "Mend that, and import again.")
        raise UsageFailure(f"Nothing was written. {describe_os_error(error)} {mend}") from error


@contextmanager
def _made_for_good(root: Path) -> Iterator[None]:
    """Take the content folder away again if it was made for a story that could not be written."""
    new = [each for each in (root, *root.parents) if not each.exists()]
    try:
        yield
    except BaseException:
        for each in new:
            with suppress(OSError):
                each.rmdir()
        raise
