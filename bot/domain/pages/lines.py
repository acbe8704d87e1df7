"""A text as lines that remember where they stand in it, and text put together from pieces that do."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

_GONE = "\ufdd0"
"""Stands in for each character of a comment: a noncharacter, so that every offset stays as it is."""

_COMMENT_OR_FENCE = re.compile(r"(?m)<!--|^[ ]{0,3}(`{3,}|~{3,})[^`\n]*$")
_CJK = re.compile(
    r"[\u2e80-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)


class Line(NamedTuple):
    """One line without its end; `start` is its offset in the source."""

    start: int
    text: str


def split_lines(text: str) -> list[Line]:
    """Split at every line end Unicode knows (CRLF, NEL and the separators too), comments and a leading BOM
    gone.
    """
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
    unclosed: set[str] = set()
    while found := _COMMENT_OR_FENCE.search(text, at):
        at = found.end()
        if found[1]:
            closing = None
            if found[1] not in unclosed:
                closing = re.compile(rf"(?m)^[ ]{{0,3}}{found[1]}{found[1][0]}*[ \t]*$").search(text, at)
            if closing:
                at = closing.end()
            else:
                at = found.end(1)
                unclosed.add(found[1])
            continue
        end = text.find("-->", at)
        if end < 0:
            break
        at = end + 3
        parts += (text[done : found.start()], _GONE * (at - found.start()))
        done = at
    return "".join(parts) + text[done:]


@dataclass(slots=True)
class Gathered:
    """Content put together from lines, with `anchors`: pairs of an offset in it and the source offset it came
    from.
    """

    text: str = ""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, source: int) -> None:
        """Add a stretch of the source, leaving out what was a comment."""
        for part in text.split(_GONE):
            if part or not self.anchors:
                self.anchors.append((self._length, source))
                self._parts.append(part)
                self._length += len(part)
            source += len(part) + 1

    def join(self, between: str, after: int) -> None:
        """Add what stands for a line end; `after` is where in the source the line before it ended."""
        self.anchors.append((self._length, after))
        self._parts.append(between)
        self._length += len(between)

    def done(self) -> Gathered:
        """Settle `text`."""
        self.text = "".join(self._parts)
        return self

    def source(self, at: int) -> int:
        """The source offset of an offset in `text`."""
        index = bisect_right(self.anchors, at, key=_content_offset) - 1
        return self.anchors[index][1] + at - self.anchors[index][0]

    def part(self, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
        """`text[start:end]` and its own anchors."""
        if not start and end == len(self.text):
            return self.text, self.anchors
        inner = [(at - start, source) for at, source in self.anchors if start < at < end]
        return self.text[start:end], [(0, self.source(start)), *inner]


def _content_offset(anchor: tuple[int, int]) -> int:
    return anchor[0]


def is_empty(line: str) -> bool:
    """Whether nothing but a comment or blanks stands on it."""
    return not line or line.isspace() or (_GONE in line and not line.replace(_GONE, "").strip())


def prose(lines: list[Line], keep_lines: bool = False) -> Gathered:
    """Lines as one run: CommonMark's soft ends become spaces (nothing between CJK), hard ones stay; or all
    stay.
    """
    gathered = Gathered()
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
            tight = bare and following and _CJK.match(bare[-1]) and _CJK.match(following[0])
            gathered.join("\n" if hard else "" if tight else " ", start + len(bare))
    return gathered.done()
