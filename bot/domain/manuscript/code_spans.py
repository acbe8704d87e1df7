"""Code in a text, which is shown exactly as it was written."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from bot.domain.pages.source_map import find_fenced_code

_PARAGRAPH = re.compile(r"\n[ \t]*+\n")
_TICKS = re.compile("`++")


class CodeSpan(NamedTuple):
    """A stretch of code, `text[start:end]`."""

    start: int
    end: int


class CodeLookup:
    """Look-up of rising offsets in stretches of code, which are in order."""

    def __init__(self, stretches: list[CodeSpan]) -> None:
        self._stretches = stretches
        self._index = 0

    def around(self, at: int) -> CodeSpan | None:
        """Return the stretch that contains `at`. Offsets have to rise from call to call."""
        while self._index < len(self._stretches) and self._stretches[self._index].end <= at:
            self._index += 1
        if self._index == len(self._stretches) or self._stretches[self._index].start > at:
            return None
        return self._stretches[self._index]


def find_code(text: str) -> list[CodeSpan]:
    """Return the stretches of code in order: between fences, and between rows of backticks inside a paragraph."""
    if "`" not in text:
        return []
    stretches: list[CodeSpan] = []
    done = 0
    for start, end in find_fenced_code(text):
        stretches += _inline(text, done, start)
        stretches.append(CodeSpan(start, end))
        done = end
    return stretches + _inline(text, done, len(text))


def _inline(text: str, start: int, end: int) -> list[CodeSpan]:
    """Find code between two equal rows of backticks with no blank line between them."""
    rows = [(found.start(), found.end()) for found in _TICKS.finditer(text, start, end)]
    if not rows:
        return []
    breaks = [found.start() for found in _PARAGRAPH.finditer(text, start, end)]
    by_length: dict[int, list[int]] = {}
    for first, last in rows:
        by_length.setdefault(last - first, []).append(first)
    stretches = []
    done = start
    for first, last in rows:
        if first < done or _escaped(text, first):
            continue
        others = by_length[last - first]
        number = bisect_left(others, last)
        if number == len(others):
            continue
        closing = others[number]
        following = bisect_left(breaks, last)
        if following < len(breaks) and breaks[following] < closing:
            continue
        done = closing + last - first
        stretches.append(CodeSpan(first, done))
    return stretches


def _escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 16) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
