"""Interpretation of line ends: joined if hard-wrapped, kept in verse, or separating paragraphs.

Real texts mix these, so each block between blank lines is judged separately.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.domain.manuscript.lines.block_modes import (
    LineMode,
    choose_mode,
    find_common_column,
    parts_by_single_ends,
)
from bot.domain.manuscript.lines.hyphenation import HyphenJoiner, may_hold_hyphens
from bot.domain.manuscript.lines.line_layout import (
    find_inset_lines,
    lay_out_paragraphs,
    lay_out_verse,
    with_hard_end,
    with_visible_indent,
)
from bot.domain.manuscript.lines.wrap_detection import LineBlock, find_column, is_filled
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.manuscript.scene_breaks.scene_break_detection import (
    FoundSceneBreak,
    SceneBreakLines,
    mark_edges,
)
from bot.domain.pages.markdown_syntax import is_scene_break, is_structured
from bot.domain.pages.source_map import find_fenced_code

__all__ = ["ArrangedBlock", "ArrangedText", "FoundSceneBreak", "LineMode", "arrange_lines"]


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
    hyphens: tuple[int, ...] = ()
    """The lines, counted from 1, whose last word a hyphen parted from its rest below."""


def arrange_lines(text: str, wish: LineMode | None = None) -> ArrangedText:
    """Normalize scene breaks and line ends; `wish` sets the mode of all blocks.

    Code, lists, quotes and headings stay as they are.
    """
    if wish is None and not _may_need_repair(text) and (plain := _plain(text)) is not None:
        return plain
    return _LineArranger(text.split("\n"), wish).arrange(_code_lines(text))


def _may_need_repair(text: str) -> bool:
    """Return whether there are hyphens at line ends or indents that the parser would show."""
    indented = "\u3000" in text and (text.startswith("\u3000") or "\n\u3000" in text)
    return indented or may_hold_hyphens(text)


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
    hyphens: list[int] = field(default_factory=list)

    def arrange(self, code: set[int]) -> ArrangedText:
        breaks = SceneBreakLines(self.lines, code)
        parts = list(self._parts(code, breaks.numbers))
        blocks = {first: LineBlock(self.lines[first:last]) for first, last in parts if last - first > 1}
        column = find_common_column(list(blocks.values()))
        apart = parts_by_single_ends(list(blocks.values()), column, has_blank_lines="" in self.lines)
        modes = {first: self.wish or choose_mode(block, column, apart) for first, block in blocks.items()}
        joiner = HyphenJoiner(
            self.lines, [block.lines for first, block in blocks.items() if modes[first] is LineMode.WRAPPED]
        )
        at = 0
        for first, last in parts:
            self._copy(at, first, breaks)
            if last - first > 1:
                self._block(first, blocks[first], modes[first], column, joiner)
            else:
                self.out.append(_without_indent(self.lines[first]))
            at = last
        self._copy(at, len(self.lines), breaks)
        return ArrangedText("\n".join(self.out), tuple(self.blocks), breaks.found(), tuple(self.hyphens))

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
                # An indented line belongs to the item above it.
                other = within_item = all_quoted or line[:1] in (" ", "\t")
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

    def _block(
        self, first: int, block: LineBlock, mode: LineMode, column: int | None, joiner: HyphenJoiner
    ) -> None:
        self.blocks.append(ArrangedBlock(first + 1, len(block.lines), mode))
        match mode:
            case LineMode.VERSE:
                self.out += lay_out_verse(block.lines)
            case LineMode.PARAGRAPHS:
                kept = set() if self.wish else find_inset_lines(block.lines)
                lines = [
                    with_visible_indent(line) if number in kept else line
                    for number, line in enumerate(block.lines)
                ]
                lines = [
                    with_hard_end(line) if number + 1 in kept else line for number, line in enumerate(lines)
                ]
                starts = [number for number in range(1, len(lines)) if number not in kept]
                self.out += lay_out_paragraphs(lines, starts)
            case LineMode.WRAPPED:
                starts = [] if self.wish else list(block.paragraphs(column))
                noise = self.wish is None and block.ends_blank
                lines = [line.rstrip() for line in block.lines] if noise else block.lines
                lines, starts, joined = joiner.join(lines, starts)
                self.hyphens += [first + 1 + number for number in joined]
                self.out += lay_out_paragraphs(lines, starts)

    def _copy(self, first: int, last: int, breaks: SceneBreakLines) -> None:
        for number in range(first, last):
            if number in breaks.numbers:
                breaks.copy(number, self.out)
            else:
                self.out.append(self.lines[number])


def _without_indent(line: str) -> str:
    """Return a paragraph's only line without the ideographic blanks that begin a paragraph."""
    bare = line.lstrip("\u3000")
    return bare if 0 < len(line) - len(bare) < 3 else line
