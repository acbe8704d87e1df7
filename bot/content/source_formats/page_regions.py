"""Parts of a web page: the text, the author's notes, and what is around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree

from bot.content.source_formats.element_names import types_of


class Region(Enum):
    """Kind of a part of a page."""

    NAVIGATION = auto()
    AUTHOR_NOTE = auto()
    CONTENTS = auto()
    TITLE = auto()
    """The chapter's title, in the site's own element."""
    SKIPPED = auto()
    """Never text."""


SKIPPED_TAGS = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "textarea",
        "input",
        "option",
        "datalist",
        "meta",
        "link",
        "rp",
        "base",
        "map",
        "progress",
        "meter",
    ]
)
_SKIPPED_IN_BOOKS = frozenset(
    (
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "form",
        "audio",
        "video",
        "object",
        "iframe",
        "rp",
        "title",
    )
)
_NAVIGATION_TAGS = frozenset(("nav", "footer", "aside", "button", "menu", "dialog", "label", "legend"))
_NAVIGATION_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alert",
        "alertdialog",
        "button",
        "tablist",
        "status",
    ]
)
_NAVIGATION_NAME = re.compile(
    r"(?:site-|page-|main-|post-|top-|bottom-|chapter-|global-|entry-)?"
    r"(?:nav|navbar|navigation|nav-links|nav-menu|menu|breadcrumbs?|sidebar|footer|masthead|pagination|pager|header-bar"
    r"|comments?|comments-area|comment-list|comments-container|respond|disqus_thread|share|sharing|share-buttons|sharedaddy|social"
    r"|social-share|social-links|related|related-posts|relatedposts|jp-relatedposts|recommendations?|recommended"
    r"|recommended-stories|similar-stories|also-like|cookie-banner|cookie-notice|cookies|ad|ads|advert|advertisement|adsbygoogle|promo|promotion|toolbar|btn|button"
    r"|buttons|btn-group|widget|widget-area|popup|modal|subscribe|subscription|newsletter|rating|ratings|votes?|kudos"
    r"|feedback|skip-link|skip|actions|landmark|message|byline|tags|tagcloud|entry-meta|post-meta|stats|meta-stats"
    r"|author-box|author-bio|author-card|wp-block-buttons|profile_top|xcontrast_txt|report-chapter|donate|patreon|wattpad-ad"
    r"|part-stats|page-numbers|post-navigation|wi_news|chp_stats_feature|next-part|bottom-ad|portlet-footer|lc_chp_btns)",
    re.IGNORECASE,
)
_WEAK = frozenset(
    ("message", "tags", "byline", "share", "meta", "skip", "related", "rating", "ad", "button", "stats")
)
"""Names that stories use too: they count only in short elements."""

_COMMENTS = re.compile(
    r"(?:.*[-_])?(?:comments?|disqus_thread|respond|comments-area|comment-list)", re.IGNORECASE
)
_NOTE_NAME = re.compile(
    r"(?:wi_)?authors?[-_']?s?[-_]?notes?(?:[-_].*)?|a-?n|an-?box|chapter[-_]notes?|end[-_]?notes?\d*|pre-?note|post-?note",
    re.IGNORECASE,
)
_AO3_NOTES = frozenset(("notes", "summary", "endnotes"))
_TITLES = frozenset(
    ("chapter-title", "entry-title", "part-title", "chapter_title", "post-title", "chp_title")
)
_CONTENTS_NAMES = frozenset(("toc", "table-of-contents", "contents", "tableofcontents", "toc_container"))

_CONTENT = (
    (".", "#workskin"),
    ("div", "#chapters #preface #afterword"),
    (".", "#chp_raw"),
    (".", "#storytext .storytext"),
    (".", ".chapter-inner .chapter-content"),
    (".", ".entry-content .post-content"),
    (".", ".panel-reading .part-content"),
    ("article", ""),
    ("main", ""),
)
"""Elements that hold a page's text, by tag (`.` for any), and by classes and ids; the first that a page has."""

_TEXT_LEAST = 20


@dataclass(slots=True)
class PageRegions:
    """Where the parts of one page are."""

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
        for tag, wanted in _CONTENT:
            names = frozenset(wanted.split())
            found = [
                element
                for element, own in elements
                if tag in (".", element.tag) and (not names or not names.isdisjoint(own))
            ]
            found = [element for element in found if lengths[element] >= _TEXT_LEAST]
            if found:
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
        if any(_NOTE_NAME.fullmatch(each) for each in (*classes, name) if each):
            return Region.AUTHOR_NOTE
        if tag == "div" and not _AO3_NOTES.isdisjoint(classes):
            return Region.AUTHOR_NOTE
        if not _TITLES.isdisjoint(classes):
            return Region.TITLE
        if element in self.content:
            return None
        if not _CONTENTS_NAMES.isdisjoint(each.lower() for each in (*classes, name)):
            return Region.CONTENTS
        if self._is_navigation(element, tag, classes, name):
            return Region.NAVIGATION
        return _region_in_ao3_meta(element) if tag in ("p", "dl", "blockquote") else None

    def _is_navigation(self, element: etree._Element, tag: str, classes: list[str], name: str) -> bool:
        if tag in _NAVIGATION_TAGS or element.get("role", "").lower() in _NAVIGATION_ROLES:
            return True
        if tag == "header":
            return not any(parent.tag in ("article", "main", "section") for parent in element.iterancestors())
        if tag == "form":
            return not self._is_large(element)
        if name == "header":
            return True
        for each in (*classes, name):
            if not each or not _NAVIGATION_NAME.fullmatch(each):
                continue
            if _COMMENTS.fullmatch(each):
                return True
            return (
                self.lengths.get(element, 0) < 400 if each.lower() in _WEAK else not self._is_large(element)
            )
        return False

    def _is_large(self, element: etree._Element) -> bool:
        """Return whether it has so much of the page's text that it must be the text itself."""
        if element in self.holders:
            return True
        return not self.content and self.lengths.get(element, 0) > max(1500, self.size // 2)


def region_of_book(element: etree._Element) -> Region | None:
    """Return what an element of a book's file is: there, only what it says itself is no text."""
    types = types_of(element)
    if element.tag in _SKIPPED_IN_BOOKS or "pagebreak" in types or "doc-pagebreak" in types:
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
