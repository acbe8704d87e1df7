"""Source map: lines with their offsets in a text, and text joined from lines that keeps these offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

_GONE = "\ufdd0"
"""Placeholder of each character of a comment: a noncharacter, so that every offset stays as it is."""

_COMMENT_OR_FENCE = re.compile(r"(?m)<(?<!\\<)!--|^[ ]{0,3}(`{3,}+|~{3,}+)[^`\n]*+$")
_OPENING_FENCE = re.compile(r"(?m)^[ ]{0,3}(`{3,}+)[^`\n]*+$")
_CLOSING_FENCE = re.compile(r"(?m)^[ ]{0,3}(`{3,}+|~{3,}+)[ \t]*+$")
_WIDE = "\u2e80-\u312f\u31a0-\u31ff\u3220-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
_TIGHT = re.compile(f"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff{_WIDE}]")
"""Scripts without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, and the CJK ones."""

_IS_WIDE = re.compile(f"[{_WIDE}]")
_SHARED = "“”‘’…‥—–―·"
"""Punctuation that Chinese and Japanese share with scripts that have spaces."""

_MARKS = "*_~|`"
_FIRST_TIGHT = "\u0e00"
"""No letter of a script without spaces comes before it."""

_SPACED_STOPS = frozenset("\u0f0d\u0f0e\u0f0f\u104b\u17d4\u17d5\u17d6")
"""Stops that a space follows although there is none between words."""


class Line(NamedTuple):
    """One line without its end; `start` is its offset in the source."""

    start: int
    text: str


def split_lines(text: str) -> list[Line]:
    """Split at every line end of Unicode's (CRLF, NEL and the separators too), without comments and a leading BOM."""
    if "<!--" in text:
        text = _without_comments(text)
    if text.startswith("\ufeff"):
        text = _GONE + text[1:]
    lines = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.splitlines()[0] if line[-1:] != "\n" or line[-2:] == "\r\n" else line[:-1]
        lines.append(Line(start, bare))
        start += len(line)
    return lines


def _without_comments(text: str) -> str:
    """Blank out each closed comment that is not inside fenced code."""
    parts: list[str] = []
    done = at = 0
    fences = _Fences(text)
    while found := _COMMENT_OR_FENCE.search(text, at):
        at = found.end()
        if found[1]:
            closed = fences.close(found[1], at)
            at = found.end(1) if closed is None else closed
            continue
        end = text.find("-->", at)
        if end < 0:
            break
        at = end + 3
        parts += (text[done : found.start()], _GONE * (at - found.start()))
        done = at
    return "".join(parts) + text[done:]


