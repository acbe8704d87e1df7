"""Reading of HTML: saved pages of story sites, downloads, and exports of editors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from bot.content.source_formats.embedded_pictures import take_embedded_pictures
from bot.content.source_formats.html_blocks import BlockWalk
from bot.content.source_formats.html_parsing import decode_page, parse_page
from bot.content.source_formats.note_links import NoteLabels, find_notes
from bot.content.source_formats.page_regions import PageRegions
from bot.content.source_formats.page_styles import StyleSheet
from bot.content.source_formats.read_source import ReadSource
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    Source,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
)

_AUTHOR_NAMES = ("author", "dc.creator", "article:author", "books:author", "twitter:creator")
_BLANKS = re.compile(r"\s+")
_GAP_SHARE = 5
"""A gap is meant if at most one paragraph in so many has it."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's document, and what a book that it is part of needs to know of it."""

    document: SourceDocument
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Index of the block at which each `id` stands."""
    footnotes: tuple[SourceFootnote, ...] = ()
    """All notes in it, also those to which only other files refer."""


def read_html(html: bytes | str, name: str) -> SourceDocument:
    """Read a page; pictures stay as their `src`, those embedded in it get a key.

    Raises:
        SourceRefused: it is too large, or nested too deeply.
    """
    return _read(html, name)[0]


def read_html_source(html: bytes | str, name: str) -> ReadSource:
    """Read a page with the pictures that are embedded in it.

    Raises:
        SourceRefused: it is too large, or nested too deeply.
    """
    document, pictures = _read(html, name)
    source = Source(name, (document,), (), document.title, document.author, document.language)
    return ReadSource(source, pictures)


def _read(html: bytes | str, name: str) -> tuple[SourceDocument, dict[str, Callable[[], bytes]]]:
    text, pictures = take_embedded_pictures(decode_page(html) if isinstance(html, bytes) else html)
    is_xml = text.lstrip()[:5] == "<?xml"
    root = parse_page(text, is_xml=is_xml)
    return read_tree(root, name, PageRegions.find(root), PageContext()).document, pictures


@dataclass(frozen=True, slots=True)
class PageContext:
    """The book around a page, as far as the page needs it."""

    sheets: tuple[str, ...] = ()
    """Style sheets besides its own."""
    labels: NoteLabels = field(default_factory=NoteLabels)
    place: Callable[[str], str] = str
    """Returns the place in the book that a link means."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Keys of pictures by their `src`."""


def read_tree(
    root: etree._Element, name: str, regions: PageRegions | None, context: PageContext
) -> PageContent:
    """Read a page that has been parsed.

    Args:
        root: The page.
        name: Its name in the source.
        regions: Its parts; None if all of it is text.
        context: The book around it.
    """
    own = tuple("".join(element.itertext()) for element in root.iter("style"))
    notes = find_notes(root, context.labels, context.place)
    walk = BlockWalk(StyleSheet.parse((*context.sheets, *own)), notes, regions, context.pictures)
    walk.walk(root)
    blocks, moved = _with_gaps(walk.writer.levels[0], walk.flow.gaps)
    if walk.footnotes:
        blocks = _without_last_rule(blocks)
    document = SourceDocument(
        name,
        tuple(blocks),
        tuple(walk.writer.lines),
        title=_title(root),
        author=_author(root),
        language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or None),
        footnotes=tuple(_referred(blocks, walk.footnotes)),
    )
    anchors = {anchor: moved.get(index, index) for anchor, index in walk.anchors.items()}
    return PageContent(document, anchors, tuple(walk.footnotes))


def _without_last_rule(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """Return the blocks without the rule between the text and its notes, which are no blocks any more."""
    last = max(
        (index for index, block in enumerate(blocks) if _NOT_TEXT.isdisjoint(block.traits)), default=-1
    )
    if last >= 0 and blocks[last].kind is BlockKind.SCENE_BREAK and not blocks[last].text:
        return blocks[:last] + blocks[last + 1 :]
    return blocks


def _referred(blocks: list[SourceBlock], footnotes: list[SourceFootnote]) -> list[SourceFootnote]:
    """Return the notes to which the text refers, each once."""
    text = "\n".join(block.text for block in blocks)
    found = {note.label: note for note in reversed(footnotes)}
    return [note for label, note in reversed(found.items()) if f"[^{label}]" in text]


def _with_gaps(blocks: list[SourceBlock], gaps: dict[int, int]) -> tuple[list[SourceBlock], dict[int, int]]:
    """Return the blocks with a scene break at each gap wider than usual, and the new place of each block."""
    text = [
        index
        for index in range(1, len(blocks))
        if not (_is_edge(blocks[index]) or _is_edge(blocks[index - 1]))
    ]
    sizes = Counter(gaps.get(index, 0) for index in text)
    if len(text) < 4 or len(sizes) < 2:
        return list(blocks), {}
    usual = sizes.most_common(1)[0][0]
    wide = {index for index in text if gaps.get(index, 0) > usual}
    if not wide or len(wide) * _GAP_SHARE > len(text) + _GAP_SHARE - 1:
        return list(blocks), {}
    result: list[SourceBlock] = []
    moved: dict[int, int] = {}
    for index, block in enumerate(blocks):
        moved[index] = len(result)
        if index in wide:
            result.append(replace(_GAP, line=block.line, line_count=0))
        result.append(block)
    return result, moved


_GAP = SourceBlock("", BlockKind.SCENE_BREAK)
_NOT_TEXT = frozenset(
    (BlockTrait.NAVIGATION, BlockTrait.AUTHOR_NOTE, BlockTrait.HIDDEN, BlockTrait.CONTENTS_LINE)
)


def _is_edge(block: SourceBlock) -> bool:
    kinds = (BlockKind.HEADING, BlockKind.SCENE_BREAK, BlockKind.PICTURE)
    return block.kind in kinds or not _NOT_TEXT.isdisjoint(block.traits)


def _title(root: etree._Element) -> str | None:
    return _one_line("".join(next(root.iter("title"), etree.Element("title")).itertext())[:1000])


def _author(root: etree._Element) -> str | None:
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key in _AUTHOR_NAMES and (author := _one_line(meta.get("content", "")[:300])):
            return author
    for element in root.iter("a", "span", "div"):
        if element.get("rel") == "author" or "byline" in element.get("class", "").split():
            author = _one_line("".join(element.itertext())[:300])
            return re.sub(r"(?i)\Aby\s+", "", author) if author else None
    return None


def _one_line(text: str) -> str | None:
    return _BLANKS.sub(" ", text).strip() or None
