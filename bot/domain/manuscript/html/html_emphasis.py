"""Emphasis of HTML's inline elements: Discord's marks around words, not around blanks or over a paragraph's end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from bot.domain.manuscript.html.html_tags import BLOCKS, HEADINGS, SINGLE, TAG, Tag
from bot.domain.pages.escaping import ZERO_WIDTH

_DEEPEST = 16
"""Nesting of elements beyond any real use; each level costs time for all that it contains."""

_PARTED = re.compile(r"\n[ \t]*+\n")
_Pairs = tuple[tuple[str, str], ...]
"""Opening and closing marks."""

_APART = BLOCKS | HEADINGS.keys() | {"hr", "li", "tr", "td", "th", "dt", "dd", "pre"}


class Mark(NamedTuple):
    """A mark: `open` at `start` and `close` at `end` of the text."""

    start: int
    end: int
    open: str
    close: str
    depth: int


class Event(NamedTuple):
    """One sign of a mark to be written at an offset."""

    at: int
    opens: bool
    mark: str


def order_events(marks: list[Mark]) -> list[Event]:
    """Return the signs to be written, the last first: closing before opening, inner marks inside outer ones."""
    events = [(mark.end, False, -mark.depth, -mark.start, mark.close) for mark in marks]
    events += [(mark.start, True, mark.depth, -mark.end, mark.open) for mark in marks]
    return [Event(event[0], event[1], event[-1]) for event in sorted(events, reverse=True)]


@dataclass(frozen=True, slots=True)
class _Opened:
    tag: Tag
    marks: _Pairs
    end: int
    """The end of its paragraph."""


def find_marks(text: str, tags: list[Tag]) -> list[Mark]:
    """Return the marks of the elements of `tags`, which are all tags of the text."""
    around = _Around(text, tags)
    found = [mark for element in _elements(text, tags) for mark in around.marks(*element)]
    found.sort(key=lambda mark: (mark.open, mark.start, -mark.end))
    merged = [
        mark for _, alike in groupby(found, key=lambda mark: mark.open) for mark in around.merged(alike)
    ]
    return list(_nested(merged, around))


def _nested(marks: list[Mark], around: _Around) -> Iterator[Mark]:
    """Yield the marks, those that cross the end of another cut there: `<i>a<b>b</i>c</b>`."""
    opened: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.depth)):
        while opened and opened[-1].end <= mark.start:
            opened.pop()
        rest = mark
        for outer in reversed(opened):
            if outer.end < rest.end and rest.open != "[":
                for first, last in around.trimmed(rest.start, outer.end):
                    yield rest._replace(start=first, end=last, depth=max(rest.depth, outer.depth + 1))
                start = next((first for first, _ in around.trimmed(outer.end, rest.end)), rest.end)
                rest = rest._replace(start=start)
        if rest.start < rest.end:
            yield rest
        if rest is mark:
            opened.append(mark)
        elif opened:
            at = next((at for at, outer in enumerate(opened) if outer.end <= rest.end), len(opened))
            opened.insert(at, rest)


def _elements(text: str, tags: list[Tag]) -> Iterator[tuple[Tag, int, _Pairs, int]]:
    """Yield the elements with marks: their first tag, their end, the marks, and their depth in others.

    An element that is never closed, or opened anew in a later paragraph, reaches to the end of its paragraph.
    """
    opened: list[_Opened] = []
    ends = sorted({*(found.start() for found in _PARTED.finditer(text)), *_starts(tags), len(text)})
    for tag in tags:
        if not tag.closes:
            end = ends[bisect_left(ends, tag.end)]
            marks = _marks(tag)
            twin = next((each for each in opened if each.marks and each.marks == marks), None)
            if twin is not None and twin.end < tag.start:
                yield twin.tag, twin.end, twin.marks, opened.index(twin)
                opened.remove(twin)
            if (marks or tag.name in ("a", "span", "font")) and len(opened) < _DEEPEST:
                opened.append(_Opened(tag, () if twin is not None and twin.end == end else marks, end))
            continue
        at = next(
            (index for index in reversed(range(len(opened))) if opened[index].tag.name == tag.name), None
        )
        if at is not None:
            element = opened.pop(at)
            yield element.tag, tag.start, element.marks, at
    for depth, element in enumerate(opened):
        yield element.tag, element.end, element.marks, depth


def _starts(tags: list[Tag]) -> Iterator[int]:
    """Yield the offsets of tags that separate paragraphs."""
    return (tag.start for tag in tags if tag.name in _APART)


def _marks(tag: Tag) -> _Pairs:
    if tag.name == "a":
        target = tag.attributes.get("href", "").strip()
        if not target or re.search(r"[\n<>]", target):
            return ()
        if not target.lower().startswith(("http://", "https://")) or re.search(r"\s", target):
            return (("[", f"](<{target}>)"),)
        return (("[", f"]({target.replace('(', '%28').replace(')', '%29')})"),)
    return tuple((mark, mark) for mark in tag.marks) if tag.name not in SINGLE else ()


class _Around:
    """Finds the words of a stretch between its tags and blanks."""

    def __init__(self, text: str, tags: list[Tag]) -> None:
        self._text = text
        self._starts = {tag.start: tag.end for tag in tags}
        self._inline = {tag.start: tag.end for tag in tags if tag.name not in _APART}
        self._ends = {tag.end: tag.start for tag in tags}
        borders = [(found.start(), found.end()) for found in _PARTED.finditer(text)]
        self._borders = sorted([*borders, *((tag.start, tag.end) for tag in tags if tag.name in _APART)])
        self._pictures = [tag.start for tag in tags if tag.name == "img"]

    def marks(self, tag: Tag, end: int, marks: _Pairs, depth: int) -> Iterator[Mark]:
        """Yield the marks of one element, for each paragraph that it reaches into."""
        parts = list(self._parts(tag.end, end)) if marks else []
        for level, (opening, closing) in enumerate(marks):
            if opening == "[" and (len(parts) != 1 or self._has_picture(*parts[0])):
                continue
            for first, last in parts:
                yield Mark(first, last, opening, closing, depth * len(marks) + level)

    def merged(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """Yield marks of one kind without those inside others, joining those that directly follow each other."""
        held: Mark | None = None
        for mark in marks:
            if held is not None and mark.start < held.end:
                continue
            if held is not None and held.close == mark.close and self._follows(held.end, mark.start):
                held = held._replace(end=mark.end, depth=min(held.depth, mark.depth))
                continue
            if held is not None:
                yield held
            held = mark
        if held is not None:
            yield held

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        at = start
        first = bisect_right(self._borders, (start, -1))
        for index in range(first, len(self._borders)):
            border = self._borders[index]
            if border[0] >= end:
                break
            yield from self.trimmed(at, border[0])
            at = max(at, border[1])
        yield from self.trimmed(at, end)

    def trimmed(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretch without tags and blanks at its ends, if anything is left."""
        first = self._forward(start, end)
        if first >= end:
            return
        last = end
        while last > first:
            if self._text[last - 1].isspace():
                last -= 1
            elif (before := self._ends.get(last)) is not None:
                last = before
            else:
                break
        if last > first:
            yield first, last

    def _forward(self, at: int, end: int) -> int:
        """Skip tags and blanks."""
        while at < end:
            if (after := self._starts.get(at)) is not None:
                at = after
            elif self._text[at].isspace():
                at += 1
            else:
                break
        return at

    def _follows(self, at: int, start: int) -> bool:
        """Return whether there is nothing between two offsets but tags inside a paragraph."""
        while at < start and (after := self._inline.get(at)) is not None:
            at = after
        return at >= start

    def _has_picture(self, start: int, end: int) -> bool:
        index = bisect_left(self._pictures, start)
        return index < len(self._pictures) and self._pictures[index] < end


def strip_tags(text: str) -> str:
    """Return the text of some HTML that has no structure of its own."""
    return TAG.sub("", text)


def separator(before: str, mark: str) -> str:
    """Return a separator of a mark from one right before it, if Discord would read both as one row."""
    return ZERO_WIDTH if before and before[-1] == mark[0] and mark[0] in "*_~`|" else ""
