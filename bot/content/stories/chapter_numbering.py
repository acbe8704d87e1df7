"""Checks of a story's numbering: an order that contradicts the chapters' own count, gaps, and a book in one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from pathlib import Path, PurePosixPath

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.chapters.third_party_front_matter import DATE, normalize_key
from bot.content.files.natural_order import chapter_count, is_interlude, own_number
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.chapter_labels import CHAPTER_LABELS
from bot.domain.text.chapter_words import CHAPTER_WORDS

_MOST_NAMED = 6
_FEWEST_COUNTED = 3
_WHOLE = 3
"""Numbers for each one that is missing or there twice, so that this is an exception."""

_BOOK = 3
"""Headings that count chapters in one file, from which it is a book."""

_ORDER = "Chapters come in the order of their file names: if this is wrong, rename the files."
_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<words>[^\n]{1,120})$", re.MULTILINE)
_STARTS = "|".join(("[第제]", *sorted(CHAPTER_WORDS, key=len, reverse=True)))
_LONE_LINE = re.compile(
    rf"(?P<level>\*\*|__|)(?P<words>(?:{_STARTS})[^*_#]{{0,60}})(?P=level)", re.IGNORECASE
)
_LONGEST_LINE = 80
_MOST_HEADINGS = 5000

_Row = list[tuple[ChapterFile, int]]
"""The numbered files of a folder in order."""


@dataclass(frozen=True, slots=True)
class _Counted:
    file: ChapterFile
    number: float
    said: str
    """What says the number: a title, a heading, a key with its value."""


def order_warnings(files: Sequence[ChapterFile]) -> list[Diagnostic]:
    """Return a warning each, once a story, for an order and for gaps that the chapters' own numbers contradict.

    A count may start again with each part, and where it goes back to one.
    """
    found = next((warning for counts in _counts(files) if (warning := _contradiction(counts))), None)
    rows = _numbered_rows(files)
    return [
        warning for warning in (found, _gap(rows), _double(rows), _late_interlude(rows, files)) if warning
    ]


def book_warning(file: ChapterFile) -> Diagnostic | None:
    """Return the warning for a file in which several chapters have their headings."""
    count, example = _chapters_within(file)
    if count < _BOOK:
        return None
    problem = f"this file holds {count} chapters by its headings (such as “{example}”), and is taken as one"
    return _of(file, problem, "Split it into a file for each.")


def _counts(files: Sequence[ChapterFile]) -> Iterator[list[_Counted]]:
    """Yield for each way to count, a label or a key, the chapters that it counts, in the order of the files."""
    by: dict[str, list[_Counted]] = {}
    for file in files:
        said = file.title
        found = chapter_count(said)
        if found is None and (first := _HEADING.match(file.text)) is not None:
            said = first["words"].strip(" #")
            found = chapter_count(said)
        if found is not None:
            by.setdefault(found[0], []).append(_Counted(file, found[1], f"“{said}”"))
        for key, number in file.counted.items():
            by.setdefault(f"{key}:", []).append(_Counted(file, number, f"“{key}: {_written(key, number)}”"))
    yield from by.values()


def _written(key: str, number: float) -> str:
    return date.fromordinal(int(number)).isoformat() if normalize_key(key) == DATE else f"{number:g}"


def _contradiction(counts: list[_Counted]) -> Diagnostic | None:
    """Return the warning for the first two chapters whose order contradicts their count."""
    numbers = [each.number for each in counts]
    whole = len(set(numbers)) == len(numbers)
    for before, after in pairwise(counts):
        # A count in which no number comes twice does not start again.
        anew = not whole and (after.number <= 1 or _folder(before.file) != _folder(after.file))
        if after.number < before.number and not anew:
            problem = f"{after.said} comes after {before.said} ({before.file.file})"
            return _of(after.file, problem, f"{_ORDER}{_both_orders(counts) if whole else ''}")
    return None


def _both_orders(counts: list[_Counted]) -> str:
    by_count = sorted(counts, key=lambda each: each.number)
    first = next(place for place, each in enumerate(counts) if each is not by_count[place])
    names, counted = (
        ", ".join(each.file.file for each in row[first : first + _MOST_NAMED]) for row in (counts, by_count)
    )
    return f" By name: {names}. By their own count: {counted}."


def _gap(rows: Iterable[_Row]) -> Diagnostic | None:
    """Return the warning for the first numbers that are missing in a count that is otherwise whole."""
    for row in rows:
        gaps = [(one, two) for one, two in pairwise(row) if two[1] > one[1] + 1]
        lost = sum(two[1] - one[1] - 1 for one, two in gaps)
        if not gaps or _WHOLE * lost > len(row) or any(two[1] < one[1] for one, two in pairwise(row)):
            continue
        (before, first), (after, last) = gaps[0]
        many = f"chapters {first + 1} to {last - 1} seem"
        missing = f"chapter {first + 1} seems" if last == first + 2 else many
        problem = f"{missing} to be missing between {before.file} and {after.file}"
        return _of(
            after, problem, "If it is there under another name, rename it; else nothing needs to be done."
        )
    return None


def _double(rows: Iterable[_Row]) -> Diagnostic | None:
    """Return the warning for the first two files of one number, where others have one each."""
    for row in rows:
        doubles = [
            (before, after, number) for (before, other), (after, number) in pairwise(row) if number == other
        ]
        if doubles and _WHOLE * len(doubles) <= len(row):
            before, after, number = doubles[0]
            problem = f"this file and {before.file} both have the number {number}, and come in the order of their names"
            return _of(after, problem, "If this is wrong, give one of them another number.")
    return None


def _late_interlude(rows: Iterable[_Row], files: Sequence[ChapterFile]) -> Diagnostic | None:
    """Return the warning for an interlude that stands behind all numbered chapters, only because of its name."""
    for row in rows:
        beside = [file for file in files if _folder(file) == _folder(row[-1][0])]
        for file in beside[beside.index(row[-1][0]) + 1 :]:
            if is_interlude(_stem(file)):
                problem = f"by its name this comes after {row[-1][0].file}, the last chapter beside it"
                return _of(
                    file, problem, "If it belongs between two, put a number before its name, such as 3.5."
                )
    return None


def _numbered_rows(files: Sequence[ChapterFile]) -> list[_Row]:
    """Return for each folder the files with a whole number in their names, if most of its files have one."""
    folders: dict[str, list[ChapterFile]] = {}
    for file in files:
        folders.setdefault(_folder(file), []).append(file)
    rows = (
        (len(beside), [(file, number) for file in beside if (number := own_number(_stem(file))) is not None])
        for beside in folders.values()
    )
    return [row for count, row in rows if len(row) >= _FEWEST_COUNTED and 2 * len(row) > count]


def _chapters_within(file: ChapterFile) -> tuple[int, str]:
    """Return how many chapters have a heading of one kind in a file, and one of those headings."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for heading in islice(_headings(file.text), _MOST_HEADINGS):
        count = chapter_count(heading["words"])
        if count is not None and count[0] in CHAPTER_LABELS:
            kind = heading["level"], count[0]
            found.setdefault(kind, {}).setdefault(count[1], heading["words"].strip())
    if not found:
        return 0, ""
    title = chapter_count(file.title)
    (_, label), numbers = max(found.items(), key=lambda each: len(each[1]))
    own = 1 if title is not None and title[0] == label and title[1] not in numbers else 0
    return len(numbers) + own, next(iter(numbers.values()))


def _headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the headings, and the lines that stand alone and begin with a word for a chapter."""
    if "#" in text:
        yield from _HEADING.finditer(text)
    for block in text.split("\n\n"):
        if 0 < len(block) <= _LONGEST_LINE and (found := _LONE_LINE.fullmatch(block.strip())) is not None:
            yield found


def _folder(file: ChapterFile) -> str:
    return PurePosixPath(file.file).parent.as_posix()


def _stem(file: ChapterFile) -> str:
    return Path(file.file).stem


def _of(file: ChapterFile, problem: str, mend: str) -> Diagnostic:
    return Diagnostic(file.name, 0, problem, mend, warning=True)
