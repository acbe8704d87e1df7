"""Matching of delimiter runs: rows of `*`, `_`, `~` and `|` become spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.pages.text_length import is_blank

_LOOK_BACK = 8
_NAMES = {"*": "em", "_": "em", "**": "strong", "__": "underline", "~~": "strike", "||": "spoiler"}


_DEEPEST = 24
"""Nesting of marks beyond any real use; each level costs time for all that it contains."""


@dataclass(frozen=True, slots=True)
class Span:
    """A mark from `start` to `end` around the text between `inner_start` and `inner_end`."""

    sort: str
    start: int
    inner_start: int
    inner_end: int
    end: int
    open: str
    close: str


@dataclass(slots=True)
class DelimiterRun:
    """A row of one mark character: `left` of them are still unused, from `at` on."""

    char: str
    at: int
    left: int
    length: int
    opens: bool
    closes: bool


def match_delimiters(content: str, rows: list[DelimiterRun]) -> Iterator[Span]:
    """Match closing rows with opening ones, innermost first, as CommonMark does; overlapping ones stay literal."""
    open_rows: dict[str, list[DelimiterRun]] = {"*": [], "_": [], "~": [], "|": []}
    for row in rows:
        while row.closes and row.left and (opener := _opener(open_rows[row.char], row)):
            width = 2 if opener.left > 1 and row.left > 1 else 1
            inner_start, inner_end = opener.at + opener.left, row.at
            if (row.char in "~|" and width < 2) or is_blank(
                content[inner_start : min(inner_end, inner_start + 99)]
            ):
                break
            mark = row.char * width
            yield Span(
                _NAMES[mark], inner_start - width, inner_start, inner_end, inner_end + width, mark, mark
            )
            opener.left -= width
            row.left -= width
            row.at += width
            for others in open_rows.values():
                while others and others[-1].at > opener.at:
                    others.pop()
            if not opener.left:
                open_rows[opener.char].pop()
        if row.opens and row.left:
            open_rows[row.char].append(row)


def drop_deep_spans(spans: list[Span]) -> list[Span]:
    """Drop spans that are nested too deeply: their marks stay literal."""
    if len(spans) <= _DEEPEST:
        return spans
    kept: list[Span] = []
    ends: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while ends and ends[-1] <= span.start:
            ends.pop()
        if len(ends) < _DEEPEST or span.sort in ("code", "link"):
            kept.append(span)
            ends.append(span.end)
    return kept


def _opener(rows: list[DelimiterRun], closer: DelimiterRun) -> DelimiterRun | None:
    """Return the nearest row that `closer` may end; CommonMark's rule of three keeps `*a**b*` one emphasis."""
    for opener in reversed(rows[-_LOOK_BACK:]):
        both_ways = (opener.opens and opener.closes) or (closer.opens and closer.closes)
        clash = (opener.length + closer.length) % 3 == 0 and not (
            opener.length % 3 == 0 and closer.length % 3 == 0
        )
        if closer.char in "~|" or not (both_ways and clash):
            return opener
    return None
