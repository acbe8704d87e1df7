"""Table of contents of an EPUB, and which of its pages are no part of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bot.content.source_formats.element_names import types_of
from bot.content.source_formats.epub_package import EpubPackage, text_of
from bot.domain.manuscript_import.source_document import BlockTrait

_AROUND = frozenset(
    [
        "cover",
        "titlepage",
        "title-page",
        "halftitlepage",
        "halftitle",
        "copyright-page",
        "copyright",
        "imprint",
        "imprimatur",
        "colophon",
        "frontispiece",
        "epigraph",
        "dedication",
        "other-credits",
        "contributors",
        "acknowledgements",
        "acknowledgments",
    ]
)
"""Pages around a story, by their semantic type."""

_LISTS = frozenset(["toc", "loi", "lot", "loa", "lov", "landmarks", "page-list", "index"])
_NAMES = frozenset(
    [
        "cover",
        "coverpage",
        "titlepage",
        "title_page",
        "title-page",
        "title",
        "copyright",
        "copyrightpage",
        "copyright-page",
        "imprint",
        "colophon",
        "halftitle",
        "halftitlepage",
        "uncopyright",
    ]
)
_LIST_NAMES = frozenset(("toc", "nav", "contents", "inline_toc", "tableofcontents"))
_TITLES = frozenset(
    title.strip()
    for title in """
        about the author|about the authors|about the publisher|also by|also by the author|also available|other books
        acknowledgements|acknowledgments|copyright|dedication|colophon|newsletter|credits
        über den autor|über die autorin|danksagung|impressum|widmung|weitere bücher
        à propos de l’auteur|à propos de l'auteur|remerciements|du même auteur|dédicace
        sobre el autor|sobre la autora|agradecimientos|dedicatoria|об авторе|благодарности
        """.replace("\n", "|").split("|")
    if title.strip()
)
"""Titles in a table of contents of pages around a story."""

_DOWNLOADERS = re.compile(
    r"exported with the assistance of fichub|fichub\.net|fanficfare|fanficdownloader", re.IGNORECASE
)
"""Words on the first page of a book that a program made of a story on the web."""

_FEW = 4_000
"""Letters up to which a page without types may be such a one by its file's name."""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry of the table of contents."""

    title: str
    path: str
    fragment: str
    level: int


def read_contents(package: EpubPackage) -> list[BookEntry]:
    """Return the table of contents: of EPUB 3, or else of EPUB 2."""
    if package.nav:
        root = package.read_xml(package.nav)
        navs = list(root.iter("nav"))
        own = [nav for nav in navs if "toc" in types_of(nav)] or navs[:1]
        if own and (entries := list(_entries_of_nav(package, own[0], package.nav))):
            return entries
    if package.ncx and package.ncx in package.archive:
        return list(_entries_of_ncx(package, package.read_xml(package.ncx), package.ncx))
    return []


def _entries_of_nav(package: EpubPackage, nav: etree._Element, base: str) -> Iterator[BookEntry]:
    for item in nav.iter("li"):
        label = next((child for child in item if child.tag in ("a", "span", "p")), None)
        link = item.find(".//a[@href]")
        title = text_of(label) if label is not None else None
        if link is not None and title:
            level = sum(parent.tag in ("ol", "ul") for parent in item.iterancestors())
            yield _entry(package, title, base, link.get("href", ""), level)


def _entries_of_ncx(package: EpubPackage, root: etree._Element, base: str) -> Iterator[BookEntry]:
    for point in root.iter("navpoint"):
        label, content = point.find("./navlabel"), point.find("./content")
        title = text_of(label) if label is not None else None
        if title and content is not None:
            level = 1 + sum(parent.tag == "navpoint" for parent in point.iterancestors())
            yield _entry(package, title, base, content.get("src", ""), level)


def _entry(package: EpubPackage, title: str, base: str, href: str, level: int) -> BookEntry:
    path, _, fragment = package.resolve(base, href).partition("#")
    return BookEntry(title, path, fragment, level)


def without_pages(entries: list[BookEntry], paths: set[str]) -> list[BookEntry]:
    """Return the entries of other pages than these; those below one that is left out come up to its level."""
    kept: list[BookEntry] = []
    left_out: list[int] = []
    for entry in entries:
        while left_out and left_out[-1] >= entry.level:
            left_out.pop()
        if entry.path in paths:
            left_out.append(entry.level)
        else:
            kept.append(BookEntry(entry.title, entry.path, entry.fragment, entry.level - len(left_out)))
    return kept


def landmark_types(package: EpubPackage) -> dict[str, set[str]]:
    """Return the types that the book's own landmarks or guide give to its pages."""
    types = {path: {kind} for path, kind in package.guide.items()}
    if package.nav:
        for nav in package.read_xml(package.nav).iter("nav"):
            if "landmarks" not in types_of(nav):
                continue
            for link in nav.iter("a"):
                path = package.resolve(package.nav, link.get("href", "")).partition("#")[0]
                types.setdefault(path, set()).update(types_of(link))
    return types


def titled_types(entries: list[BookEntry]) -> dict[str, set[str]]:
    """Return a type for each page that the table of contents calls by a title such as “About the Author”."""
    return {
        entry.path: {"colophon"}
        for entry in entries
        if not entry.fragment and " ".join(entry.title.split()).casefold() in _TITLES
    }


def trait_of_page(root: etree._Element, path: str, types: set[str], *, is_linear: bool) -> BlockTrait | None:
    """Return the trait of a page that is no part of the story; None for one that is.

    Args:
        root: The page.
        path: Its path in the archive.
        types: What landmarks say it is.
        is_linear: Unset if the book's order of reading leaves it out.
    """
    own = set(types)
    body = root.find("body")
    if body is not None:
        own.update(types_of(body))
        children = [child for child in body if isinstance(child.tag, str)]
        if len(children) == 1:
            own.update(types_of(children[0]))
    own = {kind.removeprefix("doc-").removeprefix("z3998:") for kind in own}
    if own & _LISTS:
        return BlockTrait.CONTENTS_LINE
    if own & _AROUND:
        return BlockTrait.NAVIGATION
    if "chapter" in own or "bodymatter" in own or "text" in own:
        return None
    stem = path.rpartition("/")[2].rpartition(".")[0].lower()
    size = sum(len(text.strip()) for text in body.itertext()) if body is not None else 0
    if not size and own & {"frontmatter", "backmatter"}:
        return BlockTrait.NAVIGATION
    if body is not None and size <= _FEW and _is_of_downloader(body):
        return BlockTrait.NAVIGATION
    if size <= _FEW and stem in _NAMES | _LIST_NAMES:
        return BlockTrait.CONTENTS_LINE if stem in _LIST_NAMES else BlockTrait.NAVIGATION
    return None if is_linear else BlockTrait.NAVIGATION


def _is_of_downloader(body: etree._Element) -> bool:
    """Return whether a page tells of the story, as the downloader of a site's works writes it."""
    if body.find("div[@id='preface']") is not None or body.find("div[@id='afterword']") is not None:
        return True
    return _DOWNLOADERS.search(" ".join(body.itertext())) is not None
