"""Safe parsing of the XML in office documents: without document types and entities, and with bounds."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.read_source import SourceRefused

LARGEST_PART = 32 * 1024**2
"""Bytes of the text of one office document; a million words with their marks have fewer."""

_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_SIGNS = tuple(
    sign.encode(encoding) for sign in _FORBIDDEN for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"drawingml/", b"drawingml/2006/"),
)


def parse_part(archive: BoundedArchive, name: str) -> etree._Element | None:
    """Return the root of an XML file in an office document; None if there is no such file.

    Raises:
        SourceRefused: it is damaged, too large, or defines entities.
    """
    if name not in archive:
        return None
    return parse_xml(archive.read(name, LARGEST_PART), archive.name)


def parse_xml(raw: bytes, name: str) -> etree._Element:
    """Return the root of an XML document.

    Raises:
        SourceRefused: it is damaged, or defines entities.
    """
    if any(sign in raw for sign in _SIGNS):
        problem = f"{name} defines entities of its own, as no program for writing does"
        raise SourceRefused(problem, "Open it in your program and save it again.")
    if b"http://purl.oclc.org/ooxml/" in raw:
        for strict, usual in _STRICT:
            raw = raw.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceRefused(f"{name} is damaged", "Open it in its program and save it again.") from error


def local_name(element: etree._Element | None) -> str:
    """Return an element's name without its namespace; an empty text for what is no element."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    if (plain := element.get(name)) is not None:
        return plain
    end = "}" + name
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(end)), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element below another by the names on the way, without namespaces."""
    for name in path:
        element = (
            next((each for each in element if local_name(each) == name), None)
            if element is not None
            else None
        )
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children of that name."""
    if element is not None:
        yield from (each for each in element if local_name(each) == name)


def children_of(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield what is in the first child that has one of the names."""
    if element is not None:
        yield from next((each for each in element if local_name(each) in names), ())
