"""Interpretation of line ends: joined if hard-wrapped, kept in verse, or separating paragraphs.

Real texts mix these, so each block between blank lines is judged separately.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.manuscript.scene_break_detection import FoundSceneBreak, SceneBreakLines, mark_edges
from bot.domain.manuscript.scene_breaks import classify_scene_break
from bot.domain.manuscript.wrap_detection import LineBlock, find_column, is_filled
from bot.domain.pages.markdown_syntax import is_scene_break, is_structured
from bot.domain.pages.source_map import find_fenced_code

_INDENT_MOST = 24
_MARKS = re.compile(r"(?<!\\)(?:\*+|_{2,}|~~|\|\|)")


class LineMode(StrEnum):
    """Interpretation of the lines of a block."""

    PARAGRAPHS = "paragraphs"
    WRAPPED = "wrapped"
    VERSE = "verse"


@dataclass(frozen=True, slots=True)
class ArrangedBlock:
    """Interpretation of a block of several lines."""

    line: int
    """Its first line, from 1."""
    lines: int
    """Number of its lines."""
    mode: LineMode


@dataclass(frozen=True, slots=True)
class ArrangedText:
    """The text with its line ends as the parser of pages reads them, and their interpretation."""

    text: str
    blocks: tuple[ArrangedBlock, ...] = ()
    breaks: tuple[FoundSceneBreak, ...] = ()


def arrange_lines(text: str, wish: LineMode | None = None) -> ArrangedText:
    """Normalize scene breaks and line ends; `wish` sets the mode of all blocks.

    Code, lists, quotes and headings stay as they are.
    """
    if wish is None and (plain := _plain(text)) is not None:
        return plain
    return _LineArranger(text.split("\n"), wish).arrange(_code_lines(text))


def _plain(text: str) -> ArrangedText | None:
    """Return the text as it is if that is evidently right, which it is for most books.

    It then consists of paragraphs of one line, or plainly wrapped, and scene breaks in the parser's form.
    """
    blocks: list[ArrangedBlock] = []
    breaks: list[FoundSceneBreak] = []
    columns: list[int] = []
    pairs: list[list[str]] = []
    line = 1
    for part in text.split("\n\n"):
        inner = part.strip("\n") if part[:1] == "\n" or part[-1:] == "\n" else part
        first = line + (len(part) - len(part.lstrip("\n")) if inner is not part else 0)
        if "\n" in inner:
            lines = inner.split("\n")
            if len(lines) == 2:
                pairs.append(lines)
            elif (reach := find_column(lines)) is None:
                return None
            else:
                columns.append(reach)
            blocks.append(ArrangedBlock(first, len(lines), LineMode.WRAPPED))
        elif classify_scene_break(inner) is not None:
            if not is_scene_break(inner):
                return None
            breaks.append(FoundSceneBreak(first, inner))
        line += part.count("\n") + 2
    column = sorted(columns)[len(columns) // 2] if columns else 0
    if not all(column and is_filled(pair, column) for pair in pairs):
        return None
    return ArrangedText(text, tuple(blocks), mark_edges(text, breaks))


def _code_lines(text: str) -> set[int]:
    """Return the indices of lines that are code or its fences."""
    if "```" not in text:
        return set()
    lines: set[int] = set()
    line = at = 0
    for start, end in find_fenced_code(text):
        first = line + text.count("\n", at, start)
        line, at = first + text.count("\n", start, end), end
        lines.update(range(first, line + 1))
    return lines


@dataclass(slots=True)
class _LineArranger:
    lines: list[str]
    wish: LineMode | None
    out: list[str] = field(default_factory=list)
    blocks: list[ArrangedBlock] = field(default_factory=list)

    def arrange(self, code: set[int]) -> ArrangedText:
        breaks = SceneBreakLines(self.lines, code)
        parts = list(self._parts(code, breaks.numbers))
        blocks = {first: LineBlock(self.lines[first:last]) for first, last in parts if last - first > 1}
        column = _column(list(blocks.values()))
        apart = self._apart(list(blocks.values()), column)
        at = 0
        for first, last in parts:
            self._copy(at, first, breaks)
            if last - first > 1:
                self._block(first, blocks[first], column, apart)
            else:
                self.out.append(self.lines[first])
            at = last
        self._copy(at, len(self.lines), breaks)
        return ArrangedText("\n".join(self.out), tuple(self.blocks), breaks.found())

    def _parts(self, code: set[int], breaks: AbstractSet[int]) -> Iterator[tuple[int, int]]:
        """Yield each block of plain text, as the indices of its first line and of the one after its last."""
        first: int | None = None
        within_item = all_quoted = False
        for number, line in enumerate(self.lines):
            blank = not line.strip()
            other = blank or number in breaks or number in code or is_structured(line)
            if number in breaks or number in code:
                within_item = all_quoted = False
            elif not blank and other:
                within_item = not line.lstrip().startswith("#")
                all_quoted = within_item and (all_quoted or line.lstrip().startswith(">>>"))
            elif blank:
                within_item = all_quoted
            elif within_item:
                other = True
            if not other and first == number - 1 and not line.strip().strip("="):
                # The underline of a heading: the two are no verse.
                first = None
                continue
            if other and first is not None:
                yield first, number
                first = None
            elif not other and first is None:
                first = number
        if first is not None:
            yield first, len(self.lines)

    def _apart(self, blocks: Sequence[LineBlock], column: int | None) -> bool:
        """Return whether the text separates its paragraphs by single line ends."""
        loose = [block for block in blocks if not block.is_wrapped(column)]
        return any(block.longest > 100 for block in loose) or (
            not any(not line.strip() for line in self.lines)
            and any(len(block.lines) > 7 and block.longest > 60 and block.sentences > 0.7 for block in loose)
        )

    def _block(self, first: int, block: LineBlock, column: int | None, apart: bool) -> None:
        mode = self.wish or _mode(block, column, apart)
        self.blocks.append(ArrangedBlock(first + 1, len(block.lines), mode))
        match mode:
            case LineMode.VERSE:
                self.out += _verse(block.lines)
            case LineMode.PARAGRAPHS:
                self.out += _paragraphs(block.lines, range(1, len(block.lines)))
            case LineMode.WRAPPED:
                ends = () if self.wish else block.paragraphs()
                self.out += _paragraphs(block.lines, ends) if ends else block.lines

    def _copy(self, first: int, last: int, breaks: SceneBreakLines) -> None:
        for number in range(first, last):
            if number in breaks.numbers:
                breaks.copy(number, self.out)
            else:
                self.out.append(self.lines[number])


def _column(blocks: Sequence[LineBlock]) -> int | None:
    """Return the column at which the text is wrapped, if blocks of more than two lines show it."""
    columns = sorted(block.longest for block in blocks if len(block.lines) > 2 and block.is_wrapped(None))
    return columns[len(columns) // 2] if columns else None


def _mode(block: LineBlock, column: int | None, apart: bool) -> LineMode:
    if block.is_wrapped(column):
        return LineMode.WRAPPED
    if not block.all_hard and (block.longest > 80 or (apart and block.sentences >= 0.6)):
        return LineMode.PARAGRAPHS
    return LineMode.VERSE


def _verse(lines: list[str]) -> Iterator[str]:
    """Yield the lines with hard ends, and their indents in blanks that neither the parser nor Discord drops."""
    for number, line in enumerate(lines):
        spread = line.expandtabs(4)
        body = spread.lstrip(" ")
        indent = min(len(spread) - len(body), _INDENT_MOST)
        if not (number == len(lines) - 1 or body.endswith("  ") or _ends_hard(body)):
            body = body.rstrip(" ") + "\\"
        yield "\xa0" * indent + body


def _paragraphs(lines: list[str], starts: Sequence[int]) -> Iterator[str]:
    """Yield the lines with a blank line before each of `starts`; inside an open mark, a hard end instead."""
    begins = frozenset(starts)
    opened = 0
    for number, line in enumerate(lines):
        opened += len(_MARKS.findall(line))
        ends = number + 1 in begins
        if ends and opened % 2:
            yield line.rstrip(" \t") + ("" if _ends_hard(line) else "\\")
            continue
        yield line.rstrip("\\ \t") if ends and _ends_hard(line) else line
        if ends:
            opened = 0
            yield ""


def _ends_hard(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