def find_fenced_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each closed block of fenced code, fences included."""
    fences = _Fences(text)
    at = 0
    while found := _OPENING_FENCE.search(text, at):
        closed = fences.close(found[1], found.end())
        if closed is not None:
            yield found.start(), closed
        at = found.end() if closed is None else closed


class _Fences:
    """The lines that may close fenced code, found once."""

    def __init__(self, text: str) -> None:
        self._ends: dict[str, list[int]] = {"`": [], "~": []}
        self._lengths: dict[str, list[int]] = {"`": [], "~": []}
        for found in _CLOSING_FENCE.finditer(text):
            self._ends[found[1][0]].append(found.end())
            self._lengths[found[1][0]].append(len(found[1]))
        self._longest = {
            char: list(accumulate(reversed(lengths), max))[::-1] for char, lengths in self._lengths.items()
        }

    def close(self, opening: str, at: int) -> int | None:
        """Return the end of the code that was opened before `at`, a line's end; None if it is never closed.

        Lines passed over are inside that code, so no line is looked at twice.
        """
        ends, lengths, longest = (kind[opening[0]] for kind in (self._ends, self._lengths, self._longest))
        number = bisect_right(ends, at)
        if number == len(ends) or longest[number] < len(opening):
            return None
        while lengths[number] < len(opening):
            number += 1
        return ends[number]


def parse_heading(line: str) -> tuple[int, int, int] | None:
    """Return the level of a heading, and where its text begins and ends; None if the line is not a heading.

    Spaces around the text and hashes at its end are not part of it. There is no regular expression for this
    because it would try every way to divide a row of spaces.
    """
    bare = line.strip(" \t")
    text = bare.lstrip("#")
    level = len(bare) - len(text)
    if not 0 < level <= 6 or text[:1] not in (" ", "\t") or not text.strip():
        return None
    start = line.index("#") + level + len(text) - len(text.lstrip(" \t"))
    if line[start].isspace():
        return None
    kept = text.strip(" \t")
    unmarked = kept.rstrip("#")
    if unmarked != kept and unmarked[-1:] in (" ", "\t"):
        kept = unmarked.rstrip(" \t")
    return level, start, start + len(kept)


@dataclass(slots=True)
class MappedText:
    """Text joined from lines."""

    text: str = ""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of an offset in the text and the source offset it came from."""
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, source: int) -> None:
        """Add a stretch of the source, leaving out comments."""
        for part in text.split(_GONE):
            if part or not self.anchors:
                self.anchors.append((self._length, source))
                self._parts.append(part)
                self._length += len(part)
            source += len(part) + 1

    def join(self, between: str, after: int) -> None:
        """Add a replacement for a line end; `after` is where in the source the line before it ended."""
        self.anchors.append((self._length, after))
        self._parts.append(between)
        self._length += len(between)

    def done(self) -> MappedText:
        """Complete `text`."""
        self.text = "".join(self._parts)
        return self

    def source(self, at: int) -> int:
        """Return the source offset of an offset in `text`."""
        index = bisect_right(self.anchors, at, key=_content_offset) - 1
        return self.anchors[index][1] + at - self.anchors[index][0]

    def part(self, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
        """Return `text[start:end]` and its own anchors."""
        if not start and end == len(self.text):
            return self.text, self.anchors
        first = bisect_right(self.anchors, start, key=_content_offset)
        last = bisect_left(self.anchors, end, lo=first, key=_content_offset)
        inner = [(at - start, source) for at, source in self.anchors[first:last]]
        return self.text[start:end], [(0, self.source(start)), *inner]


def _content_offset(anchor: tuple[int, int]) -> int:
    return anchor[0]


def is_empty(line: str) -> bool:
    """Return whether a line has nothing but blanks and comments."""
    return not line or line.isspace() or (_GONE in line and not line.replace(_GONE, "").strip())


def join_lines(lines: list[Line], keep_lines: bool = False) -> MappedText:
    """Join lines to one run: CommonMark's soft line ends become spaces (nothing in scripts without), hard ones stay."""
    gathered = MappedText()
    last = len(lines) - 1
    for number, (start, text) in enumerate(lines):
        body = text.lstrip(" \t")
        start += len(text) - len(body)
        bare = body.rstrip(" \t")
        hard = keep_lines or body.endswith("  ")
        if number < last and (len(bare) - len(bare.rstrip("\\"))) % 2:
            bare, hard = bare[:-1], True
        gathered.add(bare, start)
        if number < last:
            following = lines[number + 1].text.lstrip(" \t")
            gathered.join("\n" if hard else separator_between(bare, following), start + len(bare))
    return gathered.done()


def separator_between(before: str, after: str) -> str:
    """Return what takes the place of a line end between two lines: a space, or nothing in scripts without spaces."""
    if not before or not after or (before[-1] < _FIRST_TIGHT and before[-1] not in _MARKS):
        return " "
    left, right = before.rstrip(_MARKS), after.lstrip(_MARKS)
    if not left or not right:
        return " "
    if _TIGHT.match(left[-1]) and _TIGHT.match(right[0]):
        return " " if left[-1] in _SPACED_STOPS else ""
    left, right = left.rstrip(_SHARED + _MARKS), right.lstrip(_SHARED + _MARKS)
    return "" if left and right and _IS_WIDE.match(left[-1]) and _IS_WIDE.match(right[0]) else " "
