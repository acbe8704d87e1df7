"""Names made from titles, in letters that every system can store; those of chapters begin with their number."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.domain.stories.story import strip_order_prefix

_LONGEST = 60
_MOST_BYTES = 180
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_FALLBACK = "chapter"
ONLY_NUMBER = re.compile(r"[\d._-]+")


def name_from_title(title: str, *, fallback: str = _FALLBACK, marks: bool = True) -> str:
    """Return the part of a file's or folder's name that a title gives: `The Lamp!` becomes `the-lamp`.

    Letters of any language stay; at most 60 characters.

    Args:
        title: The title.
        fallback: The name if no letter is left, and what comes before one that is only a number.
        marks: Whether marks stay that are no letters, such as vowel signs; the name of a story has none.
    """
    plain = unicodedata.normalize("NFC", title.casefold()).replace("’", "").replace("'", "")
    letters = "".join(_sign(each, marks=marks) for each in plain)
    name = re.sub(r"-{2,}", "-", letters).strip("-")[:_LONGEST]
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    name = name.strip("-") or fallback
    if _RESERVED.fullmatch(name) or ONLY_NUMBER.fullmatch(name):
        return f"{fallback}-{name}"[:_LONGEST].strip("-")
    return name


def _sign(character: str, *, marks: bool) -> str:
    kind = unicodedata.category(character)[0]
    if kind == "M" and not marks:
        return ""
    return character if kind in "LMN" else "-"


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, with a number after it if it is taken, whatever the case."""
    known = {each.casefold() for each in taken}
    number, free = 2, name
    while free.casefold() in known:
        free, number = f"{name}-{number}", number + 1
    return free


def name_without_number(file: str) -> str:
    """Return a file's name without its folders, its ordering number and its suffix."""
    return strip_order_prefix(PurePosixPath(file).stem)


def number_names(files: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return new file names by the old ones, numbered in this order within each folder.

    Args:
        files: The files, each with its folders.
        names: For each, what follows its number.
    """
    counted: Counter[PurePosixPath] = Counter()
    numbered: dict[str, str] = {}
    for file, name in zip(files, names, strict=True):
        path = PurePosixPath(file)
        counted[path.parent] += 1
        numbered[file] = (path.parent / f"{counted[path.parent]:03}-{name}{path.suffix}").as_posix()
    return numbered
