"""Parts of a web page: the text, the author's notes, and what is around them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree

from bot.content.source_formats.element_names import types_of
from bot.content.source_formats.region_names import (
    AO3_NOTES,
    COMMENTS,
    CONTENT,
    CONTENTS_NAMES,
    NAVIGATION_NAME,
    NAVIGATION_ROLES,
    NAVIGATION_TAGS,
    NOTE_NAME,
    SKIPPED_IN_BOOKS,
    SKIPPED_TAGS,
    STORY_NAMES,
    TITLES,
)


class Region(Enum):
    """Kind of a part of a page."""

    NAVIGATION = auto()
    AUTHOR_NOTE = auto()
    CONTENTS = auto()
    TITLE = auto()
    """The chapter's title, in the site's own element."""
    SKIPPED = auto()
    """Never text."""


_TEXT_LEAST = 20
_FEW = 400
"""Letters below which a name that stories use too may count."""
_SHARE = 10
"""What has less than this part of a page's text is not where the text is, whatever its name says."""


@dataclass(slots=True)
class PageRegions:
    """The parts of one page."""

    content: frozenset[etree._Element]
    """The elements with the text; empty if the page does not tell."""
    holders: frozenset[etree._Element]
    """The elements around these."""
    lengths: dict[etree._Element, int]
    """Letters of the text in each element."""
    size: int

    @classmethod
    def find(cls, root: etree._Element) -> PageRegions:
        """Find the parts of a page."""
        body = root.find("body")
        body = root if body is None else body
        lengths = _measure(body)
        size = lengths.get(body, 0)
        elements = [(element, _names_of(element)) for element in body.iter(etree.Element)]
        for tag, wanted in CONTENT:
            names = frozenset(wanted.split())
            found = [
                element
                for element, own in elements
                if tag in (".", element.tag) and (not names or not names.isdisjoint(own))
            ]
            found = [element for element in found if lengths[element] >= _TEXT_LEAST]
            if sum(lengths[element] for element in found) * _SHARE >= size and found:
                holders = frozenset(parent for element in found for parent in element.iterancestors())
                return cls(frozenset(found), holders, lengths, size)
        return cls(frozenset(), frozenset(), lengths, size)

    def region(self, element: etree._Element) -> Region | None:
        """Return what an element is by itself; None for what is as the element around it."""
        tag = str(element.tag)
        if tag in SKIPPED_TAGS:
            return Region.SKIPPED
        if tag in ("html", "body", "main"):
            return None
        classes = element.get("class", "").split()[:50]
        name = element.get("id", "")
        if any(NOTE_NAME.fullmatch(each) for each in (*classes, name) if each):
            return Region.AUTHOR_NOTE
        if tag == "div" and not AO3_NOTES.isdisjoint(classes):
            return Region.AUTHOR_NOTE
        if not TITLES.isdisjoint(classes):
            return Region.TITLE
        if element in self.content:
            return None
        if not CONTENTS_NAMES.isdisjoint(each.lower() for each in (*classes, name)):
            return None if self._is_large(element) else Region.CONTENTS
        if self._is_navigation(element, tag, classes, name):
            return Region.NAVIGATION
        return _region_in_ao3_meta(element) if tag in ("p", "dl", "blockquote") else None

    def _is_navigation(self, element: etree._Element, tag: str, classes: list[str], name: str) -> bool:
        if element in self.holders:
            return False
        if tag in NAVIGATION_TAGS or element.get("role", "").lower() in NAVIGATION_ROLES:
            return True
        if tag == "header":
            return not any(parent.tag in ("article", "main", "section") for parent in element.iterancestors())
        if tag == "form":
            return not self._is_large(element)
        if name == "header":
            return True
        for each in (*classes, name):
            if not each or not NAVIGATION_NAME.fullmatch(each):
                continue
            if COMMENTS.fullmatch(each):
                # Around a whole page, such a name only says whether there are any.
                return bool(self.content) or self.lengths.get(element, 0) * _SHARE < self.size * (_SHARE - 1)
            if each.lower() in STORY_NAMES:
                return self.lengths.get(element, 0) < _FEW and not self._is_in_story(element)
            return not self._is_large(element)
        return False

    def _is_in_story(self, element: etree._Element) -> bool:
        """Return whether an element is within the text, where its name may be the author's own."""
        return any(
            parent in self.content and parent.get("id") not in ("preface", "afterword")
            for parent in element.iterancestors()
        )

    def _is_large(self, element: etree._Element) -> bool:
        """Return whether it has so much of the page's text that it must be the text itself."""
        if element in self.holders:
            return True
        return not self.content and self.lengths.get(element, 0) > max(1500, self.size // 2)


def region_of_book(element: etree._Element) -> Region | None:
    """Return what an element of a book's file is: there, only what it says itself is no text."""
    types = types_of(element)
    if element.tag in SKIPPED_IN_BOOKS or "pagebreak" in types or "doc-pagebreak" in types:
        return Region.SKIPPED
    return Region.CONTENTS if element.tag == "nav" or "toc" in types else None


def _region_in_ao3_meta(element: etree._Element) -> Region | None:
    """Return what an element is in the parts of an AO3 download with tags, summaries and notes."""
    above = element.getparent()
    if above is not None and _is_ao3_meta(above):
        return Region.NAVIGATION if element.tag == "dl" else Region.AUTHOR_NOTE
    if element.tag == "blockquote" and "userstuff" in element.get("class", "").split():
        return Region.AUTHOR_NOTE if any(map(_is_ao3_meta, element.iterancestors())) else None
    return None


def has_work_meta(root: etree._Element) -> bool:
    """Return whether a page has the parts of an AO3 download in which a work's notes are."""
    return any(
        _is_ao3_meta(element) and "group" in element.get("class", "").split() for element in root.iter("div")
    )


def _is_ao3_meta(element: etree._Element) -> bool:
    return element.tag == "div" and "meta" in element.get("class", "").split()


def _names_of(element: etree._Element) -> set[str]:
    """Return an element's classes and its id, each with its sign."""
    return {f".{each}" for each in element.get("class", "").split()[:50]} | {f"#{element.get('id')}"}


def _measure(body: etree._Element) -> dict[etree._Element, int]:
    """Return the length of the text in each element, measured in one walk."""
    lengths: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        inside = len((element.text or "").strip()) if element.tag not in ("script", "style") else 0
        for child in element:
            inside += lengths.get(child, 0) + len((child.tail or "").strip())
        lengths[element] = inside
    return lengths
