"""Blocks of a document as its reader meets them: paragraphs and headings, and what quotes, lists and tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock

_RULE_LINE = "———"
_BREAK_IN_QUOTE = "⁂"
_DEEPEST = 16
"""Nesting beyond any real use; each level costs time for all that it holds."""
_WHOLE = frozenset((BlockKind.HEADING, BlockKind.PICTURE, BlockKind.SCENE_BREAK))


@dataclass(slots=True)
class BlockWriter:
    """The blocks so far, and those of the quotes, lists and notes that are still open."""

    lines: list[str] = field(default_factory=list)
    """The document's readable lines."""
    levels: list[list[SourceBlock]] = field(default_factory=lambda: [[]])
    begins_page: bool = False
    """Set if the next block begins a page."""

    @property
    def blocks(self) -> list[SourceBlock]:
        """The blocks of the innermost open part."""
        return self.levels[-1]

    @property
    def count(self) -> int:
        """The number of blocks of the document itself."""
        return len(self.levels[0])

    def add(
        self,
        text: str,
        shown: Sequence[str],
        kind: BlockKind,
        traits: Iterable[BlockTrait] = (),
        level: int = 0,
    ) -> None:
        """Add a block with the lines that its author sees."""
        line = len(self.lines) + 1
        self.lines.extend(shown)
        page = {BlockTrait.PAGE_BREAK_BEFORE} if self.begins_page else set()
        self.begins_page = False
        self.blocks.append(SourceBlock(text, kind, level, line, len(shown), frozenset(traits) | page))

    def add_rule(self, traits: Iterable[BlockTrait]) -> None:
        """Add a drawn rule."""
        self.add("", [_RULE_LINE], BlockKind.SCENE_BREAK, traits)

    def open(self) -> None:
        """Open a part whose blocks are kept apart."""
        self.levels.append([])

    def close(self) -> list[SourceBlock]:
        """Close the innermost part and return its blocks."""
        return self.levels.pop()

    def add_quote(self, inner: list[SourceBlock]) -> None:
        """Add a quote; as verse, or as indented blocks, if that is what it holds."""
        if not inner:
            return
        if all(block.kind is BlockKind.VERSE for block in inner) or self._stays_apart(inner):
            self.blocks.extend(_with(block, BlockTrait.INDENTED) for block in inner)
            return
        text = "\n\n".join(block_markdown(block) for block in inner)
        quoted = "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
        self._add_whole(quoted, BlockKind.QUOTE, inner)

    def add_list(self, items: list[list[SourceBlock]], first: int | None) -> None:
        """Add a list, numbered from `first` if that is given."""
        inner = [block for item in items for block in item]
        if not inner:
            return
        if any(self._stays_apart(item) or len(item) > 12 for item in items):
            self.blocks.extend(inner)
            return
        rows = []
        for number, item in enumerate((item for item in items if item), first or 0):
            marker = "- " if first is None else f"{number}. "
            text = ""
            for block in item:
                glue = "\n" if block.kind is BlockKind.LIST else "\\\n"
                text += (glue if text else "") + block_markdown(block).lstrip()
            rows.append(marker + text.replace("\n", "\n" + " " * len(marker)))
        self._add_whole("\n".join(rows), BlockKind.LIST, inner)

    def add_table(self, rows: list[list[list[SourceBlock]]]) -> None:
        """Add a table; if it only lays out other blocks, add these."""
        rows = [row for row in rows if any(row)]
        inner = [block for row in rows for cell in row for block in cell]
        width = max((len(row) for row in rows), default=0)
        plain = all(
            len(cell) < 2 and all(block.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE) for block in cell)
            for row in rows
            for cell in row
        )
        if not plain or width < 2 or len(rows) < 2 or width > 20 or self._stays_apart(inner):
            self.blocks.extend(inner)
            return
        cells = [[" ".join(block.text.replace("\n", " ") for block in cell) for cell in row] for row in rows]
        table = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in cells]
        table.insert(1, "|" + " --- |" * width)
        self._add_whole("\n".join(table), BlockKind.TABLE, inner)

    def _stays_apart(self, inner: list[SourceBlock]) -> bool:
        """Return whether blocks are more than a quote or an item can hold, or are of several regions."""
        if len(self.levels) > _DEEPEST or any(block.kind in _WHOLE for block in inner):
            return True
        regions = {block.traits & _REGIONS for block in inner}
        return len(regions) > 1 or any(BlockTrait.AUTHOR_NOTE in each for each in regions)

    def _add_whole(self, text: str, kind: BlockKind, inner: list[SourceBlock]) -> None:
        first, last = inner[0].line, inner[-1].last_line
        shared = frozenset.intersection(*(block.traits for block in inner))
        shared |= inner[0].traits & {BlockTrait.PAGE_BREAK_BEFORE}
        self.blocks.append(SourceBlock(text, kind, 0, first, last - first + 1, shared - _OF_TEXT))


_OF_TEXT = frozenset((BlockTrait.ALL_BOLD, BlockTrait.ALL_ITALIC))
_REGIONS = frozenset(
    (BlockTrait.NAVIGATION, BlockTrait.AUTHOR_NOTE, BlockTrait.HIDDEN, BlockTrait.CONTENTS_LINE)
)


def _with(block: SourceBlock, trait: BlockTrait) -> SourceBlock:
    is_note = BlockTrait.AUTHOR_NOTE in block.traits
    return block if is_note else replace(block, traits=block.traits | {trait})


def block_markdown(block: SourceBlock) -> str:
    """Return a block as it stands inside a quote or a list."""
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * min(6, block.level)} {block.text}"
        case BlockKind.PARAGRAPH | BlockKind.VERSE:
            return block.text.replace("\n", "\\\n")
        case BlockKind.SCENE_BREAK:
            return block.text or _BREAK_IN_QUOTE
    return block.text
