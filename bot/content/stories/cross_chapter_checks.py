"""Checks that need a chapter's neighbours or its story's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.pictures.picture_files import PictureChecks
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import former_keys


def duplicate_identity_faults(files: Sequence[ChapterFile]) -> dict[str, list[Diagnostic]]:
    """Return a fault for each chapter whose identity an earlier file has already."""
    first: dict[str, ChapterFile] = {}
    faults: dict[str, list[Diagnostic]] = {}
    for file in filter(lambda file: file.sound, files):
        twin = first.setdefault(file.key, file)
        if twin is not file:
            problem = f"this chapter and {twin.file} have one identity, “{file.key}”"
            former = next(iter(former_keys(file.file.rpartition(".")[0], file.form.id)), None)
            # What is out may be known by the former one; with that, it stays the same chapter.
            own = f"an id of its own in its front matter{f', such as id: {former}' if former else ''}"
            mend = f"Rename one of the two, or give it {own}."
            faults[file.name] = [Diagnostic(file.name, file.key_line, problem, mend)]
    return faults


def picture_faults(folder: Path, file: ChapterFile, checks: PictureChecks) -> list[Diagnostic]:
    """Return the faults of a chapter's pictures."""
    faults = [
        Diagnostic(file.name, line, *problem, column)
        for path, (line, column) in zip(file.shown.paths, file.picture_places, strict=True)
        if (problem := checks.problem(folder, path))
    ]
    if file.shown.crowded is not None:
        line, column = file.picture_places[file.shown.paths.index(file.shown.crowded)]
        mend = "Spread them over more text, or leave some out."
        faults.append(Diagnostic(file.name, line, "more than ten pictures stand on one page", mend, column))
    return faults
