"""Widths of lines in columns, and the scripts on which the reading of line ends depends."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNUSUAL = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u1cff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u2e80-\uffff\U00010000-\U0010ffff]"
)
_WIDE = "\u2e80-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WITHOUT_BLANKS = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_IS_WITHOUT_BLANKS = re.compile(f"[{_WITHOUT_BLANKS}]")
_IS_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_SAMPLE = 400

INDENT = " \t\xa0\u2002\u2003\u3000"
"""Blanks that indent a line."""


class ColumnRange:
    """The columns at which text of a kind of script is wrapped."""

    def __init__(self, usual: int, narrow: int, most: int) -> None:
        self.usual = usual
        """Fewest columns that lines of prose have in most files."""
        self.narrow = narrow
        """Fewest columns that anybody wraps at; lines of verse are as long."""
        self.most = most


_WESTERN = ColumnRange(45, 26, 130)
_HANGUL = ColumnRange(28, 16, 130)
WIDE = ColumnRange(30, 20, 220)
WITHOUT_BLANKS = ColumnRange(20, 12, 130)


def column_range(text: str) -> ColumnRange:
    """Return the columns for the script that most of a text's beginning is in."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _WESTERN
    for script, columns in (
        (_IS_WIDE, WIDE),
        (_IS_HANGUL, _HANGUL),
        (_IS_WITHOUT_BLANKS, WITHOUT_BLANKS),
    ):
        if len(script.findall(sample)) * 2 > len(sample):
            return columns
    return _WESTERN


def text_width(text: str) -> int:
    """Return the columns of a text in a monospaced font."""
    return sum(map(_columns, text)) if _UNUSUAL.search(text) else len(text)


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if _IS_HANGUL.match(char):
        return 1  # Wide, too, but wrapped by the character as often as by the column.
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def first_word_width(this: str, following: str, longest: int) -> int:
    """Return the columns that the beginning of the following line would take at the end of this one.

    Args:
        this: A line.
        following: The line after it.
        longest: The columns of the longest line around.
    """
    before, after = this[-1:], following[:1]
    if _IS_WIDE.match(before) and _IS_WIDE.match(after):
        return 4
    if _IS_WITHOUT_BLANKS.match(before) and _IS_WITHOUT_BLANKS.match(after):
        return longest // 4
    return 1 + text_width(following.split(None, 1)[0] if following else "")


def is_without_blanks(text: str) -> bool:
    """Return whether a text is of a script that has neither blanks between words nor, mostly, full stops."""
    return column_range(text) is WITHOUT_BLANKS
