"""Places of pages in the author's own text, which the pages' converted text no longer has."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

_LETTERS = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\W_]+")
_NOT_SHOWN = re.compile(r"<[^<>\n]{0,300}>|&#?\w{1,10};|\]\([^()\n]{0,300}\)")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_NEEDLE = 24
"""Letters by which the beginning of a page is recognized."""

_AHEAD = 200
"""Characters of a page in which these letters stand."""


def find_page_starts(written: str, first: int, shown: str, starts: Iterable[int]) -> list[int]:
    """Return for each page the offset in the written text at which it begins.

    Args:
        written: The whole file.
        first: Where its text begins, after the front matter.
        shown: The chapter's text, of which the pages are made.
        starts: Where the pages begin in it, ascending.
    """
    bare = _NOT_SHOWN.sub(lambda found: " " * len(found[0]), written[first:])
    lines = bare.split("\n")
    # The letters of the text, how many of them come before each line, and where that begins.
    letters = [_letters(line) for line in lines]
    counts = [0, *accumulate(map(len, letters))]
    tops = [first, *accumulate((len(line) + 1 for line in lines), initial=first)][1:]
    whole = "".join(letters).lower()
    if len(whole) != counts[-1]:
        # A few letters are two in lower case.
        whole = "".join(letters)
    total = max(1, _count_letters(shown))
    places: list[int] = []
    seen = counted = reached = 0
    for start in starts:
        counted += _count_letters(shown[reached:start])
        reached = start
        needle = _BETWEEN.sub("", shown[start : start + _AHEAD]).lower()[:_NEEDLE]
        expected = counted * len(whole) // total
        # Where the letters occur twice, the nearer place is meant: a page never begins before the one before it.
        at = _nearest(whole, needle, max(seen, expected), seen) if needle else expected
        seen = at = min(max(at, seen), len(whole))
        line = bisect_right(counts, at) - 1
        if line >= len(lines):
            places.append(len(written))
        else:
            places.append(tops[line] + _offset(lines[line], at - counts[line]))
    if places:
        places[0] = 0
    return places


@lru_cache(maxsize=8192)
def _letters(line: str) -> str:
    """Return the letters of a line; while somebody types, all lines but one are the same as before."""
    return _BETWEEN.sub("", line)


def _offset(line: str, letter: int) -> int:
    """Return where the letter with that number stands in a line."""
    for found in _LETTERS.finditer(line):
        if letter < len(found[0]):
            return found.start() + letter
        letter -= len(found[0])
    return len(line)


def _nearest(whole: str, needle: str, to: int, least: int) -> int:
    before = whole.rfind(needle, least, to + len(needle))
    after = whole.find(needle, to)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - to)) if found else to


def _count_letters(text: str) -> int:
    return sum(len(_letters(line)) for line in text.split("\n"))


class Utf16Offsets:
    """Offsets of a text as browsers count them: in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]

    def of(self, at: int) -> int:
        """Return an offset in code units."""
        return at + bisect_left(self._wide, at)
