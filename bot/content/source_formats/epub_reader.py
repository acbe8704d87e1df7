"""Reading of EPUB 2 and 3, one file of the book at a time; pictures stay in the archive until they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.embedded_pictures import take_embedded_pictures
from bot.content.source_formats.epub_contents import (
    landmark_types,
    read_contents,
    titled_types,
    trait_of_page,
    without_pages,
)
from bot.content.source_formats.epub_package import EpubPackage
from bot.content.source_formats.html_parsing import parse_page
from bot.content.source_formats.html_reader import PageContent, PageContext, read_tree
from bot.content.source_formats.note_links import NoteLabels, foreign_references
from bot.content.source_formats.page_regions import PageRegions, has_work_meta
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    ContentsEntry,
    Source,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
    SourceRemark,
)

_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document", "")
_SHEET_MOST = 2 * 1024 * 1024
_BARE = frozenset((BlockKind.HEADING, BlockKind.SCENE_BREAK))
_TITLE_LOOKS = frozenset((BlockTrait.ALL_BOLD, BlockTrait.CENTERED))
_SHORT_TITLE = 40


def read_epub(path: Path) -> ReadSource:
    """Read a book.

    Raises:
        SourceRefused: it is damaged, copy-protected, too large or dangerous.
    """
    return read_epub_archive(BoundedArchive(path, path.name))


def read_epub_archive(archive: BoundedArchive, told: PartsDone = pass_over) -> ReadSource:
    """Read a book from an open archive, which the pictures keep open; `told` hears how many pages are read.

    Raises:
        SourceRefused: as in `read_epub`.
    """
    try:
        package = EpubPackage.open(archive)
        book = _Book(package)
        book.read(told)
    except (etree.LxmlError, UnicodeError) as error:
        raise SourceRefused(f"{archive.name} is damaged", "Download or export it again.") from error
    pictures: dict[str, Callable[[], bytes]] = {
        item.path: archive.reader(item.path)
        for item in package.items.values()
        if item.media_type.startswith("image/") and item.path in archive
    }
    pictures |= book.embedded
    documents = tuple(book.documents())
    remarks = tuple(
        SourceRemark(path, "left out: the book's order of reading does not name it", is_left_out=True)
        for path in package.pages_beside()
    )
    source = Source(
        archive.name,
        documents,
        tuple(book.contents()),
        package.title,
        package.author,
        package.language,
        package.cover if package.cover in pictures else None,
        remarks=remarks,
    )
    return ReadSource(source, pictures)


@dataclass(slots=True)
class _Page:
    """A file of the book, as it was read."""

    path: str
    reading: PageContent
    trait: BlockTrait | None
    document: int = 0
    offset: int = 0
    """Number of the document's blocks before its own."""


