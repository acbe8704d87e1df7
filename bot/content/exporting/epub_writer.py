"""Writer of EPUB 3 books, readable by EPUB 2 programs too; the same book always gives the same bytes.

A writer of our own: an EPUB is a ZIP of a few kinds of files, and the one library for it, ebooklib, is under the AGPL,
which a program under MIT cannot take in.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.content.exporting.book import Book
from bot.content.exporting.book_cover import HEIGHT, WIDTH, draw_cover
from bot.content.exporting.epub_pages import (
    STYLE,
    BookPage,
    book_pages,
    document,
    is_right_to_left,
    navigation,
    old_navigation,
    page_xhtml,
)
from bot.content.exporting.xhtml_inline import xml_text
from bot.domain.releases.release import PictureFile

_MEDIA = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_ROOT = "OEBPS"
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    f'<rootfile full-path="{_ROOT}/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
_NAMESPACE = uuid.UUID("5f0c8b1e-6d0e-5c56-9a67-0d3b2f6f7a11")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment in every entry: a ZIP knows none before, and the book's own is in its metadata."""


def book_identifier(book: Book) -> str:
    """Return the book's identifier, which stays when chapters are added or its title changes."""
    author = book.story.authors[0] if book.story.authors else None
    who = "" if author is None else str(author.discord or author.name)
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{book.story.slug}/{who}')}"


def write_epub(book: Book) -> bytes:
    """Return a book as an EPUB."""
    language = book.story.language
    cover = book.cover or PictureFile("cover", "image/svg+xml", draw_cover(book.story))
    cover_name = f"cover.{_MEDIA[cover.media_type]}"
    names = _name_pictures(book)
    pages = book_pages(book, names)
    identifier = book_identifier(book)
    held = io.BytesIO()
    with ZipFile(held, "w") as book_zip:
        _add(book_zip, "mimetype", b"application/epub+zip", stored=True)
        _add(book_zip, "META-INF/container.xml", _CONTAINER)
        _add(book_zip, f"{_ROOT}/package.opf", _package(book, pages, names, (cover_name, cover.media_type)))
        _add(book_zip, f"{_ROOT}/nav.xhtml", navigation(pages, language))
        _add(book_zip, f"{_ROOT}/toc.ncx", old_navigation(pages, book.story.title, identifier, language))
        _add(book_zip, f"{_ROOT}/style.css", STYLE)
        _add(book_zip, f"{_ROOT}/cover.xhtml", _cover_page(book, cover_name))
        _add(book_zip, f"{_ROOT}/{cover_name}", cover.data, stored=cover_name != "cover.svg")
        for page in pages:
            _add(book_zip, f"{_ROOT}/{page.name}", page_xhtml(page, language))
        for path, name in names.items():
            _add(book_zip, f"{_ROOT}/{name}", book.pictures[path].data, stored=True)
    return held.getvalue()


def _add(book_zip: ZipFile, name: str, data: bytes | str, *, stored: bool = False) -> None:
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    book_zip.writestr(entry, data)


def _name_pictures(book: Book) -> dict[str, str]:
    """Return a file name of our own for each picture: theirs may hold anything."""
    return {
        path: f"picture-{number}.{_MEDIA[book.pictures[path].media_type]}"
        for number, path in enumerate(sorted(book.pictures), 1)
    }


def _cover_page(book: Book, cover: str) -> str:
    title = xml_text(book.story.title)
    image = f'<img src="{cover}" alt="{title}"/>'
    if cover.endswith(".svg"):
        image = f'<img src="{cover}" alt="{title}" width="{WIDTH // 2}" height="{HEIGHT // 2}"/>'
    body = f'<section epub:type="cover" class="cover">{image}</section>'
    return document(book.story.title, body, book.story.language)


def _package(book: Book, pages: Sequence[BookPage], pictures: dict[str, str], cover: tuple[str, str]) -> str:
    way = "rtl" if is_right_to_left(book.story.language) else "ltr"
    spine = [f'<itemref idref="{_id(page.name)}"/>' for page in pages]
    spine.insert(1, '<itemref idref="nav"/>')
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" '
        f'xml:lang="{xml_text(book.story.language)}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        + "\n".join(_metadata(book))
        + "\n</metadata>\n<manifest>\n"
        + "\n".join(_manifest(book, pages, pictures, cover))
        + f'\n</manifest>\n<spine toc="ncx" page-progression-direction="{way}">\n'
        '<itemref idref="cover-page"/>\n' + "\n".join(spine) + "\n</spine>\n</package>\n"
    )


def _metadata(book: Book) -> Iterator[str]:
    story = book.story
    yield f'<dc:identifier id="book-id">{book_identifier(book)}</dc:identifier>'
    yield f"<dc:title>{xml_text(story.title)}</dc:title>"
    yield f"<dc:language>{xml_text(story.language)}</dc:language>"
    for number, author in enumerate(story.authors, 1):
        yield f'<dc:creator id="creator-{number}">{xml_text(author.name)}</dc:creator>'
        yield f'<meta refines="#creator-{number}" property="role" scheme="marc:relators">aut</meta>'
    if story.summary.strip():
        yield f"<dc:description>{xml_text(story.summary.strip())}</dc:description>"
    yield from (f"<dc:subject>{xml_text(tag)}</dc:subject>" for tag in story.tags)
    yield f'<meta property="dcterms:modified">{book.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</meta>'
    yield '<meta name="cover" content="cover-image"/>'


def _manifest(
    book: Book, pages: Sequence[BookPage], pictures: dict[str, str], cover: tuple[str, str]
) -> Iterator[str]:
    xhtml = "application/xhtml+xml"
    yield f'<item id="nav" href="nav.xhtml" media-type="{xhtml}" properties="nav"/>'
    yield '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    yield f'<item id="cover-page" href="cover.xhtml" media-type="{xhtml}"/>'
    yield f'<item id="cover-image" href="{cover[0]}" media-type="{cover[1]}" properties="cover-image"/>'
    for page in pages:
        yield f'<item id="{_id(page.name)}" href="{page.name}" media-type="{xhtml}"/>'
    for path, name in pictures.items():
        yield f'<item id="{_id(name)}" href="{name}" media-type="{book.pictures[path].media_type}"/>'


def _id(name: str) -> str:
    return name.rpartition(".")[0]
