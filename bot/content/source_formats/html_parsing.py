"""Parsing of HTML and XHTML into a tree, from bytes of any encoding, without entities or files from outside."""

from __future__ import annotations

import codecs
import html
import re
from typing import cast

from lxml import etree

from bot.content.source_formats.read_source import SourceRefused
from bot.schemas.encoding_detection import detect_encoding

_MOST_BYTES = 64 * 1024 * 1024
_HEAD = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE
)
_DOCTYPE = re.compile(
    r"\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<!DOCTYPE(?:[^\[>]|\[(?:[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\])*+>",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE = re.compile(r"&#(?P<digits>[xX][0-9a-fA-F]{1,12}|[0-9]{1,12});?")
_SELF_CLOSED = re.compile(r"<(?P<name>[A-Za-z][\w:-]{0,40})(?P<rest>(?:\s[^<>/]*+(?:/(?!>)[^<>/]*+)*+)?+)/>")
_VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "image", "input", "link", "meta", "source", "wbr")
)
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_TOO_DEEP = SourceRefused(
    "the page’s elements are nested too deeply to be read",
    "Open it in a browser and copy the text from there.",
)


def decode_page(raw: bytes) -> str:
    """Return the text of a page; what it says of its encoding counts only if it can be true.

    Raises:
        SourceRefused: it is too large.
    """
    if len(raw) > _MOST_BYTES:
        raise SourceRefused(
            "the page is larger than 64 MB", "Give the text alone, or in several files, without its pictures."
        )
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return raw.decode("utf-8", "replace")  # It is cut off in the middle of a character.
    declared = _DECLARED.search(raw[:_HEAD])
    for name in (declared[1].decode("ascii") if declared else "", detect_encoding(raw).encoding or ""):
        try:
            if name and codecs.lookup(name).name not in ("utf-8", "utf-16", "utf-32", "utf-7"):
                # Pages that say Latin-1 are in Windows' extension of it, as browsers know.
                wide = codecs.lookup(name).name in ("iso8859-1", "ascii")
                return raw.decode("cp1252" if wide else name)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8" if raw.count(b"\xc3") + raw.count(b"\xe2\x80") > 20 else "cp1252", "replace")


def parse_page(text: str, *, is_xml: bool = False) -> etree._Element:
    """Return the root of a page, repaired as far as possible; names of elements are without namespace.

    Raises:
        SourceRefused: it is nested too deeply, or has no content.
    """
    text = _without_bad_characters(text)
    if is_xml:
        if (well_formed := _parse_xml(text, recover=False)) is not None:
            return well_formed
        text = _SELF_CLOSED.sub(_with_end, text)
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, encoding="utf-8"
    )
    root = cast("etree._Element | None", etree.fromstring(text.encode() or b"<p></p>", parser))
    _check_depth(parser)
    if root is None:
        return etree.fromstring(b"<html><body></body></html>", parser)
    return _without_namespaces(root)


def parse_xml(text: str) -> etree._Element | None:
    """Return the root of an XML file without namespaces; None if it cannot be repaired.

    Its document type is removed first, so no entity of its own can be expanded.
    """
    return _parse_xml(_without_bad_characters(text), recover=True)


def _without_bad_characters(text: str) -> str:
    """Return a file's text without its declaration and without what is no character, also by its number."""
    return _REFERENCE.sub(_numbered, _CONTROLS.sub("", _DECLARATION.sub("", text)))


def _numbered(found: re.Match[str]) -> str:
    digits = found["digits"]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_bad = code < 9 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF)
    return "\ufffd" if is_bad else found[0]


def _with_end(found: re.Match[str]) -> str:
    """Return an empty element as HTML's parser understands it."""
    return (
        found[0] if found["name"].lower() in _VOID else f"<{found['name']}{found['rest']}></{found['name']}>"
    )


def _parse_xml(text: str, *, recover: bool) -> etree._Element | None:
    text = _ENTITY.sub(_character, _without_doctype(text))
    parser = etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError:
        return None
    _check_depth(parser)
    return None if root is None else _without_namespaces(root)


def _without_doctype(text: str) -> str:
    found = _DOCTYPE.match(text)
    return text if found is None else text[found.end() :]


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OF_XML else html.unescape(found[0]).replace("&", "&amp;")


def _check_depth(parser: etree.XMLParser | etree.HTMLParser) -> None:
    if any(
        entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or "xcessive depth" in entry.message
        for entry in parser.error_log
    ):
        raise _TOO_DEEP


def _without_namespaces(root: etree._Element) -> etree._Element:
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        name = tag.rpartition("}")[2].lower()
        if name != tag:
            try:
                element.tag = name
            except ValueError:  # Broken markup has names that are none.
                element.tag = "span"
    return root
