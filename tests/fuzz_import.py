"""Imports damaged and hostile files, with fresh ones for as long as it is told: `python -m tests.fuzz_import`.

Whatever a file is, the import either makes chapters of it and writes them into the story's folder or refuses it in
one line, soon, in bounded memory, and leaves nothing anywhere else. What this finds is mended, and its seed and number
become a test.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from bot.clock import stopwatch
from bot.content.authoring.story_files import StoryFiles
from bot.content.importing.manuscript_importer import prepare_import
from bot.content.source_formats.read_source import SourceRefused
from bot.content.source_formats.source_reader import read_source
from tests.content.source_formats.fuzz_samples import SAMPLES
from tests.content.source_formats.mutations import mutate

LONGEST = 10.0
"""Seconds that one file may take; the samples take milliseconds."""

_MOST_MEMORY = 1536 * 1024**2
_MOST_REFUSAL = 600
_STORY = "novel"
_OF_A_STORY = ("story.yaml", ".import.json", ".writing.lock")


@dataclass(frozen=True, slots=True)
class Finding:
    """What should not have happened."""

    seed: int
    number: int
    sample: str
    problem: str


def run(
    seed: int, numbers: Iterator[int] | range, folder: Path, is_over: Callable[[], bool] = lambda: False
) -> tuple[list[Finding], Counter[str]]:
    """Import mutated samples; return what was found, and how many were imported and refused.

    Args:
        seed: With a number it fixes which sample is changed in which way.
        numbers: One for each file.
        folder: An empty folder in which files may be left.
        is_over: Says whether to stop before the next.
    """
    findings: list[Finding] = []
    counts: Counter[str] = Counter()
    given, content, others = folder / "given", folder / "content", folder / "others"
    for each in (given, content, others):
        each.mkdir()
    with _temporary_files_in(others):
        for number in numbers:
            if is_over():
                break
            random = Random(seed * 1_000_003 + number)
            sample = random.choice(sorted(SAMPLES))
            path = given / f"novel{random.choice(('', '.txt', '.docx', '.zip', '.html'))}"
            path.write_bytes(mutate(SAMPLES[sample], random))
            problem = _problem(path, content, counts)
            path.unlink()
            problem = _left_behind(folder, content) or problem
            shutil.rmtree(content)
            content.mkdir()
            if problem:
                findings.append(Finding(seed, number, sample, problem))
    return findings, counts


def _problem(path: Path, content: Path, counts: Counter[str]) -> str:
    begun = stopwatch()
    try:
        prepared = prepare_import(read_source(path))
        if prepared.story.chapters:
            prepared.write(StoryFiles(content), _STORY)
            again = prepared.write(StoryFiles(content), _STORY)
            if again.added or again.updated or again.conflicts or again.vanished:
                return f"the same file imported again changes something: {again}"
        counts["imported"] += 1
    except SourceRefused as refused:
        counts["refused"] += 1
        if "\n" in str(refused) or len(str(refused)) > _MOST_REFUSAL:
            return f"its refusal is no line: {str(refused)[:200]!r}"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "".join(traceback.format_exception(error)[-6:])
    return f"it took {stopwatch() - begun:.1f} s" if stopwatch() - begun > LONGEST else ""


def _left_behind(folder: Path, content: Path) -> str:
    """Return what lies where nothing should, in words; empty if all is well."""
    stray = [
        each
        for each in folder.rglob("*")
        if (each.is_symlink() or not each.is_dir()) and not _belongs(each, content)
    ]
    stray += [each for each in folder.iterdir() if each.name not in ("given", "content", "others")]
    stray += [each for each in content.iterdir() if each.name != _STORY]
    return f"it left {', '.join(map(str, stray))}" if stray else ""


def _belongs(file: Path, content: Path) -> bool:
    """Return whether an import may have written this file."""
    if file.is_symlink() or content / _STORY not in file.parents:
        return False
    kind = file.relative_to(content / _STORY).parts[0]
    allowed = {"chapters": (".md",), "images": (".png", ".jpg", ".jpeg", ".gif", ".webp")}
    return file.suffix in allowed[kind] if kind in allowed else kind in _OF_A_STORY


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """Let Python raise a MemoryError instead of taking all memory."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="No new file is begun after these.")
@click.option("--seed", default=None, type=int, help="Repeats a run; by default a new one is drawn.")
@click.option("--number", default=None, type=int, help="Repeats only this file of a run.")
def fuzz(minutes: float, seed: int | None, number: int | None) -> None:
    """Import mutated files until the time is over, and tell what went wrong."""
    seed = int.from_bytes(os.urandom(4)) if seed is None else seed
    numbers = range(number, number + 1) if number is not None else range(sys.maxsize)
    begun = stopwatch()
    with tempfile.TemporaryDirectory() as folder, _bounded_memory():
        findings, counts = run(seed, numbers, Path(folder), lambda: stopwatch() - begun > minutes * 60)
    last: Counter[str] = Counter()
    for each in findings:
        end = each.problem.strip().splitlines()[-1]
        last[end] += 1
        if last[end] <= 2:
            click.echo(f"--- seed {each.seed}, number {each.number}, {each.sample}:\n{each.problem}")
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    click.echo(f"seed {seed}, {(stopwatch() - begun) / 60:.1f} minutes: {told}, {len(findings)} wrong")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    fuzz()
