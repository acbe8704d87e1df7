"""File names: their natural order, which of them count, and what they say about a story or chapter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from bot.domain.story import DATE, NUMBER, without_order

_NUMBER = re.compile(f"({NUMBER})")
_ONLY_A_NUMBER = re.compile(f"{NUMBER}|{DATE}")
_SLUG = re.compile(r"[^\W_][\w-]*")
LONGEST_NAME = 100
"""Discord's limit for the value of an autocomplete choice, in characters, which slugs and identities travel in."""


_Number = tuple[int | Fraction, ...]
_Counting = frozenset[tuple[str, int]]


def natural(name: str, counting: _Counting = frozenset()) -> tuple[tuple[str | _Number, ...], str]:
    """A sort key by which `2` comes before `2.5` and that before `10`, in any script's digits, without regard to case;
    total over names. `name` has no suffix; `counting` says where `1.10` is no decimal, see `counted_parts`."""
    pieces = _NUMBER.split(_folded(name))
    key = (
        _value(piece, "".join(pieces[:place]), counting) if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
    return tuple(key), name


def counted_parts(names: Iterable[str]) -> _Counting:
    """The parts whose chapters are counted on past nine, as what stands before their number and the part's own.

    A number with one point is a decimal, so that 2.25 lies between 2 and 2.5, unless one of its part ends in 0, which
    nobody writes of a decimal: 1.1, 1.2 … 1.9, 1.10, 1.11. With more points than one it is always counted.
    """
    found = set()
    for name in names:
        if "." not in name:
            continue
        pieces = _NUMBER.split(_folded(name))
        for place in range(1, len(pieces), 2):
            whole, *rest = pieces[place].split(".")
            if len(rest) == 1 and len(rest[0]) > 1 and int(rest[0]) % 10 == 0:
                found.add(("".join(pieces[:place]), int(whole)))
    return frozenset(found)


def _value(number: str, before: str, counting: _Counting) -> _Number:
    whole, *rest = number.split(".")
    if len(rest) == 1 and (before, int(whole)) not in counting:
        return int(whole), Fraction(int(rest[0]), 10 ** len(rest[0]))
    return int(whole), *map(int, rest)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_ignored(name: str) -> bool:
    """Whether it is hidden or left behind by an editor, and so nobody's chapter."""
    return name.startswith((".", "#", "~")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak"))


def is_slug(name: str) -> bool:
    """Whether it can name a story: letters and digits of any script, `-` and `_`, at most 64."""
    return len(name) <= 64 and _SLUG.fullmatch(name) is not None


def said(path: Path) -> str:
    """The path as it can be printed and stored, also where a name is not text in the system's encoding."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def chapter_files(folder: Path) -> list[Path]:
    """The chapters' files in natural order of their names.

    Raises:
        OSError: the folder is not there or cannot be read.
    """
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() == ".md" and not is_ignored(path.name) and path.is_file()
    ]
    counting = counted_parts(path.stem for path in found)
    return sorted(found, key=lambda path: (natural(path.stem, counting), path.name))


def spoken(stem: str) -> str:
    """A file name as a title, without what only puts it in order: `003-the-lamp` is `The lamp`, `1.2-gate` is `Gate`,
    `2026-01-05-first` is `First`, `007` is `7`."""
    name = without_order(unicodedata.normalize("NFC", stem))
    if _ONLY_A_NUMBER.fullmatch(name):
        whole, *rest = name.split(".")
        return ".".join((str(int(whole)), *rest)) if whole.isdecimal() else name
    words = " ".join(re.split(r"[-_\s]+", name)).strip() or name
    return str(int(words)) if words.isdecimal() else words[0].upper() + words[1:]
