"""Recognition of what a file is, by its content and not by its name; and what to do about what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum, auto

from bot.content.chapters.document_formats import recognize_document
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.text.terminal_escaping import printable
from bot.schemas.binary_formats import recognize_binary

START = 64 * 1024
"""Bytes from the start of a file by which it is recognized."""


class SourceKind(StrEnum):
    """Kind of a file, by which it is read."""

    TEXT = auto()
    """Plain text or Markdown."""
    HTML = auto()
    FLAT_ODT = auto()
    PACKED = auto()
    """A ZIP: DOCX, ODT, EPUB or an archive of files, which its members tell."""
    DOCX = auto()
    ODT = auto()
    EPUB = auto()
    ARCHIVE = auto()


_DOCX = "Open it in Word, Google Docs or LibreOffice, save it as .docx, and give me that."
_EPUB = "Convert it to EPUB, for instance with Calibre, and give me that."
_UNPACK = "Unpack it and give me the folder, or pack it as a ZIP."
_NO_TEXT = "Give me the text itself: a .docx, .odt, .epub, .html, .md or .txt, or a ZIP of them."
_MENDS = (
    (
        "PDF|DjVu",
        "Give me the document that it was made from; or open it in Word or Google Docs and save it as .docx.",
    ),
    ("Pages", "In Pages, export it as Word or EPUB, and give me that."),
    ("Word|RTF|Office|PostScript|property list", _DOCX),
    ("Kindle|FB2|Reader|compiled help", _EPUB),
    ("archive", _UNPACK),
    ("LaTeX", "Convert it, for instance with “pandoc novel.tex -o novel.md”, and give me that."),
    ("mhtml", "Save the page in your browser as “HTML only” or “complete”, and give me that."),
)
_MORE = (
    (b"TPZ", "a Kindle book"),
    (b"CONT\x02", "a Kindle book"),
    (b"ITOLITLS", "a Microsoft Reader book"),
    (b"ITSF", "a compiled help file"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\xffWPC", "a WordPerfect document"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xff\xfb", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a film"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FLAT = re.compile(rb"<(?:office:)?document[\s>][^>]*opendocument", re.DOTALL)
_MARKUP = re.compile(
    r"</?(?:p|div|span|br|em|i|b|strong|h[1-6]|section|article|a|ul|li|blockquote)\b[^<>]*>", re.IGNORECASE
)
_LEAST_MARKUP = 4
_SHORTCUT = re.compile(r'\s*\{[^{}]{0,2000}"(?:url|doc_id)"\s*:', re.DOTALL)


def recognize_kind(start: bytes, name: str) -> SourceKind:
    """Return what a file is read as; of a ZIP its members must tell the rest.

    Args:
        start: Its first bytes, at least `START` unless it has fewer; of an old Office file all of them.
        name: What messages call it.

    Raises:
        SourceRefused: it cannot be read, with what to do instead.
    """
    if not start.strip(b"\0\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise SourceRefused(f"{printable(name)} is empty", "Give me the file with your text.")
    if start.startswith(_OLD_WORD) and _ENCRYPTED in start:
        raise SourceRefused(f"{printable(name)} is protected by a password", "Save it without one.")
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return SourceKind.PACKED
    if (known := recognize_binary(start)) is not None:
        raise _refusal(known[0], name)
    if (kind := next((kind for sign, kind in _MORE if _is(sign, start)), None)) or start[4:8] == b"ftyp":
        raise _refusal(kind or "a film or a sound recording", name)
    if _FLAT.search(start[:4096]):
        return SourceKind.FLAT_ODT
    text = _decoded(start)
    if (document := recognize_document(text)) is not None:
        if document[0] == "an HTML page":
            return SourceKind.HTML
        raise _refusal(document[0], name)
    if _SHORTCUT.match(text) and "docs.google.com" in text:
        mend = "In Google Docs choose File, Download, Word (.docx), and give me that."
        raise SourceRefused(f"{printable(name)} is only a link to a Google document", mend)
    return SourceKind.HTML if _is_markup(text, name) else SourceKind.TEXT


def recognize_archive(names: Collection[str], media_type: bytes, name: str) -> SourceKind:
    """Return what a ZIP is read as.

    Args:
        names: Its members.
        media_type: The content of its member `mimetype`, if it has one.
        name: What messages call it.

    Raises:
        SourceRefused: it is empty, or a document that cannot be read.
    """
    if not names:
        raise SourceRefused(f"{printable(name)} is an empty archive", "Put your chapters into it.")
    if media_type.startswith(b"application/epub+zip") or "META-INF/container.xml" in names:
        return SourceKind.EPUB
    if b"opendocument.text" in media_type or ("content.xml" in names and "META-INF/manifest.xml" in names):
        return SourceKind.ODT
    if "[Content_Types].xml" in names:
        if any(each.startswith(("xl/", "ppt/", "visio/")) for each in names):
            raise SourceRefused(f"{printable(name)} is a table or slides, no text", _NO_TEXT)
        return SourceKind.DOCX
    if "word/document.xml" in names:
        return SourceKind.DOCX
    if any((each.startswith("Index/") and each.endswith(".iwa")) or each == "Index.zip" for each in names):
        raise _refusal("a Pages document", name)
    return SourceKind.ARCHIVE


def scrivener_refusal(name: str) -> SourceRefused:
    """Return the refusal of a Scrivener project, whose texts are RTF files with numbers for names."""
    mend = "In Scrivener choose File, Compile, and save it as .docx or Markdown; give me that."
    return SourceRefused(f"{printable(name)} is a Scrivener project", mend)


def _refusal(kind: str, name: str) -> SourceRefused:
    mend = next((mend for pattern, mend in _MENDS if re.search(pattern, kind)), _NO_TEXT)
    return SourceRefused(f"{printable(name)} is {kind}", mend)


def _is(sign: bytes, start: bytes) -> bool:
    return start.startswith(sign) and b"\0" in start


def _decoded(start: bytes) -> str:
    """Return the start of a text well enough to see its signs."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return start.decode("utf-16", "replace")
    return start.decode("utf-8-sig", "replace")


def _is_markup(text: str, name: str) -> bool:
    """Return whether a text is a piece of a web page: it begins with an element, and has many."""
    found = len(_MARKUP.findall(text))
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return found > 0
    begins = _MARKUP.match(text.lstrip("\ufeff \t\r\n")) is not None
    return begins and found >= max(_LEAST_MARKUP, text.count("\n\n"))
