"""Interpretation of a block of lines: wrapped prose, paragraphs by single line ends, or lines to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.manuscript.lines.wrap_detection import LineBlock

_LONG = 80
"""Columns that a line has only as a whole paragraph."""

_VERY_LONG = 100
_RATHER_LONG = 60
_FEW = 8
"""Lines from which on a text shows how it separates its paragraphs."""


class LineMode(StrEnum):
    """Interpretation of the lines of a block."""

    PARAGRAPHS = "paragraphs"
    WRAPPED = "wrapped"
    VERSE = "verse"


def choose_mode(block: LineBlock, column: int | None, apart: bool) -> LineMode:
    """Return the interpretation of a block; in doubt its lines are kept, for then nothing is lost.

    Args:
        block: The lines.
        column: The column to which the text is wrapped, if it is.
        apart: Whether the text separates its paragraphs by single line ends.
    """
    if block.is_wrapped(column):
        return LineMode.WRAPPED
    if block.all_hard or block.is_chat:
        return LineMode.VERSE
    if block.longest > _LONG or (not block.has_refrain and _has_paragraphs(block, apart)):
        return LineMode.PARAGRAPHS
    return LineMode.VERSE


def _has_paragraphs(block: LineBlock, apart: bool) -> bool:
    """Return whether its lines are dialogue, full sentences of different lengths, or indented like paragraphs."""
    count, ends = len(block.lines), block.sentences
    if block.speech >= 0.5 and (ends >= 0.6 or block.has_no_stops):
        return True
    if block.has_wide_indents and ends >= 0.5:
        return True
    if block.is_indented and count > 2 and ends >= 0.7 and (block.is_uneven or block.speech > 0):
        return True
    if apart and ends >= 0.6:
        return True
    return count > 2 and ends >= 0.8 and (block.is_uneven or block.longest >= _RATHER_LONG)


def find_common_column(blocks: Sequence[LineBlock]) -> int | None:
    """Return the column at which the text is wrapped, if blocks of more than two lines show it."""
    columns = sorted(block.longest for block in blocks if len(block.lines) > 2 and block.is_wrapped(None))
    return columns[len(columns) // 2] if columns else None


def parts_by_single_ends(blocks: Sequence[LineBlock], column: int | None, *, has_blank_lines: bool) -> bool:
    """Return whether the text separates its paragraphs by single line ends."""
    loose = [block for block in blocks if not (block.all_hard or block.is_wrapped(column) or block.is_chat)]
    if any(block.longest > _VERY_LONG for block in loose):
        return True
    loose = [block for block in loose if not block.has_refrain]
    lines = sum(len(block.lines) for block in loose)
    if lines < _FEW:
        return False
    if not has_blank_lines and any(block.longest > _RATHER_LONG and block.sentences > 0.7 for block in loose):
        return True
    ends = sum(block.sentences * len(block.lines) for block in loose)
    speech = sum(block.speech * len(block.lines) for block in loose)
    uneven = sum(len(block.lines) for block in loose if block.is_uneven)
    return ends >= 0.75 * lines and (speech >= 0.2 * lines or uneven >= 0.5 * lines)
