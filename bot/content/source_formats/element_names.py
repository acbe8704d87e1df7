"""Names of HTML elements and semantic types, by what they mean for a text."""

from __future__ import annotations

from lxml import etree

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "hr",
        "form",
        "fieldset",
        "address",
        "center",
        "details",
        "summary",
        "hgroup",
        "button",
        "label",
        "legend",
        "menu",
        "dialog",
        "select",
    ]
) | frozenset(HEADINGS)
ITALIC = frozenset(("em", "i", "cite", "dfn", "var"))
BOLD = frozenset(("strong", "b"))
STRIKE = frozenset(("s", "strike", "del"))
CODE = frozenset(("code", "kbd", "samp", "tt"))
NOTE_TYPES = frozenset(("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"))
VERSE_NAMES = frozenset(
    [
        "verse",
        "poem",
        "poetry",
        "stanza",
        "song",
        "lyrics",
        "z3998:poem",
        "z3998:verse",
        "z3998:song",
        "z3998:lyrics",
        "lg",
        "linegroup",
    ]
)


_TYPE_ATTRIBUTES = ("{http://www.idpf.org/2007/ops}type", "epub:type", "role")


def types_of(element: etree._Element) -> list[str]:
    """Return an element's semantic types: `epub:type` and `role`."""
    found = (element.get(name, "") for name in _TYPE_ATTRIBUTES)
    return " ".join(found).lower().split()


def is_verse(element: etree._Element) -> bool:
    """Return whether an element says that it holds verse."""
    names = (*element.get("class", "").lower().split(), *types_of(element))
    return not VERSE_NAMES.isdisjoint(names)
