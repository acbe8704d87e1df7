"""Blocks of an office document: what its paragraphs mean, from their styles and from what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.content.files.natural_order import chapter_count
from bot.content.source_formats.inline_markdown import has_throughout, write_inline
from bot.content.source_formats.office_lines import (
    code_of,
    lines_of,
    list_of,
    parted_at_breaks,
    picture_of,
    quote_of,
    table_of,
    without_heading_marks,
)
from bot.content.source_formats.office_paragraphs import (
    OfficeItem,
    OfficeParagraph,
    OfficeTable,
    OfficeText,
    ParagraphRole,
)
from bot.domain.manuscript.scene_breaks.scene_break_classifier import Confidence, classify_scene_break
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
)

_NOTICEABLE = 300
"""Indent from which on a paragraph is indented as a block, in twentieths of a point."""

_SHORT = 60
_VERSE_LINES = 3
_GROUPED = {ParagraphRole.QUOTE, ParagraphRole.VERSE, ParagraphRole.CODE}


def build_document(name: str, text: OfficeText) -> SourceDocument:
    """Return the document that an office file holds."""
    return _Builder(name, text).build()


class _Builder:
    def __init__(self, name: str, text: OfficeText) -> None:
        self._name = name
        self._text = text
        self._items = list(parted_at_breaks(text.items))
        self._blocks: list[SourceBlock] = []
        self._lines: list[str] = []
        paragraphs = [each for each in self._items if isinstance(each, OfficeParagraph)]
        self._titles = [each for each in paragraphs if each.role is ParagraphRole.TITLE and not each.is_empty]
        self._signs = Counter(each.text.strip() for each in paragraphs if len(each.text) < _SHORT)
        indents = Counter(
            each.indent for each in paragraphs if each.role is ParagraphRole.BODY and not each.is_empty
        )
        self._usual_indent = indents.most_common(1)[0][0] if indents else 0
        for each in paragraphs:
            deep = min(each.indent - self._usual_indent, each.indent_end) >= _NOTICEABLE
            if deep and each.role is ParagraphRole.BODY and each.marker is None and not each.centered:
                each.role = ParagraphRole.QUOTE
        self._usual_gap = _usual_gap(self._items)
        self._page_break = False

    def build(self) -> SourceDocument:
        at, gap = 0, 0
        while at < len(self._items):
            item = self._items[at]
            if isinstance(item, OfficeParagraph) and item.is_empty:
                self._page_break |= item.page_break
                self._lines.append("")
                gap, at = gap + 1, at + 1
                continue
            if gap > self._usual_gap and self._separates(at, gap):
                self._blocks.append(SourceBlock("", BlockKind.SCENE_BREAK, line=len(self._lines)))
            gap = 0
            at = self._take(item, at)
        footnotes = tuple(self._footnote(label, each) for label, each in self._text.footnotes.items())
        title = self._titles[0].text.strip() if len(self._titles) == 1 else self._text.title
        return SourceDocument(
            self._name,
            tuple(self._blocks),
            tuple(self._lines),
            title=" ".join(title.split()) if title else None,
            author=self._text.author,
            language=self._text.language,
            footnotes=footnotes,
        )

    def _take(self, item: OfficeItem, at: int) -> int:
        """Add the block that begins at an item; return the index of the item after it."""
        if isinstance(item, OfficeTable):
            self._add_table(item)
            return at + 1
        if item.role is ParagraphRole.BODY and item.marker is not None:
            group = self._group(at, lambda each: each.role is ParagraphRole.BODY and each.marker is not None)
            self._add(list_of(group), BlockKind.LIST, group)
            return at + len(group)
        if item.role in _GROUPED:
            group = self._group(at, lambda each: each.role is item.role)
            write, kind = {
                ParagraphRole.QUOTE: (quote_of, BlockKind.QUOTE),
                ParagraphRole.VERSE: (lines_of, BlockKind.VERSE),
                ParagraphRole.CODE: (code_of, BlockKind.CODE),
            }[item.role]
            while group[-1].is_empty:
                group.pop()
            self._add(write(group), kind, group)
            return at + len(group)
        self._add_paragraph(item)
        return at + 1

    def _group(self, at: int, belongs: Callable[[OfficeParagraph], bool]) -> list[OfficeParagraph]:
        """Return the paragraphs from an index on that make one block."""
        group: list[OfficeParagraph] = []
        for item in self._items[at:]:
            if not isinstance(item, OfficeParagraph) or not belongs(item) or (group and item.page_break):
                break
            if item.pictures:
                break
            group.append(item)
        return group or [self._items[at]]  # type: ignore[list-item]

    def _add_paragraph(self, paragraph: OfficeParagraph) -> None:
        if paragraph.role is ParagraphRole.RULE:
            self._add("", BlockKind.SCENE_BREAK, [paragraph])
            return
        text = paragraph.text.strip()
        if text:
            kind, level = self._kind(paragraph, text)
            if kind is BlockKind.HEADING:
                written = write_inline(without_heading_marks(paragraph.runs)).replace("\n", " ")
            elif kind is BlockKind.SCENE_BREAK:
                written = text
            else:
                written = write_inline(paragraph.runs)
            self._add(written, kind, [paragraph], level)
        for key, alt in paragraph.pictures:
            self._add(picture_of(key, alt), BlockKind.PICTURE, [OfficeParagraph(page_break=False)])
            self._lines[-1] = f"[{alt or key}]"
            self._page_break_of(paragraph, done=bool(text))

    def _kind(self, paragraph: OfficeParagraph, text: str) -> tuple[BlockKind, int]:
        if paragraph.role is ParagraphRole.TITLE:
            return BlockKind.HEADING, 1
        if paragraph.role is ParagraphRole.HEADING:
            return BlockKind.HEADING, paragraph.level + (1 if len(self._titles) == 1 else 0)
        if paragraph.role is ParagraphRole.BODY and len(text) < _SHORT and "\n" not in text:
            sure = classify_scene_break(text)
            if sure in (Confidence.SURE, Confidence.ALONE) or (
                sure is Confidence.REPEATED and (paragraph.centered or self._signs[text] > 1)
            ):
                return BlockKind.SCENE_BREAK, 0
        lines = text.split("\n")
        if len(lines) >= _VERSE_LINES and all(len(line) < _SHORT for line in lines):
            return BlockKind.VERSE, 0
        return BlockKind.PARAGRAPH, 0

    def _traits(self, paragraph: OfficeParagraph) -> frozenset[BlockTrait]:
        told = {
            BlockTrait.CENTERED: paragraph.centered,
            BlockTrait.ALL_BOLD: has_throughout(paragraph.runs, "bold"),
            BlockTrait.ALL_ITALIC: has_throughout(paragraph.runs, "italic"),
            BlockTrait.INDENTED: paragraph.marker is None
            and paragraph.indent >= self._usual_indent + _NOTICEABLE,
            BlockTrait.HIDDEN: paragraph.role is ParagraphRole.HIDDEN,
            BlockTrait.CONTENTS_LINE: paragraph.role is ParagraphRole.CONTENTS,
        }
        return frozenset(trait for trait, holds in told.items() if holds)

    def _add(self, text: str, kind: BlockKind, group: Sequence[OfficeParagraph], level: int = 0) -> None:
        first = len(self._lines) + 1
        for paragraph in group:
            self._lines += paragraph.text.split("\n")
        traits = self._traits(group[0]) if len(group) == 1 else frozenset()
        if kind is BlockKind.HEADING:
            traits -= {BlockTrait.ALL_BOLD, BlockTrait.ALL_ITALIC}
        if kind in (BlockKind.LIST, BlockKind.QUOTE, BlockKind.CODE):
            traits = frozenset()
        if self._page_break or group[0].page_break:
            traits |= {BlockTrait.PAGE_BREAK_BEFORE}
        if BlockTrait.HIDDEN not in traits:
            self._page_break = False
        self._blocks.append(
            SourceBlock(text, kind, level, first, len(self._lines) - first + 1, frozenset(traits))
        )

    def _page_break_of(self, paragraph: OfficeParagraph, *, done: bool) -> None:
        """Give a picture that stands alone the page break of its paragraph."""
        if paragraph.page_break and not done:
            last = self._blocks[-1]
            traits = last.traits | {BlockTrait.PAGE_BREAK_BEFORE}
            self._blocks[-1] = SourceBlock(last.text, last.kind, 0, last.line, last.line_count, traits)
            paragraph.page_break = False

    def _add_table(self, table: OfficeTable) -> None:
        cells = [cell for row in table.rows for cell in row]
        if len(cells) == 1 or all(len(row) <= 1 for row in table.rows):
            # A frame around text.
            for paragraph in (each for cell in cells for each in cell if not each.is_empty):
                self._add_paragraph(paragraph)
            return
        first = len(self._lines) + 1
        for row in table.rows:
            self._lines.append(" | ".join(" ".join(_texts(cell)) for cell in row))
        traits = frozenset({BlockTrait.PAGE_BREAK_BEFORE} if self._page_break else ())
        self._page_break = False
        text = table_of(table)
        self._blocks.append(SourceBlock(text, BlockKind.TABLE, 0, first, len(table.rows), traits))
        for key, alt in (picture for cell in cells for each in cell for picture in each.pictures):
            block = SourceBlock(picture_of(key, alt), BlockKind.PICTURE, line=len(self._lines))
            self._blocks.append(block)

    def _footnote(self, label: str, paragraphs: Sequence[OfficeParagraph]) -> SourceFootnote:
        blocks = []
        for paragraph in parted_at_breaks(paragraphs):
            if isinstance(paragraph, OfficeTable) or paragraph.is_empty:
                continue
            first = len(self._lines) + 1
            self._lines += paragraph.text.strip().split("\n")
            count = len(self._lines) - first + 1
            text = write_inline(paragraph.runs)
            blocks.append(SourceBlock(text, line=first, line_count=count, traits=self._traits(paragraph)))
        return SourceFootnote(label, tuple(blocks))

    def _separates(self, at: int, gap: int) -> bool:
        """Return whether the empty paragraphs before an item part scenes, and not a title from its text."""
        item, last = self._items[at], self._blocks[-1] if self._blocks else None
        before = self._items[at - gap - 1] if at > gap else None
        if last is None or last.kind is not BlockKind.PARAGRAPH or self._page_break:
            return False
        return _is_prose(item) and _is_prose(before)


def _is_prose(item: OfficeItem | None) -> bool:
    if not isinstance(item, OfficeParagraph) or item.role is not ParagraphRole.BODY:
        return False
    text = item.text.strip()
    titled = len(text) < _SHORT and (
        item.centered
        or has_throughout(item.runs, "bold")
        or classify_scene_break(text) is not None
        or chapter_count(text) is not None
    )
    return bool(text) and not titled and not item.page_break and item.marker is None


def _usual_gap(items: Sequence[OfficeItem]) -> int:
    """Return how many empty paragraphs usually stand between two paragraphs of text."""
    gaps: Counter[int] = Counter()
    gap, seen = 0, False
    for item in items:
        if isinstance(item, OfficeParagraph) and item.is_empty:
            gap += 1
            continue
        if seen and _is_prose(item):
            gaps[gap] += 1
        gap, seen = 0, True
    total = sum(gaps.values())
    # Where a third of the paragraphs is set apart, that is how somebody types, and no change of scene.
    return next(
        (each for each in sorted(gaps) if sum(gaps[more] for more in gaps if more > each) * 3 < total), 0
    )


def _texts(paragraphs: Iterable[OfficeParagraph]) -> list[str]:
    return [" ".join(each.text.split()) for each in paragraphs if not each.is_empty]
