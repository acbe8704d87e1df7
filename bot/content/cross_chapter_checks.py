"""What only shows when a chapter is looked at together with its neighbours and its story's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.content.chapter_file import ChapterFile
from bot.content.natural_order import counted
from bot.content.pictures import PictureChecks
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import former_keys


def twins(files: Sequence[ChapterFile]) -> dict[str, list[Diagnostic]]:
    """Chapters of one identity, by file: the second and later ones are at fault, and name the first."""
    first: dict[str, ChapterFile] = {}
    faults: dict[str, list[Diagnostic]] = {}
    for file in filter(lambda file: file.sound, files):
        twin = first.setdefault(file.key, file)
        if twin is not file:
            problem = f"this chapter and {Path(twin.name).name} have one identity, “{file.key}”"
            former = next(iter(former_keys(Path(file.name).stem, file.form.id)), None)
            # What is out may be known by the former one; with that, it stays the same chapter.
            own = f"an id of its own in its front matter{f', such as id: {former}' if former else ''}"
            mend = f"Rename one of the two, or give it {own}."
            faults[file.name] = [Diagnostic(file.name, file.key_line, problem, mend)]
    return faults


def out_of_order(files: Sequence[ChapterFile]) -> list[Diagnostic]:
    """A warning where chapters come in another order than their titles count them: of the first two that do.

    A count that begins anew is that of another part.
    """
    last: dict[str, tuple[int, ChapterFile]] = {}
    for file in files:
        found = counted(file.title)
        if found is None:
            continue
        label, number = found
        before = last.get(label)
        if before is not None and 1 < number < before[0]:
            earlier = before[1]
            problem = f"“{file.title}” comes after “{earlier.title}” ({Path(earlier.name).name})"
            mend = "Chapters come in the order of their file names: if this is wrong, rename the files."
            return [Diagnostic(file.name, 0, problem, mend, warning=True)]
        last[label] = number, file
    return []


def picture_faults(folder: Path, file: ChapterFile, checks: PictureChecks) -> list[Diagnostic]:
    """What is wrong with the pictures of that chapter, in the story of that folder."""
    faults = [
        Diagnostic(file.name, line, *problem)
        for path, line in zip(file.shown.paths, file.picture_lines, strict=True)
        if (problem := checks.problem(folder, path))
    ]
    if file.shown.crowded is not None:
        line = file.picture_lines[file.shown.paths.index(file.shown.crowded)]
        mend = "Spread them over more text, or leave some out."
        faults.append(Diagnostic(file.name, line, "more than ten pictures stand on one page", mend))
    return faults
