"""Offset tracking: text rewritten step by step that knows where in the file each part was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.manuscript.code_spans import CodeLookup, find_code


class Edit(NamedTuple):
    """Replacement of `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """A note to the author about something that is lost, or should not be there."""

    line: int
    """Counted from 1, like `column`."""
    column: int
    problem: str
    mend: str
    grave: bool = False
    """Set if the text must not be published as it is."""


@dataclass(frozen=True, slots=True, order=True)
class Interpretation:
    """A note on the reading of something ambiguous."""

    line: int
    column: int
    what: str


@dataclass(slots=True)
class TrackedText:
    """A text in the course of its conversion."""

    text: str
    remarks: list[Remark] = field(default_factory=list)
    readings: list[Interpretation] = field(default_factory=list)
    private: int = 0
    """Number of removed notes that were not meant for readers."""
    left_out: list[tuple[int, int]] = field(default_factory=list)
    """Where those notes begin and end in what the author wrote."""

    _anchors: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """Pairs of an offset in the text and the offset in what the author wrote."""
    _line_ends: list[int] | None = None
    _written: str = ""

    def __post_init__(self) -> None:
        self._written = self.text

    def source(self, at: int) -> int:
        """Return the offset in the author's text of what is at an offset of the current one."""
        here, there = self._anchors[bisect_right(self._anchors, at, key=_first) - 1]
        return there + at - here

    def place(self, there: int) -> tuple[int, int]:
        """Return line and column of an offset in the author's text."""
        if self._line_ends is None:
            self._line_ends = [-1, *(found.start() for found in re.finditer("\n", self._written))]
        there = min(there, len(self._written))
        line = bisect_right(self._line_ends, there - 1)
        return line, there - self._line_ends[line - 1]

    def written_line(self, at: int) -> str:
        """Return the line of the author's text in which something at an offset of the current one was written."""
        there = min(self.source(at), len(self._written))
        end = self._written.find("\n", there)
        return self._written[self._written.rfind("\n", 0, there) + 1 : end if end >= 0 else None]

    def remark(self, at: int, problem: str, mend: str, *, grave: bool = False) -> None:
        """Add a remark on something at an offset of the current text."""
        self.remark_at(self.source(at), problem, mend, grave=grave)

    def remark_at(self, there: int, problem: str, mend: str, *, grave: bool = False) -> None:
        """Add a remark on something at an offset of the author's text."""
        self.remarks.append(Remark(*self.place(there), problem, mend, grave))

    def read(self, at: int, what: str) -> None:
        """Record the interpretation of something at an offset of the current text."""
        self.readings.append(Interpretation(*self.place(self.source(at)), what))

    def rewrite(self, edits: Iterable[Edit]) -> None:
        """Apply all edits, which are in order and do not overlap."""
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
        """Replace matches outside code; those for which `replacement` returns None stay.

        An `Edit` instead of a text may also include the surroundings of the match, but nothing that was replaced
        before it.
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


def and_elsewhere(places: int) -> str:
    """Return the end of a note on the first of several places; empty if there are no others."""
    return "" if not places else f", as in {places} more place{'s' if places > 1 else ''}"


def _first(anchor: tuple[int, int]) -> int:
    return anchor[0]