@dataclass(slots=True)
class _Book:
    """The files of a book, on their way to documents."""

    package: EpubPackage
    embedded: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    """Pictures that are written into pages, by key."""
    _labels: NoteLabels = field(default_factory=NoteLabels)
    _pages: list[_Page] = field(default_factory=list)
    _sheets: dict[str, str] = field(default_factory=dict)
    _documents: list[SourceDocument] = field(default_factory=list)

    def read(self, told: PartsDone) -> None:
        """Read all files."""
        spine = [
            (item.path, is_linear)
            for item, is_linear in self.package.spine
            if item.media_type in _PAGES or item.path.lower().endswith(("html", "htm", "xml"))
        ]
        if not spine:
            raise SourceRefused(
                f"{self.package.archive.name} holds no text", "Give me the manuscript it was made from."
            )
        for path, _ in spine:
            text = self.package.read_text(path)
            if "#" in text:
                for target, shown in foreign_references(_parse(text), self._place(path), path):
                    self._labels.label(target, shown)
        entries = read_contents(self.package)
        landmarks = landmark_types(self.package)
        for path, types in titled_types(entries).items():
            landmarks.setdefault(path, set()).update(types)
        for number, (path, is_linear) in enumerate(spine):
            told(number, len(spine))
            self._read_page(path, landmarks.get(path, set()), is_linear=is_linear)
        self._join(read_paths={entry.path for entry in entries})

    def documents(self) -> list[SourceDocument]:
        """Return the documents, each with the footnotes to which it refers."""
        notes: dict[str, SourceFootnote] = {}
        for page in self._pages:
            for note in page.reading.footnotes:
                notes.setdefault(note.label, note)
        return [replace(each, footnotes=tuple(_referred(each, notes))) for each in self._documents]

    def contents(self) -> Iterator[ContentsEntry]:
        """Yield the table of contents without pages that are no part of the story."""
        pages = {page.path: page for page in reversed(self._pages)}
        marked = {page.path for page in self._pages if page.trait is not None}
        for entry in without_pages(read_contents(self.package), marked):
            if (page := pages.get(entry.path)) is None:
                continue
            anchor = page.reading.anchors.get(entry.fragment, 0) if entry.fragment else 0
            last = max(0, len(page.reading.document.blocks) - 1)
            yield ContentsEntry(entry.title, page.document, page.offset + min(anchor, last), entry.level)

    def _place(self, path: str) -> _Place:
        return _Place(self.package, path)

    def _read_page(self, path: str, types: set[str], *, is_linear: bool) -> None:
        text, embedded = take_embedded_pictures(self.package.read_text(path))
        self.embedded |= embedded
        root = _parse(text)
        place = self._place(path)
        pictures = {
            source: place(source)
            for element in root.iter("img", "image")
            for name in ("src", "{http://www.w3.org/1999/xlink}href", "href")
            if (source := element.get(name, "").strip()) and source not in embedded
        }
        sheets = tuple(self._linked_sheets(root, place))
        # A chapter of AO3's downloads has its notes around the text, as their pages have.
        regions = PageRegions.find(root) if has_work_meta(root) else None
        reading = read_tree(root, path, regions, PageContext(sheets, self._labels, place, pictures))
        trait = trait_of_page(root, path, types, is_linear=is_linear)
        if path == self.package.nav:
            trait = BlockTrait.CONTENTS_LINE
        if reading.footnotes and all(map(_is_bare, reading.document.blocks)):
            trait = BlockTrait.NAVIGATION
        if trait is not None:
            blocks = tuple(replace(each, traits=each.traits | {trait}) for each in reading.document.blocks)
            reading = replace(reading, document=replace(reading.document, blocks=blocks))
        self._pages.append(_Page(path, reading, trait))

    def _linked_sheets(self, root: etree._Element, place: _Place) -> Iterator[str]:
        for link in root.iter("link"):
            path = place(link.get("href", "")).partition("#")[0]
            if "stylesheet" not in link.get("rel", "").lower() or path not in self.package.archive:
                continue
            if path not in self._sheets and self.package.archive.size(path) <= _SHEET_MOST:
                self._sheets[path] = self.package.archive.read(path).decode("utf-8", "replace")
            yield self._sheets.get(path, "")

    def _join(self, read_paths: set[str]) -> None:
        """Make documents of the files, one of several that continue a chapter."""
        continued = False
        for page in self._pages:
            document = page.reading.document
            begins = page.path in read_paths or not read_paths or page.trait is not None
            if not begins and continued and not _begins_with_heading(document.blocks):
                before = self._documents[-1]
                page.document, page.offset = len(self._documents) - 1, len(before.blocks)
                self._documents[-1] = _joined(before, document)
                continue
            page.document = len(self._documents)
            self._documents.append(document)
            continued = page.trait is None and bool(read_paths)


@dataclass(frozen=True, slots=True)
class _Place:
    """Place in the book that a link in one of its files means."""

    package: EpubPackage
    path: str

    def __call__(self, href: str) -> str:
        return self.package.resolve(self.path, href)


def _is_bare(block: SourceBlock) -> bool:
    """Return whether a block is no text: what is left of a page of notes is their heading."""
    return block.kind in _BARE or (
        len(block.text) <= _SHORT_TITLE and not _TITLE_LOOKS.isdisjoint(block.traits)
    )


def _parse(text: str) -> etree._Element:
    return parse_page(text, is_xml=True)


def _begins_with_heading(blocks: tuple[SourceBlock, ...]) -> bool:
    return bool(blocks) and blocks[0].kind is BlockKind.HEADING


def _joined(first: SourceDocument, second: SourceDocument) -> SourceDocument:
    before = len(first.lines)
    moved = tuple(replace(block, line=block.line + before) for block in second.blocks)
    return replace(first, blocks=first.blocks + moved, lines=first.lines + second.lines)


def _referred(document: SourceDocument, notes: dict[str, SourceFootnote]) -> Iterator[SourceFootnote]:
    text = "\n".join(block.text for block in document.blocks)
    return (note for label, note in notes.items() if f"[^{label}]" in text)
