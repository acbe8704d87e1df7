"""Names of chapters' files: a number that orders them, and the title in letters that every system can store."""

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


def name_from_title(title: str) -> str:
    """Return the part of a file's name that a title gives: `The Lamp!` becomes `the-lamp`.

    Letters of any language stay, with their marks; at most 60 characters.
    """
    plain = unicodedata.normalize("NFC", title.casefold()).replace("’", "").replace("'", "")
    letters = "".join(each if unicodedata.category(each)[0] in "LMN" else "-" for each in plain)
    name = re.sub(r"-{2,}", "-", letters).strip("-")[:_LONGEST]
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    name = name.strip("-") or _FALLBACK
    return f"{_FALLBACK}-{name}" if _RESERVED.fullmatch(name) or ONLY_NUMBER.fullmatch(name) else name


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
