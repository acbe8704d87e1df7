"""Text positions: pages by offset, and the mapping of offsets to a revised text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from bot.domain.pages.page import Page

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+")
_SHINGLE = 3


def page_at(pages: Sequence[Page], offset: int) -> int:
    """Return the index of the page that shows the source's `offset`, or of the nearest one.

    Pages of nothing but a note show no offset, unless there are no others.
    """
    story = [index for index, page in enumerate(pages) if page.start < page.end] or [0]
    at = bisect_right(story, offset, key=lambda index: pages[index].start) - 1
    return story[max(0, at)]


class PositionMap:
    """Mapping of positions in an old text to a new one, for any number of look-ups.

    1. The common beginning and end of both texts stay where they are.
    2. Between them, sequences of three words that occur once in each text, and in the same order, are taken as
        equal.
    3. After each of these the distance is kept, but never past the next.

    Building it is nearly linear in the length of the texts.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._ends = len(old), len(new)
        self._head = head = _common(old, new)
        self._tail = tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
        ends = (len(old) - tail, len(new) - tail)
        self._anchors = [(head, head), *_anchors(old[head : ends[0]], new[head : ends[1]], head), ends]

    def place(self, offset: int) -> int:
        """Return the new offset of the text at `offset`; removed text leads to its former place.

        The result never decreases with `offset`.
        """
        old_end, new_end = self._ends
        offset = max(0, min(offset, old_end))
        if offset <= self._head:
            return offset
        if old_end - offset <= self._tail:
            return new_end - (old_end - offset)
        index = bisect_right(self._anchors, offset, key=lambda pair: pair[0]) - 1
        (old_at, new_at), following = (
            self._anchors[index],
            self._anchors[min(index + 1, len(self._anchors) - 1)],
        )
        return min(new_at + offset - old_at, following[1])

    def word(self, offset: int) -> int:
        """Return the new offset of the first word at or after `offset`; the beginning stays the beginning."""
        word = _TOKEN.search(self._old, offset) if offset > 0 else None
        if word is None:
            return self.place(offset)
        # Where text was put in right before a word, the word's beginning may be taken for that of the new text.
        return max(self.place(word.start()), self.place(word.end()) - len(word[0]))

    def page(self, old: Sequence[Page], new: Sequence[Page], index: int) -> int:
        """Return the index of the new page with the text that begins the old page of that index.

        The first page stays the first; pages of nothing but the author's notes before or after the story lead to
        such pages, if there still are any.
        """
        index = max(0, min(index, len(old) - 1))
        if index < max(1, _notes_first(old)):
            return min(index, _notes_first(new), len(new) - 1)
        if old[index].start == old[index].end:
            return len(new) - 1 - min(len(old) - 1 - index, max(_notes_last(new) - 1, 0))
        return page_at(new, self.word(old[index].start))


def map_position(old: str, new: str, offset: int) -> int:
    """Return the new offset of the text at `offset` of the old text, see `PositionMap`."""
    return PositionMap(old, new).place(offset)


def _notes_first(pages: Sequence[Page]) -> int:
    """Return the number of pages of nothing but a note before the story."""
    return sum(1 for _ in takewhile(lambda page: page.end == 0, pages))


def _notes_last(pages: Sequence[Page]) -> int:
    """Return the number of pages of nothing but a note after the story."""
    return sum(1 for _ in takewhile(lambda page: page.start == page.end > 0, reversed(pages)))


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning, found by bisection."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(old: str, new: str, base: int) -> list[tuple[int, int]]:
    """Return pairs of offsets, plus `base`, rising in both, at which the same words begin."""
    there = _unique(new)
    pairs = [(at, there[words]) for words, at in _unique(old).items() if words in there]
    return [(at + base, to + base) for at, to in _rising(pairs)]


def _unique(text: str) -> dict[tuple[str, ...], int]:
    """Return sequences of words that occur once, with the offset they begin at."""
    found = [(match[0].casefold(), match.start()) for match in _TOKEN.finditer(text)]
    rows = [tuple(word for word, _ in found[at : at + _SHINGLE]) for at in range(len(found) - _SHINGLE + 1)]
    counts = Counter(rows)
    return {row: found[at][1] for at, row in enumerate(rows) if counts[row] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest rising subsequence of pairs that rise in their first member."""
    tops: list[int] = []
    tips: list[int] = []
    before: list[int] = []
    for index, (_, to) in enumerate(pairs):
        at = bisect_left(tops, to)
        before.append(tips[at - 1] if at else -1)
        tops[at : at + 1] = [to]
        tips[at : at + 1] = [index]
    row: list[tuple[int, int]] = []
    index = tips[-1] if tips else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]
