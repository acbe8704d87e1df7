"""Hard-wrapped prose in quotes, such as a letter that pandoc or a mail program wrapped at a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.lines.hyphenation import SOFT_HYPHEN
from bot.domain.manuscript.lines.line_features import ends_with_pause, is_chat, is_parted, opens_with_dash
from bot.domain.manuscript.lines.line_width import column_range
from bot.domain.manuscript.lines.wrap_detection import LineBlock, find_column
from bot.domain.manuscript.offset_tracking import Edit, TrackedText, and_elsewhere
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.pages.markdown_syntax import is_structured
from bot.domain.pages.source_map import separator_between

_LINE = r"(?:>[ \t]?)++(?![ \t>\xa0\u3000|`\\])[^\n]++"
_RUN = re.compile(rf"(?m)^{_LINE}(?:\n{_LINE})++")
_MARKS = re.compile(r"(?:>[ \t]?)++")
_BEYOND_VERSE = 57
"""Columns from which on lines may be prose, where verse is likely."""

_SURELY_PROSE = 77
_SHORT = 20


def join_wrapped_quotes(draft: TrackedText) -> None:
    """Join the lines of quotes where they evidently were wrapped at a column; all others are kept as lines."""
    if "\n>" not in draft.text:
        return
    text = draft.text
    code = CodeLookup(find_code(text))
    blocks = [
        block
        for found in _RUN.finditer(text)
        if max(map(len, found[0].split("\n"))) > _SHORT and code.around(found.start()) is None
        for block in _paragraphs(found)
        if len(block) > 1
    ]
    column = max((reach for block in blocks if (reach := _column(block)) is not None), default=None)
    edits: list[Edit] = []
    joined: list[int] = []
    for block in blocks:
        if _is_wrapped(block, column):
            edits += _join(block)
            joined.append(block[0][0])
    if joined:
        draft.read(joined[0], f"a quote’s lines, joined to one paragraph{and_elsewhere(len(joined) - 1)}")
        draft.rewrite(edits)


_Block = list[tuple[int, str]]
"""The lines of a quote's paragraph without their marks, each with its offset in the text."""


def _paragraphs(run: re.Match[str]) -> Iterator[_Block]:
    """Yield the lines of each quote that have the same marks and are plain text."""
    at = run.start()
    block: _Block = []
    depth = 0
    for line in run[0].split("\n"):
        marks = _MARKS.match(line)
        assert marks
        bare = line[marks.end() :]
        if is_structured(bare) or classify_scene_break(bare) is not None:
            yield block
            block = []
        else:
            if marks[0].count(">") != depth:
                yield block
                block = []
            block.append((at + marks.end(), bare))
        depth = marks[0].count(">")
        at += len(line) + 1
    yield block


def _column(block: _Block) -> int | None:
    """Return the column up to which the lines of a block were filled, as those of verse hardly ever are."""
    if _is_kept(block):
        return None
    lines = [line.rstrip() for _, line in block]
    wrapped = LineBlock(lines)
    long = wrapped.longest >= _SURELY_PROSE
    if not long and (len(lines) < 3 or not _runs_on(lines) or wrapped.longest < _least(lines)):
        return None
    if find_column(lines) is None:
        capitals = sum(line[:1].isupper() for line in lines[1:])
        cased = any(line[:1].lower() != line[:1].upper() for line in lines)
        if (
            capitals * 2 > len(lines) - 1
            or (cased and not long)
            or not wrapped.is_wrapped(None)
            or wrapped.paragraphs(None)
        ):
            return None
    return wrapped.longest


def _is_wrapped(block: _Block, column: int | None) -> bool:
    """Return whether a block was wrapped, by itself or at the column of other quotes."""
    if _column(block) is not None:
        return True
    if column is None or _is_kept(block):
        return False
    lines = [line.rstrip() for _, line in block]
    wrapped = LineBlock(lines)
    return (
        wrapped.longest >= 0.8 * column
        and (len(lines) > 2 or not lines[1][:1].isupper())
        and _runs_on(lines)
        and wrapped.is_wrapped(column)
        and not wrapped.paragraphs(column)
    )


def _runs_on(lines: list[str]) -> bool:
    """Return whether few lines but the last end with any punctuation, as most lines of verse do."""
    return sum(map(ends_with_pause, lines[:-1])) * 2.5 <= len(lines) - 1


def _least(lines: list[str]) -> int:
    """Return the columns of the shortest lines that may be prose, of which fewer are used in scripts without blanks."""
    return min(_BEYOND_VERSE, column_range("".join(lines)).usual * 4 // 3)


def _is_kept(block: _Block) -> bool:
    """Return whether a line ends by hand, or opens with the dash of dialogue or of a signature, or it is a chat."""
    return (
        any(line.endswith(("  ", "\\")) for _, line in block[:-1])
        or any(opens_with_dash(line) for _, line in block[1:])
        or sum(is_chat(line) for _, line in block) * 2 >= len(block)
    )


def _join(block: _Block) -> Iterator[Edit]:
    for (at, line), (following, below) in pairwise(block):
        bare = line.rstrip()
        if bare.endswith(SOFT_HYPHEN):
            yield Edit(at + len(bare) - 1, following, "")
            continue
        between = "" if is_parted(bare, below) else separator_between(bare, below)
        yield Edit(at + len(bare), following, between)
