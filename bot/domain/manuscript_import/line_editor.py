"""Removal and change of single lines of blocks, for the passes of the clean-up, each of which asks before it acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog, SourcePassage
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock, SourceDocument

_WHOLE = frozenset((BlockKind.QUOTE, BlockKind.LIST, BlockKind.CODE, BlockKind.TABLE))
"""Kinds of which no single line is taken out."""


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line of a block's text, or the whole block if it can only be taken as a whole."""

    text: str
    block: int
    """Index of its block among those the editor was given."""
    kind: BlockKind
    source_line: int
    """First of its lines in the document's `lines`, from 1."""
    source_line_count: int
    traits: frozenset[BlockTrait]
    order: int = 0
    """Its place among the lines that the editor was given."""

    @property
    def is_prose(self) -> bool:
        """Set for a line of a paragraph, verse or heading."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE, BlockKind.HEADING)

    @property
    def source_end(self) -> int:
        """Last of its lines in the document's `lines`."""
        return self.source_line + max(self.source_line_count, 1) - 1


class LineEditor:
    """The lines of some blocks of a document, from which passes take lines out.

    Lines whose removal the author refused are hidden from every later pass, as if they were gone.
    """

    def __init__(
        self, document: int, source: SourceDocument, blocks: Sequence[SourceBlock], log: DecisionLog
    ) -> None:
        lines = (line for number, block in enumerate(blocks) for line in _lines(number, block))
        self.lines = [replace(line, order=order) for order, line in enumerate(lines)]
        """The lines that are left, in order."""
        self.source = source
        self._document = document
        self._blocks = list(blocks)
        self._log = log
        self._changed: set[int] = set()
        self._before: dict[int, SourceBlock] = {}
        self._refused: list[BlockLine] = []

    @property
    def has_changed(self) -> bool:
        """Set once anything was taken out or changed."""
        return bool(self._changed or self._before)

    @property
    def block_count(self) -> int:
        """Number of blocks that there were, or are since one was split."""
        return len(self._blocks)

    def decide(
        self, kind: DecisionKind, reason: str, first: int, last: int, place: str | None = None
    ) -> bool:
        """Record a decision about adjoining lines; return whether it is to be carried out.

        Args:
            kind: What is done.
            reason: What the lines are.
            first: Index of the first line in `lines`.
            last: Index of the last.
            place: Where moved lines go.
        """
        lines = self.lines[first : last + 1]
        start, end = lines[0].source_line, max(line.source_end for line in lines)
        if any(self._log.is_left_alone(self._document, line.source_line, line.source_end) for line in lines):
            return False
        text = "\n".join(self.source.lines[start - 1 : end]) or "\n".join(line.text for line in lines)
        passage = SourcePassage(self._document, start, end - start + 1, text)
        return self._log.decide(kind, reason, passage, place)

    def drop(self, reasons: Mapping[int, str]) -> None:
        """Take out lines, as one decision where several with the same reason adjoin.

        Args:
            reasons: What each line is, by its index in `lines`.
        """
        gone: list[int] = []
        runs: list[list[int]] = []
        for index in sorted(reasons):
            last = runs[-1][-1] if runs else None
            if last == index - 1 and reasons[last] == reasons[index] and self._are_neighbours(last, index):
                runs[-1].append(index)
            else:
                runs.append([index])
        for run in runs:
            if not self.decide(DecisionKind.DROPPED, reasons[run[0]], run[0], run[-1]):
                self._refused += [self.lines[index] for index in run]
            gone += run
        self.remove(gone)

    def _are_neighbours(self, index: int, following: int) -> bool:
        """Return whether nothing that was taken out stood between two lines."""
        between = self.source.lines[self.lines[index].source_end : self.lines[following].source_line - 1]
        return not any(line.strip() for line in between)

    def move(self, reason: str, first: int, last: int, place: str) -> bool:
        """Take out adjoining lines that go to a field; return whether they do, or else are put back later."""
        is_moved = self.decide(DecisionKind.MOVED, reason, first, last, place)
        if not is_moved:
            self._refused += self.lines[first : last + 1]
        self.remove(range(first, last + 1))
        return is_moved

    def remove(self, indices: Iterable[int]) -> None:
        """Take out lines about which it is decided."""
        gone = set(indices)
        if gone:
            self._changed |= {self.lines[index].block for index in gone}
            self.lines = [line for index, line in enumerate(self.lines) if index not in gone]

    def join_with_next(self, index: int) -> None:
        """Make one line of two of paragraphs, about which it is decided."""
        line, following = self.lines[index : index + 2]
        text = f"{line.text.rstrip()} {following.text.lstrip()}"
        count = following.source_end - line.source_line + 1
        self._changed |= {line.block, following.block}
        self.lines[index : index + 2] = [replace(line, text=text, source_line_count=count)]

    def set_apart(self, index: int, text: str) -> None:
        """Change a line's text, about which it is decided, and make a block of its own of it."""
        if index + 1 < len(self.lines):
            self.split_before(index + 1)
        self.split_before(index)
        self.lines[index] = replace(self.lines[index], text=text)
        self._changed.add(self.lines[index].block)

    def insert_before(self, index: int, block: SourceBlock) -> None:
        """Put a block before that of a line, which is split from the lines above it."""
        self.split_before(index)
        self._before[self.lines[index].block] = block

    def split_before(self, index: int) -> None:
        """Make a block of its own of a line and those that follow it in its block."""
        line = self.lines[index]
        old = self._blocks[line.block]
        is_first = not index or self.lines[index - 1].block != line.block
        if is_first and not self._refused:
            return  # Looking through all lines for each would take quadratic time.
        mine = [each for each in self._all_lines() if each.block == line.block]
        cut = sum(each.order < line.order for each in mine)
        if not cut:
            return
        self._blocks[line.block : line.block + 1] = [_block_of(old, mine[:cut]), _block_of(old, mine[cut:])]
        self._changed = {each + (each > line.block) for each in self._changed - {line.block}}
        self._before = {each + (each > line.block): block for each, block in self._before.items()}
        self.lines, self._refused = (
            [
                replace(each, block=each.block + 1)
                if each.block > line.block or (each.block == line.block and each.order >= line.order)
                else each
                for each in lines
            ]
            for lines in (self.lines, self._refused)
        )

    def blocks(self) -> tuple[SourceBlock, ...]:
        """Return the blocks of the lines that are left."""
        return self._blocks_of(self.lines)

    def blocks_with_refused(self) -> tuple[SourceBlock, ...]:
        """Return the blocks of the lines that are left, and of those whose removal was refused, in their order."""
        return self._blocks_of(self._all_lines())

    def refused_blocks(self) -> tuple[SourceBlock, ...]:
        """Return the blocks, or parts of blocks, whose removal was refused."""
        lines = sorted(self._refused, key=lambda line: line.order)
        groups = groupby(lines, key=lambda line: line.block)
        return tuple(_block_of(self._blocks[number], list(group)) for number, group in groups)

    def _all_lines(self) -> list[BlockLine]:
        return (
            sorted([*self.lines, *self._refused], key=lambda line: line.order)
            if self._refused
            else self.lines
        )

    def _blocks_of(self, wanted: Sequence[BlockLine]) -> tuple[SourceBlock, ...]:
        result: list[SourceBlock] = []
        for number, lines in groupby(wanted, key=lambda line: line.block):
            if (before := self._before.get(number)) is not None:
                result.append(before)
            block = self._blocks[number]
            result.append(_block_of(block, list(lines)) if number in self._changed else block)
        return tuple(result)


def _lines(number: int, block: SourceBlock) -> list[BlockLine]:
    texts = [block.text] if block.kind in _WHOLE else block.text.split("\n")
    if len(texts) == 1:
        return [BlockLine(texts[0], number, block.kind, block.line, block.line_count, block.traits)]
    if len(texts) == block.line_count:
        return [
            BlockLine(text, number, block.kind, block.line + offset, 1, block.traits)
            for offset, text in enumerate(texts)
        ]
    return [BlockLine(text, number, block.kind, block.line, block.line_count, block.traits) for text in texts]


def _block_of(block: SourceBlock, lines: Sequence[BlockLine]) -> SourceBlock:
    """Return a block with those of its lines that are left."""
    start, end = lines[0].source_line, max(line.source_end for line in lines)
    text = "\n".join(line.text for line in lines)
    return replace(block, text=text, line=start, line_count=end - start + 1)
