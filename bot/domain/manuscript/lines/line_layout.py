"""Layout of blocks for the parser of pages: lines of verse, and paragraphs with blank lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.manuscript.lines.line_features import is_full_sentence, is_spoken, strip_hard_end
from bot.domain.manuscript.lines.line_width import INDENT, column_range, text_width

_INDENT_MOST = 24
_MARK_SIGNS = frozenset("*_~|")
_MARKS = re.compile(r"(?<!\\)(?:\*+|_{2,}|~~|\|\|)")


def lay_out_verse(lines: list[str]) -> Iterator[str]:
    """Yield the lines with hard ends, and their indents in blanks that neither the parser nor Discord drops."""
    for number, line in enumerate(lines):
        inset = with_visible_indent(line)
        yield inset if number == len(lines) - 1 else with_hard_end(inset)


def with_visible_indent(line: str) -> str:
    """Return a line whose indent neither the parser nor Discord drops."""
    spread = line.expandtabs(4)
    body = spread.lstrip(" ")
    return "\xa0" * min(len(spread) - len(body), _INDENT_MOST) + body


def with_hard_end(line: str) -> str:
    """Return a line that ends hard, by two blanks or a backslash."""
    return line if line.endswith("  ") or ends_in_backslash(line) else line.rstrip(" ") + "\\"


def lay_out_paragraphs(lines: list[str], starts: Sequence[int]) -> Iterator[str]:
    """Yield the lines with a blank line before each of `starts`; inside an open mark, a hard end instead.

    The indents of first lines are left out.
    """
    if not starts:
        yield lines[0].lstrip(INDENT) or lines[0]
        yield from lines[1:]
        return
    begins = frozenset(starts)
    opened = 0
    for number, line in enumerate(lines):
        if not number or number in begins:
            line = line.lstrip(INDENT) or line
        if not _MARK_SIGNS.isdisjoint(line):
            opened += len(_MARKS.findall(line))
        ends = number + 1 in begins
        if ends and opened % 2:
            yield line.rstrip(" \t") + ("" if ends_in_backslash(line) else "\\")
            continue
        yield line.rstrip("\\ \t") if ends and ends_in_backslash(line) else line
        if ends:
            opened = 0
            yield ""


def find_inset_lines(lines: list[str]) -> set[int]:
    """Return the indices of short lines among paragraphs that belong to the line above, as in a letter or a song.

    The line above is short, too, and ends no sentence; neither is dialogue.
    """
    short = column_range("".join(lines[:40])).usual
    bare = [strip_hard_end(line) for line in lines]
    brief = [text_width(line) <= short and not is_spoken(line) for line in bare]
    return {
        number
        for number in range(1, len(lines))
        if brief[number] and brief[number - 1] and not is_full_sentence(bare[number - 1])
    }


def ends_in_backslash(line: str) -> bool:
    """Return whether a line ends hard by a backslash that is not escaped itself."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
