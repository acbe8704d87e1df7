"""File names: natural order, names to ignore, and what a name says about a story or chapter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from bot.domain.stories.story import DATE, NUMBER, strip_order_prefix
from bot.domain.text.chapter_words import is_counted_word

_NUMBER = re.compile(f"({NUMBER})")
_ONLY_A_NUMBER = re.compile(f"{NUMBER}|{DATE}")
_COUNTED = re.compile(r"(?P<number>\d{1,9})(?:(?P<point>\.[ _]?)|[-_ ]+)(?P<word>\S+)")
_SLUG = re.compile(r"[^\W_][\w-]*")
_SMALL = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "but",
            "by",
            "for",
            "from",
            "in",
            "into",
            "nor",
            "of",
            "on",
            "or",
            "over",
        ),
        *("the", "to", "under", "with"),
    )
)
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
LONGEST_NAME = 100
"""Discord's limit for the value of an autocomplete choice, in characters, which slugs and identities travel in."""


_Number = tuple[int | Fraction, ...]
_Counting = frozenset[tuple[str, int]]


def natural_key(name: str, counting: _Counting = frozenset()) -> tuple[tuple[str | _Number, ...], str]:
    """Return a sort key that puts `2` before `2.5` and that before `10`, in any script's digits.

    Case is ignored; the order is total. `name` has no suffix; `counting` says where `1.10` is not a decimal,
    see `counted_parts`.
    """
    pieces = _NUMBER.split(_folded(name))
    key = (
        _value(piece, "".join(pieces[:place]), counting) if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
    return tuple(key), name


def counted_parts(names: Iterable[str]) -> _Counting:
    """Return the parts whose chapters count past nine, each as the text before its number and its own number.

    A number with one point is a decimal, so that 2.25 lies between 2 and 2.5, unless a number of its part
    ends in 0: nobody writes a decimal like that, so it is a count (1.1, 1.2, …, 1.9, 1.10). Numbers with
    several points are always counts.
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


def chapter_name(name: str) -> str:
    """Return the name below the folder of chapters that a file gives its chapter: `part-2/ch-01` for `part-2/ch-01.md`.

    Hugo keeps a text with its pictures as `rain/index.md`: that is `rain`.
    """
    stem = name.rpartition(".")[0]
    folder, _, last = stem.rpartition("/")
    return folder if folder and last.casefold() == "index" else stem


def is_ignored(name: str) -> bool:
    """Return whether a file is hidden or left behind by an editor."""
    return name.startswith((".", "#", "~")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak"))


def is_slug(name: str) -> bool:
    """Return whether a name can be a slug: letters and digits of any script, `-` and `_`, at most 64."""
    return len(name) <= 64 and _SLUG.fullmatch(name) is not None


def title_from_name(stem: str) -> str:
    """Turn a file name into a title, without the parts that only sort it.

    `003-the-lamp` becomes `The Lamp`, `1.2-gate` `Gate`, `2026-01-05-first` `First`, `007` `7`, `01-part`
    `Part 1`. Words separated by spaces keep their case except for the first letter.
    """
    name = strip_order_prefix(unicodedata.normalize("NFC", stem))
    if _ONLY_A_NUMBER.fullmatch(name):
        whole, *rest = name.split(".")
        return ".".join((str(int(whole)), *rest)) if whole.isdecimal() else name
    if (counted := _COUNTED.fullmatch(name)) is not None and is_counted_word(counted["word"]):
        number, word = int(counted["number"]), counted["word"][:1].upper() + counted["word"][1:]
        return f"{number}. {word}" if counted["point"] else f"{word} {number}"
    parts = [part for part in re.split(r"[-_\s]+", name) if part]
    if name.isascii() and name == name.lower() and " " not in name:
        parts = [_titled(part, edge=place in (0, len(parts) - 1)) for place, part in enumerate(parts)]
    words = " ".join(parts) or name
    return str(int(words)) if words.isdecimal() else words[0].upper() + words[1:]


def _titled(word: str, *, edge: bool) -> str:
    """Capitalize a word as in an English title; `edge` marks the first and the last word."""
    if word in _SMALL and not edge:
        return word
    return word.upper() if _ROMAN.fullmatch(word) else word[0].upper() + word[1:]
