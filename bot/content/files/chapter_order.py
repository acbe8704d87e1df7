"""The order of chapters in their folder and its sub-folders, with the reason for each place.

A name is that of a file below the folder of chapters, `part-2/ch-01.md`, or of a folder, which ends in a slash.
Files and folders beside each other are ordered together by the numbers in their names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from bot.content.files.file_names import chapter_name, counted_parts, natural_key, title_from_name
from bot.content.files.natural_order import EPILOGUE, PROLOGUE, read_numbers
from bot.domain.stories.story import DATE, NUMBER

_NUMBER = re.compile(NUMBER)
_DATE = re.compile(DATE)
_ENDS = {PROLOGUE: "a prologue comes first", EPILOGUE: "an epilogue comes last"}
_Reading = tuple[int, str]
_GAP = re.compile(r"(?<=[^\W\d_])[-_ .]{0,3}(?=\d)")
"""What stands between a word and its number; `part-1`, `Part 2` and `Part3` are counted as one."""
_SHORT = {
    "ch": "chapter",
    "chap": "chapter",
    "kap": "kapitel",
    "pt": "part",
    "vol": "volume",
    "ep": "episode",
}
_SHORTENED = re.compile(rf"(?:{'|'.join(_SHORT)})(?=[-_ .]{{0,3}}\d)", re.IGNORECASE)
"""Words that some write in full and some not, before their number: `Ch. 9` comes after `Chapter 8`."""
_DASH = re.compile(r"[ ]+[-–—][ ]+")


def sort_names(names: Iterable[str]) -> list[str]:
    """Return the names in the order in which their chapters come out; it does not depend on how they are listed."""
    own = list(names)
    places = {
        entry: place for entries in _siblings(own).values() for entry, place in _places(entries).items()
    }
    return sorted(own, key=lambda name: tuple(places[entry] for entry in _chain(name)))


def order_reasons(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each name why it stands where it does, in a few words: `by its number 10, written “Ten”`."""
    own = list(names)
    reasons = {
        entry: _reason(_stem(entry), reading)
        for entries in _siblings(own).values()
        for entry, reading in _readings(entries).items()
    }
    return {
        name: "; ".join(
            [
                *(f"{_bare_name(folder)} {reasons[folder]}" for folder in _chain(name)[:-1]),
                *([] if chapter_name(name).count("/") < name.count("/") else [reasons[_chain(name)[-1]]]),
            ]
        )
        for name in own
    }


def part_title(name: str) -> str | None:
    """Return the title of the part that a file belongs to by its folders, or None if it lies in none."""
    folders = PurePosixPath(chapter_name(name)).parts[:-1]
    return (
        ", ".join(" – ".join(map(title_from_name, _DASH.split(_without_order(each)))) for each in folders)
        or None
    )


def _without_order(folder: str) -> str:
    """Return a folder's name without the number that only orders it, as in `02 - The Sea`."""
    first, dash, rest = folder.partition(" - ")
    return rest if dash and rest and first.strip().isdecimal() else folder


def _chain(name: str) -> list[str]:
    """Return the folders that lead to a file, and the file: `a/`, `a/b/`, `a/b/c.md`."""
    steps = name.rstrip("/").split("/")
    folders = ["/".join(steps[: place + 1]) + "/" for place in range(len(steps) - 1)]
    return [*folders, name]


def _siblings(names: Iterable[str]) -> dict[str, list[str]]:
    """Return by folder the files and folders in it."""
    found: dict[str, dict[str, None]] = {}
    for name in names:
        folder = ""
        for entry in _chain(name):
            found.setdefault(folder, {})[entry] = None
            folder = entry
    return {folder: list(entries) for folder, entries in found.items()}


def _places(entries: list[str]) -> dict[str, tuple[object, ...]]:
    """Return the sort key of each of the entries of one folder."""
    readings = _readings(entries)
    even = {entry: (end, _GAP.sub(" ", _in_full(text))) for entry, (end, text) in readings.items()}
    counting = counted_parts(text for _, text in even.values())
    return {
        entry: (end, natural_key(text, counting), entry.endswith("/"), entry)
        for entry, (end, text) in even.items()
    }


def _readings(entries: list[str]) -> dict[str, _Reading]:
    """Return each entry with its numbers in digits; see `read_numbers`.

    Folders called I, II and III show that they are numbered, whatever the files beside them are called.
    """
    together = read_numbers(map(_stem, entries))
    folders = [entry for entry in entries if entry.endswith("/")]
    if not folders or len(folders) == len(entries):
        return {entry: together[_stem(entry)] for entry in entries}
    files = [entry for entry in entries if not entry.endswith("/")]
    found: dict[str, _Reading] = {}
    for kind in (files, folders):
        apart = read_numbers(map(_stem, kind))
        for entry in kind:
            stem = _stem(entry)
            found[entry] = together[stem] if apart[stem] == (0, stem) else apart[stem]
    return found


def _in_full(text: str) -> str:
    short = _SHORTENED.match(text)
    return _SHORT[short[0].lower()] + text[short.end() :] if short else text


def _bare_name(entry: str) -> str:
    return PurePosixPath(entry).name


def _stem(entry: str) -> str:
    path = PurePosixPath(entry)
    return path.name if entry.endswith("/") else path.stem


def _reason(stem: str, reading: _Reading) -> str:
    end, text = reading
    if end:
        return _ENDS.get(end) or ("its name comes first" if end < 0 else "its name comes last")
    if _DATE.match(stem):
        return "by its date"
    number = _NUMBER.search(text)
    if number is None:
        return "by its name"
    written = _written(stem, text)
    value = number[0] if "." in number[0] else str(int(number[0]))
    return f"by its number {value}" + (f", written “{written}”" if written else "")


def _written(stem: str, text: str) -> str:
    """Return what the digits in `text` stand for in the name, or an empty text if they stand there themselves."""
    name = unicodedata.normalize("NFC", stem)
    folded = unicodedata.normalize("NFC", name.casefold())
    if text in (stem, name, folded) or len(name) != len(folded):
        return ""
    start = _alike(folded, text)
    end = _alike(folded[start:][::-1], text[start:][::-1])
    # Without a digit it is a slip that was mended: `Chpater 1`.
    return name[start : len(name) - end].strip() if re.search(r"\d", text[start : len(text) - end]) else ""


def _alike(one: str, other: str) -> int:
    """Return how many characters both texts begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
