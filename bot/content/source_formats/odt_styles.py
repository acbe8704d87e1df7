"""Styles of an ODT file: what a paragraph or span looks like by its style and those that it inherits from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bot.content.source_formats.office_paragraphs import ParagraphRole
from bot.content.source_formats.office_xml import attribute, child, children_of, local_name

_DEEPEST = 20
_ROLES = (
    (re.compile(r"title"), ParagraphRole.TITLE),
    (re.compile(r"contents (?:\d+|heading)|(?:user )?index .*|toc ?\d*"), ParagraphRole.CONTENTS),
    (re.compile(r".*\b(?:verse|poem|poetry|lyrics?|gedicht)\b.*"), ParagraphRole.VERSE),
    (re.compile(r"(?:intense |block )?quot(?:e|ation)s?|block ?text"), ParagraphRole.QUOTE),
    (re.compile(r"preformatted text|source code"), ParagraphRole.CODE),
    (re.compile(r"horizontal line"), ParagraphRole.RULE),
)
_HEADING = re.compile(r"heading (\d{1,2})")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|px|pc)")
_TWENTIETHS = {"cm": 567, "mm": 56.7, "in": 1440, "pt": 20, "px": 15, "pc": 240}
_UNMARKED = {"none", "normal", "false", "0"}
_WEIGHTY = 600


class OdtStyles:
    """The styles of a document, those made for one place and the named ones."""

    def __init__(self, *roots: etree._Element | None) -> None:
        """Collect the styles of the given roots; of two with one name the first counts."""
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self.lists: dict[str, etree._Element] = {}
        for root in roots:
            for group in ("automatic-styles", "styles"):
                for style in children_of(root, group):
                    name = attribute(style, "name") or ""
                    if local_name(style) == "style":
                        self._styles.setdefault((attribute(style, "family") or "", name), style)
                    elif local_name(style) == "list-style":
                        self.lists.setdefault(name, style)

    def role(self, name: str | None) -> tuple[ParagraphRole, int]:
        """Return what a paragraph's style says it is, with the level of a heading."""
        for style in self._chain("paragraph", name):
            shown = (
                (attribute(style, "display-name") or attribute(style, "name") or "")
                .replace("_20_", " ")
                .lower()
            )
            if found := _HEADING.fullmatch(shown):
                return ParagraphRole.HEADING, int(found[1])
            for pattern, role in _ROLES:
                if pattern.fullmatch(shown):
                    return role, 0
            level = attribute(style, "default-outline-level")
            if level and level.isdecimal() and level != "0":
                return ParagraphRole.HEADING, min(int(level), 10)
        return ParagraphRole.BODY, 0

    def is_centered(self, name: str | None) -> bool:
        """Return whether a paragraph of that style is centred."""
        return self._of_paragraph(name, "text-align") == "center"

    def indents(self, name: str | None) -> tuple[int, int]:
        """Return the indents of a paragraph at its start and its end, in twentieths of a point."""
        return _twentieths(self._of_paragraph(name, "margin-left")), _twentieths(
            self._of_paragraph(name, "margin-right")
        )

    def breaks_page(self, name: str | None) -> tuple[bool, bool]:
        """Return whether a page begins before a paragraph of that style, and after it."""
        style = next(self._chain("paragraph", name), None)
        before = self._of_paragraph(name, "break-before") == "page"
        return before or bool(attribute(style, "master-page-name")), self._of_paragraph(
            name, "break-after"
        ) == "page"

    def has_rule(self, name: str | None) -> bool:
        """Return whether a line is drawn below a paragraph of that style."""
        style = next(self._chain("paragraph", name), None)
        border = attribute(child(style, "paragraph-properties"), "border-bottom")
        return bool(border) and border != "none"

    def marks(self, family: str, name: str | None) -> dict[str, bool]:
        """Return the marks that a style sets or takes away, with those that it inherits."""
        found: dict[str, bool] = {}
        for style in self._chain(family, name):
            own = attribute(style, "name") or ""
            if family == "paragraph" and own in ("Standard", "Default", "Text_20_body"):
                break
            for mark, on in _marks(child(style, "text-properties")).items():
                found.setdefault(mark, on)
            if family == "text" and own in ("Emphasis", "Strong_20_Emphasis"):
                found.setdefault("italic" if own == "Emphasis" else "bold", True)
        return found

    def is_hidden_section(self, name: str | None) -> bool:
        """Return whether a style of sections hides them."""
        return (
            attribute(child(next(self._chain("section", name), None), "section-properties"), "display")
            == "none"
        )

    def _of_paragraph(self, name: str | None, key: str) -> str | None:
        for style in self._chain("paragraph", name):
            if (found := attribute(child(style, "paragraph-properties"), key)) is not None:
                return found
        return None

    def _chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name)) if name else None
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def list_format(style: etree._Element | None, depth: int) -> tuple[str, str, int]:
    """Return the number format (empty for a bullet), the bullet and the first number of a list at a depth from 0."""
    for level in style if style is not None else ():
        if attribute(level, "level") == str(depth + 1):
            start = attribute(level, "start-value") or "1"
            form = attribute(level, "num-format") or ""
            return (
                form,
                attribute(level, "bullet-char") or "",
                int(start) if start.isdecimal() and len(start) < 7 else 1,
            )
    return "", "", 1


def _marks(properties: etree._Element | None) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for key, value in properties.attrib.items() if properties is not None else ():
        name, text = str(key).rpartition("}")[2], str(value)
        if name == "font-weight":
            found["bold"] = text == "bold" or (text.isdecimal() and int(text[:4]) >= _WEIGHTY)
        elif name == "font-style":
            found["italic"] = text in ("italic", "oblique")
        elif name == "text-underline-style":
            found["underline"] = text not in _UNMARKED
        elif name == "text-line-through-style":
            found["strike"] = text not in _UNMARKED
        elif name == "text-position":
            found |= {"raised": _is_moved(text, up=True), "lowered": _is_moved(text, up=False)}
        elif name == "display":
            found["hidden"] = text == "none"
        elif name == "text-transform":
            found["caps"] = text == "uppercase"
    return found


def _is_moved(position: str, *, up: bool) -> bool:
    """Return whether a text position, such as `super 58%` or `-33% 58%`, is above or below the line."""
    place = position.partition(" ")[0]
    if place in ("super", "sub"):
        return (place == "super") is up
    return place not in ("0%", "-0%") and place.endswith("%") and place.startswith("-") is not up


def _twentieths(length: str | None) -> int:
    found = _LENGTH.fullmatch(length or "")
    return round(float(found[1]) * _TWENTIETHS[found[2]]) if found else 0
