"""Parts of a web page: the text, the author's notes, and what is around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree


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
    "script style head template noscript iframe object embed canvas audio video textarea input option datalist meta link"
    " rp base map progress meter".split()
)
_NAVIGATION_TAGS = frozenset(("nav", "footer", "aside", "button", "menu", "dialog", "label", "legend"))
_NAVIGATION_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar toolbar dialog alert alertdialog button tablist"
    " status".split()
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
_WEAK = frozenset(("message", "tags", "byline", "share", "meta", "skip", "related", "rating", "ad", "button", "stats"))
"""Names that stories use too: they count only in short elements."""

_COMMENTS = re.compile(r"(?:.*[-_])?(?:comments?|disqus_thread|respond|comments-area|comment-list)", re.IGNORECASE)
_NOTE_NAME = re.compile(
    r"(?:wi_)?authors?[-_']?s?[-_]?notes?(?:[-_].*)?|a-?n|an-?box|chapter[-_]notes?|end[-_]?notes?\d*|pre-?note|post-?note",
    re.IGNORECASE,
)
_AO3_NOTES = frozenset(("notes", "summary", "endnotes"))
_TITLES = frozenset(("chapter-title", "entry-title", "part-title", "chapter_title", "post-title", "chp_title"))
_CONTENTS_NAMES = frozenset(("toc", "table-of-contents", "contents", "tableofcontents", "toc_container"))

_CONTENT: tuple[Callable[[str, frozenset[str], str], bool], ...] = (
    lambda tag, classes, name: name == "workskin",
    lambda tag, classes, name: name in ("chapters", "preface", "afterword") and tag == "div",
    lambda tag, classes, name: name == "chp_raw",
    lambda tag, classes, name: name == "storytext" or "storytext" in classes,
    lambda tag, classes, name: not classes.isdisjoint(("chapter-inner", "chapter-content")),
    lambda tag, classes, name: "entry-content" in classes or "post-content" in classes,
    lambda tag, classes, name: "panel-reading" in classes or "part-content" in classes,
    lambda tag, classes, name: tag == "article",
    lambda tag, classes, name: tag == "main",
)
_TEXT_LEAST = 20


@dataclass(slots=True)
class PageRegions:
    """Where the parts of one page are."""

    content: frozenset[etree._Element]
    """The elements with the text; empty if the page does not tell."""
    size: int

    @classmethod
    def find(cls, root: etree._Element) -> PageRegions:
        """Find the parts of a page."""
        body = root.find("body")
        body = root if body is None else body
        elements = [
            (element, element.tag, frozenset(element.get("class", "").split()), element.get("id", ""))
            for element in body.iter(etree.Element)
        ]
        for rule in _CONTENT:
            found = [element for element, tag, classes, name in elements if rule(tag, classes, name)]
            found = [element for element in found if _has_length(element, _TEXT_LEAST)]
            if found:
                return cls(frozenset(found), _length(body))
        return cls(frozenset(), _length(body))

    def region(self, element: etree._Element) -> Region | None:
        """Return what an element is by itself; None for what is as the element around it."""
        tag = element.tag
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
        return Region.NAVIGATION if self._is_navigation(element, tag, classes, name) else None

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
            return not _has_length(element, 400) if each.lower() in _WEAK else not self._is_large(element)
        return False

    def _is_large(self, element: etree._Element) -> bool:
        """Return whether it has so much of the page's text that it must be the text itself."""
        if any(parent in self.content for parent in element.iterdescendants()):
            return True
        return not self.content and _has_length(element, max(1500, self.size // 2))


def is_ao3_preface(element: etree._Element) -> bool:
    """Return whether an element is the part of an AO3 download with summary and notes."""
    return element.tag == "div" and "meta" in element.get("class", "").split()


def _length(element: etree._Element) -> int:
    return sum(len(text) for text in element.itertext())


def _has_length(element: etree._Element, least: int) -> bool:
    count = 0
    for text in element.itertext():
        count += len(text.strip())
        if count >= least:
            return True
    return False
