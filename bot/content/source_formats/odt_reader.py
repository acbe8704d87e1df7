"""Reading of ODT files, and of flat ones (.fodt), as LibreOffice and others write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.odt_body import OdtBody, children_text
from bot.content.source_formats.odt_styles import OdtStyles
from bot.content.source_formats.office_paragraphs import OfficeText
from bot.content.source_formats.office_source import OfficeExtras, has_words, office_source
from bot.content.source_formats.office_xml import child, local_name, parse_part, parse_xml
from bot.content.source_formats.read_source import ReadSource, SourceRefused

_NONE = "Open it in its program and save it as .odt or .docx again."


def read_odt(path: Path) -> ReadSource:
    """Read an ODT file.

    Raises:
        SourceRefused: it is damaged, protected or dangerous, or no ODT file.
    """
    return read_odt_archive(BoundedArchive(path, path.name), path.name)


def read_odt_archive(archive: BoundedArchive, name: str) -> ReadSource:
    """Read an ODT file that is opened already; `name` is its name in the source.

    Raises:
        SourceRefused: as in `read_odt`.
    """
    manifest = parse_part(archive, "META-INF/manifest.xml")
    if manifest is not None and any(local_name(each) == "encryption-data" for each in manifest.iter("{*}*")):
        raise SourceRefused(f"{archive.name} is protected by a password", "Save it without one.")
    content = parse_part(archive, "content.xml")
    if content is None:
        raise SourceRefused(f"{archive.name} is no OpenDocument text, or not a whole one", _NONE)
    styles, meta = parse_part(archive, "styles.xml"), parse_part(archive, "meta.xml")
    pictures = {
        each: archive.reader(each) for each in archive.names if each.startswith(("Pictures/", "media/"))
    }
    has_macros = any(each.startswith(("Basic/", "Scripts/")) for each in archive.names)
    return _read(name, content, styles, meta, pictures, has_macros=has_macros)


def read_flat_odt(raw: bytes, name: str) -> ReadSource:
    """Read a flat ODT file, which is one XML document.

    Raises:
        SourceRefused: it is damaged or dangerous, or no text.
    """
    root = parse_xml(raw, name)
    return _read(name, root, root, root, {}, has_macros=False)


def _read(
    name: str,
    content: etree._Element,
    styles: etree._Element | None,
    meta: etree._Element | None,
    pictures: dict[str, Callable[[], bytes]],
    *,
    has_macros: bool,
) -> ReadSource:
    text = child(content, "body", "text")
    if text is None:
        raise SourceRefused(f"{name} is no OpenDocument text, but a table, a drawing or the like", _NONE)
    body = OdtBody(OdtStyles(content, styles))
    items = body.read(text)
    properties = child(meta, "meta")
    found = OfficeText(
        items,
        body.footnotes,
        _property(properties, "title"),
        _property(properties, "creator") or _property(properties, "initial-creator"),
        _property(properties, "language"),
    )
    suggestions = next(text.iter("{*}changed-region"), None) is not None
    return office_source(name, found, pictures, OfficeExtras(has_macros, suggestions, _has_page_text(styles)))


def _has_page_text(styles: etree._Element | None) -> bool:
    pages = child(styles, "master-styles")
    if pages is None:
        return False
    return any(has_words("".join(each.itertext())) for each in pages.iter("{*}header", "{*}footer"))


def _property(properties: etree._Element | None, name: str) -> str | None:
    if properties is None:
        return None
    return " ".join(" ".join(children_text(properties, name)).split()) or None
