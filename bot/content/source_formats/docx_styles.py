"""Styles of a DOCX file: what a paragraph or run looks like by them and by its own settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.content.source_formats.office_paragraphs import ParagraphRole
from bot.content.source_formats.office_xml import attribute, child, children, local_name

_TOGGLES = {
    "b": "bold",
    "i": "italic",
    "strike": "strike",
    "dstrike": "strike",
    "vanish": "hidden",
    "caps": "caps",
}
_OFF = {"0", "false", "off", "none"}
_DEEPEST = 20
"""Styles that a style is based on; some files have circles."""

_ROLES = (
    (re.compile(r"title|book title|titel|titre|título|titolo"), ParagraphRole.TITLE),
    (
        re.compile(r"toc ?\d*|toc heading|contents \d+|table of contents.*|verzeichnis \d+"),
        ParagraphRole.CONTENTS,
    ),
    (re.compile(r".*\b(?:verse|poem|poetry|lyrics?|gedicht|vers)\b.*"), ParagraphRole.VERSE),
    (
        re.compile(r"(?:intense |block )?quot(?:e|ation)s?|block ?text|zitat.*|citation.*"),
        ParagraphRole.QUOTE,
    ),
    (re.compile(r"html preformatted|preformatted text|source code|code|plain text code"), ParagraphRole.CODE),
    (re.compile(r"horizontal line"), ParagraphRole.RULE),
)
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo)[ _]?(\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Appearance of a paragraph by its style and settings."""

    role: ParagraphRole = ParagraphRole.BODY
    level: int = 0
    centered: bool = False
    indent: int = 0
    indent_end: int = 0
    page_break: bool = False
    list_id: str | None = None
    list_level: int = 0


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    paragraph: etree._Element | None
    run: etree._Element | None
    marks: dict[str, bool] = field(default_factory=dict)


class DocxStyles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for style in children(root, "style"):
            key = attribute(style, "styleId")
            if key is None:
                continue
            name = (attribute(child(style, "name"), "val") or key).strip().lower()
            run = child(style, "rPr")
            self._styles[key] = _Style(
                name, attribute(child(style, "basedOn"), "val"), child(style, "pPr"), run, marks_of(run)
            )
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default = key

    def paragraph(self, own: etree._Element | None) -> ParagraphLook:
        """Return how a paragraph looks that has these settings, a `w:pPr`."""
        chain = list(self._chain(attribute(child(own, "pStyle"), "val") or self._default))
        settings = [own, *(style.paragraph for style in chain)]
        role, level = _role(chain)
        if role is ParagraphRole.BODY:
            outline = _first(settings, "outlineLvl", "val")
            if outline is not None and outline.isdecimal() and int(outline) < 9:
                role, level = ParagraphRole.HEADING, int(outline) + 1
        listed = next((found for each in settings if (found := child(each, "numPr")) is not None), None)
        list_id = attribute(child(listed, "numId"), "val")
        if list_id is None and listed is not None:
            list_id = next(
                (key for each in settings if (key := attribute(child(each, "numPr", "numId"), "val"))),
                None,
            )
        depth = attribute(child(listed, "ilvl"), "val")
        return ParagraphLook(
            role,
            level,
            centered=_first(settings, "jc", "val") == "center",
            indent=_number(_first(settings, "ind", "left") or _first(settings, "ind", "start")),
            indent_end=_number(_first(settings, "ind", "right") or _first(settings, "ind", "end")),
            page_break=_is_on(_setting(settings, "pageBreakBefore")),
            list_id=list_id if list_id != "0" else None,
            list_level=_number(depth),
        )

    def marks(
        self, paragraph: etree._Element | None, run: etree._Element | None, role: ParagraphRole
    ) -> set[str]:
        """Return the marks of a run with these settings, a `w:rPr`, in a paragraph with its `w:pPr`.

        What the style of all text or of a quote has, distinguishes nothing and does not count.
        """
        own = marks_of(run)
        style = attribute(child(paragraph, "pStyle"), "val")
        by_paragraph = self._toggled(style) if style and style != self._default else set()
        if role in (ParagraphRole.QUOTE, ParagraphRole.VERSE, ParagraphRole.HEADING, ParagraphRole.TITLE):
            by_paragraph &= {"hidden"}
        found = by_paragraph ^ self._toggled(attribute(child(run, "rStyle"), "val"))
        return {mark for mark in found if own.get(mark, True)} | {mark for mark, on in own.items() if on}

    def _toggled(self, key: str | None) -> set[str]:
        found: dict[str, bool] = {}
        for style in self._chain(key):
            for mark, on in style.marks.items():
                found.setdefault(mark, on)
        if not found and key and key.lower() in ("emphasis", "strong"):
            return {"italic" if key.lower() == "emphasis" else "bold"}
        return {mark for mark, on in found.items() if on}

    def _chain(self, key: str | None) -> Iterator[_Style]:
        """Yield a style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(key) if key else None
            if style is None:
                if key and key not in self._styles:
                    yield _Style(key.lower(), None, None, None)
                return
            yield style
            key = style.based_on


def marks_of(run: etree._Element | None) -> dict[str, bool]:
    """Return which marks a `w:rPr` sets or takes away."""
    found: dict[str, bool] = {}
    for each in run if run is not None else ():
        name = local_name(each)
        if name in _TOGGLES:
            found[_TOGGLES[name]] = _is_on(each)
        elif name == "u":
            found["underline"] = (attribute(each, "val") or "single") not in _OFF
        elif name == "vertAlign":
            value = attribute(each, "val")
            found |= {"raised": value == "superscript", "lowered": value == "subscript"}
    return found


def _role(chain: list[_Style]) -> tuple[ParagraphRole, int]:
    for style in chain:
        if found := _HEADING.fullmatch(style.name):
            return ParagraphRole.HEADING, int(found[1])
        for pattern, role in _ROLES:
            if pattern.fullmatch(style.name):
                return role, 0
    return ParagraphRole.BODY, 0


def _setting(settings: list[etree._Element | None], name: str) -> etree._Element | None:
    return next((found for each in settings if (found := child(each, name)) is not None), None)


def _first(settings: list[etree._Element | None], name: str, key: str) -> str | None:
    return next(
        (found for each in settings if (found := attribute(child(each, name), key)) is not None), None
    )


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF


def _number(text: str | None) -> int:
    try:
        return min(max(int(float(text or 0)), -100_000), 100_000)
    except (ValueError, OverflowError):
        return 0
