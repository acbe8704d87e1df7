"""Bidirectional text: stretches in a direction of their own, delimited by Unicode's invisible controls (UAX #9).

They are treated like marks: those open at a page's end are closed there and reopened on the next page, so that a
Hebrew sentence in an English paragraph keeps its direction on both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from bot.domain.pages.delimiters import Span

_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_ISOLATE = "\u2069"
_END_OF_EMBEDDING = "\u202c"

_MOST = 64
"""Controls of one paragraph that are matched, more than any author writes; they must not cost quadratic time."""


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def find_directional_spans(content: str, taken: Sequence[_Stretch]) -> list[Span]:
    """Return the spans between matching controls; the end of the paragraph closes those left open.

    Spans that would partly overlap those `taken` by marks are left out.
    """
    if content.isascii():
        return []
    controls = list(_CONTROL.finditer(content))
    if not controls or len(controls) > _MOST:
        return []
    return [span for span in _matched(content, controls) if not any(_overlap(span, other) for other in taken)]


def _matched(content: str, controls: list[re.Match[str]]) -> Iterator[Span]:
    opened: list[tuple[int, str]] = []
    for control in controls:
        at, char = control.start(), control[0]
        if char not in (_END_OF_ISOLATE, _END_OF_EMBEDDING):
            opened.append((at, char))
            continue
        # The end of an isolate ends what was opened inside it, too; that of an embedding never reaches over an isolate.
        while char == _END_OF_ISOLATE and opened and _closer(opened[-1][1]) != char:
            if not any(one in _ISOLATES for _, one in opened):
                break
            opened.pop()
        if opened and _closer(opened[-1][1]) == char:
            start, one = opened.pop()
            yield _span(start, one, at, at + 1)
    while opened:
        start, one = opened.pop()
        yield _span(start, one, len(content), len(content))


def _span(start: int, char: str, inner_end: int, end: int) -> Span:
    return Span(f"turn {start}", start, start + 1, inner_end, end, char, _closer(char))


def _closer(char: str) -> str:
    return _END_OF_ISOLATE if char in _ISOLATES else _END_OF_EMBEDDING


def _overlap(span: Span, other: _Stretch) -> bool:
    """Return whether one begins inside the other and ends outside, or begins among the other's own signs."""
    if other.end <= span.start or other.start >= span.end:
        return False
    around = span.start < other.start and other.end <= span.inner_end
    inner_start, inner_end = (
        getattr(other, "inner_start", other.end),
        getattr(other, "inner_end", other.start),
    )
    inside = inner_start <= span.start and span.end <= inner_end
    return not (around or inside)
