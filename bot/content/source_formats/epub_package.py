"""Package of an EPUB: what it holds, in which order, and what it says about itself."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.html_parsing import decode_page, parse_xml
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.text.terminal_escaping import printable

_AGAIN = "Download or export it again, and give me the new file."
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_XML_MOST = 32 * 1024 * 1024
_BLANKS = re.compile(r"\s+")

_START = 4096
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes([*range(9), *range(14, 32)])
"""Bytes that no text has, except one in UTF-16."""


@dataclass(frozen=True, slots=True)
class PackageItem:
    """A file of the book."""

    id: str
    path: str
    media_type: str
    properties: frozenset[str]


@dataclass(slots=True)
class EpubPackage:
    """Statements of the package document."""

    archive: BoundedArchive
    items: dict[str, PackageItem] = field(default_factory=dict)
    """By id."""
    spine: list[tuple[PackageItem, bool]] = field(default_factory=list)
    """Files in reading order, each with whether it belongs to the text's own line."""
    guide: dict[str, str] = field(default_factory=dict)
    """Type of a page by its path, as EPUB 2 states it."""
    title: str | None = None
    author: str | None = None
    language: str | None = None
    cover: str | None = None
    nav: str | None = None
    ncx: str | None = None

    @classmethod
    def open(cls, archive: BoundedArchive) -> EpubPackage:
        """Read the package of an archive.

        Raises:
            SourceRefused: it is no EPUB, is damaged, or has copy protection.
        """
        package = cls(archive)
        package._refuse_protection()
        path = package._root_file()
        root = package.read_xml(path)
        for item in root.iter("item"):
            package._add_item(item, path)
        package._read_spine(root, path)
        package._read_metadata(root)
        return package

    def resolve(self, base: str, href: str) -> str:
        """Return the path in the archive, with its fragment, that a link in the file `base` means."""
        target, sign, fragment = href.partition("#")
        path = base
        if target:
            target = unquote(target.partition("?")[0])
            path = posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
        return f"{path}{sign}{unquote(fragment)}"

    def pages_beside(self) -> list[str]:
        """Return the paths of the pages that are in the book but not in its order of reading, without its contents."""
        read = {item.path for item, _ in self.spine} | {self.nav}
        return [
            item.path
            for item in self.items.values()
            if item.media_type == "application/xhtml+xml"
            and item.path not in read
            and item.path in self.archive
        ]

    def read_xml(self, path: str) -> etree._Element:
        """Return the root of an XML file.

        Raises:
            SourceRefused: it is missing, damaged or dangerous.
        """
        root = parse_xml(self.read_text(path))
        if root is None:
            raise SourceRefused(f"{printable(path)} in {self.archive.name} is damaged", _AGAIN)
        return root

    def read_text(self, path: str) -> str:
        """Return the text of a file.

        Raises:
            SourceRefused: it is missing, damaged or dangerous.
        """
        if path not in self.archive:
            raise SourceRefused(f"{self.archive.name} lacks its file {printable(path)}", _AGAIN)
        raw = self.archive.read(path, _XML_MOST)
        start = raw[:_START]
        if not start.startswith(_WIDE) and len(start.translate(None, _CONTROLS)) * 50 < len(start) * 49:
            raise SourceRefused(
                f"{printable(path)} in {self.archive.name} is no text, but scrambled or damaged",
                "Give me a copy without protection, or the manuscript it was made from.",
            )
        text = decode_page(raw)
        if "<!ENTITY" in text:
            raise SourceRefused(
                f"{printable(path)} in {self.archive.name} defines entities, as attacks do",
                "Convert it to EPUB anew, for example with Calibre.",
            )
        return text

    def _refuse_protection(self) -> None:
        path = "META-INF/encryption.xml"
        if path not in self.archive and "META-INF/sinf.xml" in self.archive:
            raise self._protected()
        if path not in self.archive:
            return
        for data in self.read_xml(path).iter("encrypteddata"):
            method = next(data.iter("encryptionmethod"), None)
            if method is None or method.get("Algorithm") not in _FONT_SCRAMBLING:
                raise self._protected()

    def _protected(self) -> SourceRefused:
        return SourceRefused(
            f"{self.archive.name} has copy protection (DRM), so it cannot be read",
            "Give me a copy without it, or the manuscript it was made from.",
        )

    def _root_file(self) -> str:
        if "META-INF/container.xml" in self.archive:
            for root in self.read_xml("META-INF/container.xml").iter("rootfile"):
                if (path := unquote(root.get("full-path", ""))) in self.archive:
                    return path
        packages = [name for name in self.archive.names if name.lower().endswith(".opf")]
        if not packages:
            raise SourceRefused(f"{self.archive.name} is no EPUB: it has no package file", _AGAIN)
        return packages[0]

    def _add_item(self, item: etree._Element, base: str) -> None:
        path = self.resolve(base, item.get("href", "").partition("#")[0] or "?")
        if path not in self.archive:
            # Some makers write another case than the archive has.
            path = next((name for name in self.archive.names if name.lower() == path.lower()), path)
        found = PackageItem(
            item.get("id", ""),
            path,
            item.get("media-type", "").lower(),
            frozenset(item.get("properties", "").split()),
        )
        self.items[found.id] = found
        if "nav" in found.properties:
            self.nav = path
        if "cover-image" in found.properties:
            self.cover = path
        if found.media_type == "application/x-dtbncx+xml":
            self.ncx = path

    def _read_spine(self, root: etree._Element, base: str) -> None:
        spine = next(root.iter("spine"), None)
        if spine is not None:
            if (ncx := self.items.get(spine.get("toc", ""))) is not None:
                self.ncx = ncx.path
            for reference in spine.iter("itemref"):
                item = self.items.get(reference.get("idref", ""))
                if item is not None and item not in [each for each, _ in self.spine[-1:]]:
                    self.spine.append((item, reference.get("linear", "yes").lower() != "no"))
        if not self.spine:
            raise SourceRefused(f"{self.archive.name} does not say which texts it consists of", _AGAIN)
        for reference in root.iter("reference"):
            path = self.resolve(base, reference.get("href", "")).partition("#")[0]
            self.guide.setdefault(path, reference.get("type", "").lower())

    def _read_metadata(self, root: etree._Element) -> None:
        self.title = next((text for each in root.iter("title") if (text := text_of(each))), None)
        creators = [each for each in root.iter("creator") if text_of(each)]
        roles = {
            meta.get("refines", "")[1:]: text_of(meta)
            for meta in root.iter("meta")
            if meta.get("property") == "role"
        }
        role = "{http://www.idpf.org/2007/opf}role"
        writers = [
            each for each in creators if (each.get(role) or roles.get(each.get("id", ""), "aut")) == "aut"
        ]
        names = [text_of(each) for each in writers or creators]
        self.author = ", ".join(dict.fromkeys(name for name in names if name)) or None
        self.language = next((text for each in root.iter("language") if (text := text_of(each))), None)
        for meta in root.iter("meta"):
            if meta.get("name") == "cover" and not self.cover:
                item = self.items.get(meta.get("content", ""))
                self.cover = item.path if item else None
        item = next((each for each in self.items.values() if each.path == self.cover), None)
        if item is None or not item.media_type.startswith("image/"):
            self.cover = None


def text_of(element: etree._Element) -> str | None:
    """Return the text in an element on one line; None if there is none."""
    return _BLANKS.sub(" ", "".join(element.itertext())).strip()[:1000] or None
