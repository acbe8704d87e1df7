"""The text while it is being read: rewritten step by step, and still knowing where each part of it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.manuscript.code_spans import CodeSpan, find_code


class Edit(NamedTuple):
    """Replace `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something that could not be carried over, or should not have been there. `line` and `column` count from 1.

    What is `grave` must not be published as it stands.
    """

    line: int
    column: int
    problem: str
    mend: str
    grave: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Interpretation:
    """How something was read that could be read otherwise, for whoever wants to know."""

    line: int
    column: int
    what: str


@dataclass(slots=True)
class TrackedText:
    """The text as far as it is read. `anchors` pair offsets in it with offsets in what the author wrote."""

    text: str
    remarks: list[Remark] = field(default_factory=list)
    readings: list[Interpretation] = field(default_factory=list)
    private: int = 0
    """How many notes that were not meant for readers have been left out."""

    _anchors: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    _line_ends: list[int] | None = None
    _written: str = ""

    def __post_init__(self) -> None:
        self._written = self.text

    def source(self, at: int) -> int:
        """The offset in the author's text of what stands at an offset of the present one."""
        here, there = self._anchors[bisect_right(self._anchors, at, key=_first) - 1]
        return there + at - here

    def place(self, there: int) -> tuple[int, int]:
        """Line and column of an offset in the author's text."""
        if self._line_ends is None:
            self._line_ends = [-1, *(found.start() for found in re.finditer("\n", self._written))]
        there = min(there, len(self._written))
        line = bisect_right(self._line_ends, there - 1)
        return line, there - self._line_ends[line - 1]

    def remark(self, at: int, problem: str, mend: str, *, grave: bool = False) -> None:
        """Tell the author of something at an offset of the present text."""
        self.remark_at(self.source(at), problem, mend, grave=grave)

    def remark_at(self, there: int, problem: str, mend: str, *, grave: bool = False) -> None:
        """Tell the author of something at an offset of their own text."""
        self.remarks.append(Remark(*self.place(there), problem, mend, grave))

    def read(self, at: int, what: str) -> None:
        """Note how something at an offset of the present text was read."""
        self.readings.append(Interpretation(*self.place(self.source(at)), what))

    def rewrite(self, edits: Iterable[Edit]) -> None:
        """Make all edits, which are in order and do not overlap."""
        parts: list[str] = []
        anchors: list[tuple[int, int]] = []
        done = length = index = 0
        for edit in (*edits, Edit(len(self.text), len(self.text), "")):
            kept = self.text[done : edit.start]
            if kept:
                anchors.append((length, self.source(done)))
                index = bisect_right(self._anchors, done, lo=index, key=_first)
                while index < len(self._anchors) and self._anchors[index][0] < edit.start:
                    here, there = self._anchors[index]
                    anchors.append((length + here - done, there))
                    index += 1
                parts.append(kept)
                length += len(kept)
            if edit.text:
                anchors.append((length, self.source(edit.start)))
                parts.append(edit.text)
                length += len(edit.text)
            done = edit.end
        self.text = "".join(parts)
        self._anchors = anchors or [(0, 0)]

    def replace(
        self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str | Edit | None]
    ) -> None:
        """Replace what matches outside code; where `replacement` gives None it stays.

        An `Edit` instead of a text may also take what stands around the match, but not what was replaced before it.
        """
        edits: list[Edit] = []
        at = done = 0
        code = CodeLookup(find_code(self.text))
        while found := pattern.search(self.text, at):
            if (stretch := code.around(found.start())) is not None:
                at = stretch.end
                continue
            at = max(found.end(), found.start() + 1)
            new = replacement(found)
            if new is None:
                continue
            edit = new if isinstance(new, Edit) else Edit(found.start(), found.end(), new)
            edits.append(Edit(max(edit.start, done), edit.end, edit.text))
            at = done = max(at, edit.end)
        if edits:
            self.rewrite(edits)


class CodeLookup:
    """Tells of rising offsets whether they lie in one of the stretches, which are in order."""

    def __init__(self, stretches: list[CodeSpan]) -> None:
        self._stretches = stretches
        self._index = 0

    def around(self, at: int) -> CodeSpan | None:
        """The stretch that `at` lies in. No offset may be asked for after a later one."""
        while self._index < len(self._stretches) and self._stretches[self._index].end <= at:
            self._index += 1
        if self._index == len(self._stretches) or self._stretches[self._index].start > at:
            return None
        return self._stretches[self._index]


def _first(anchor: tuple[int, int]) -> int:
    return anchor[0]
