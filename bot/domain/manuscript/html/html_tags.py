"""HTML tags in a chapter, and the meaning of HTML's elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.name_sets import split_names

_NAME = r"[A-Za-z][A-Za-z0-9]*+(?::[A-Za-z][\w-]*+)?+"
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++)"
_ATTRIBUTE = rf"\s++[\w:@.-]++(?:\s*+=\s*+{_VALUE})?+"
TAG = re.compile(rf"<(?<!\\<)(?P<end>/?)(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+/?>")
_PART = re.compile(rf"\s++(?P<name>[\w:@.-]++)(?:\s*+=\s*+(?P<value>{_VALUE}))?+")
_STYLE = re.compile(r"\s*+([a-z-]++)\s*+:\s*+([^;]*+)(?:;|$)")


MARKS = {
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "*"),
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("u", "ins"), "__"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "`"),
    "spoiler": "||",
}
"""Elements with a mark of Discord's."""

BLOCKS = split_names(
    "p div center section article header footer main aside nav figure figcaption address details summary ul ol dl "
    "table thead tbody tfoot caption blockquote html body form fieldset hgroup dialog menu search"
)
"""Elements that are separate from the text before and after them."""

HEADINGS = {f"h{level}": "#" * min(level, 3) + " " for level in range(1, 7)}

PLAIN = split_names(
    "span font small big abbr acronym time label bdi bdo wbr mark data rb rbc rtc colgroup col o:p tbody ruby "
    "meta link base legend input source track param area picture frame frameset noframes marquee blink nobr output "
    "progress meter slot"
)
"""Elements of which only the content is shown."""

HIDDEN = split_names(
    "script style head title iframe object embed svg noscript template audio video canvas map select textarea button "
    "rp math"
)
"""Elements of which nothing is shown."""

SINGLE = split_names("br hr img wbr meta link base col embed input source track param area frame")
"""Elements without an end tag."""

_NAMESPACES = split_names("o w v m st1 mbp epub svg xml wp pic idx fb g ns0 office dc")
"""Prefixes of elements that word processors and e-books add; only their content is shown."""

_SHORT = frozenset(("a", "b", "i", "q", "s", "u", "p"))
_OTHERS = split_names("a q br hr img li dt dd tr td th sub sup rt pre")
KNOWN = BLOCKS | PLAIN | HIDDEN | SINGLE | _OTHERS | MARKS.keys() | HEADINGS.keys()


@dataclass(frozen=True)
class Tag:
    """One tag at `text[start:end]`. `name` is in lower case."""

    start: int
    end: int
    name: str
    closes: bool
    written: str

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Attributes by their names in lower case, without quotes."""
        return {
            part["name"].lower(): (part["value"] or "").strip("\"'") for part in _PART.finditer(self.written)
        }

    @cached_property
    def style(self) -> dict[str, str]:
        """The inline style, property by property."""
        return dict(_STYLE.findall(self.attributes.get("style", "").lower()))

    @property
    def hidden(self) -> bool:
        """Return whether the content is invisible."""
        return (
            self.name in HIDDEN
            or "hidden" in self.attributes
            or self.style.get("display", "").strip() == "none"
            or self.style.get("visibility", "").strip() == "hidden"
        )

    @property
    def marks(self) -> tuple[str, ...]:
        """Discord's marks for the content, outermost first."""
        if self.name in MARKS:
            return (MARKS[self.name],)
        if "style" not in self.attributes or self.name in BLOCKS:
            return ()
        weight = self.style.get("font-weight", "").strip()
        bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight[:5]) >= 600)
        line = self.style.get("text-decoration", "") + self.style.get("text-decoration-line", "")
        found = (
            ("**", bold),
            ("*", self.style.get("font-style", "").strip() in ("italic", "oblique")),
            ("__", "underline" in line),
            ("~~", "line-through" in line),
        )
        return tuple(mark for mark, there in found if there)


def parse_tag(found: re.Match[str]) -> Tag | None:
    """Return the tag of a match, or None if it is none of HTML's: `<System>` and `<b or not>` are words of the story.

    A tag of capital letters alone (`<S>`, a rank in many a game's story) needs a look at the whole text.
    """
    name, attributes = found["name"].lower(), found["attributes"]
    if ":" in name and name.partition(":")[0] in _NAMESPACES:
        name = "hr" if name == "mbp:pagebreak" else "span"
    if name not in KNOWN:
        return None
    if attributes and (found["end"] or (name in _SHORT and "=" not in attributes)):
        return Tag(*found.span(), name, False, attributes) if attributes.strip() == "hidden" else None
    return Tag(found.start(), found.end(), name, bool(found["end"]), attributes)


def find_tags(text: str) -> list[Tag]:
    """Return the tags of a text that are HTML's and outside of code."""
    code = CodeLookup(find_code(text))
    tags = [
        tag
        for found in TAG.finditer(text)
        if code.around(found.start()) is None and (tag := parse_tag(found)) is not None
    ]
    return _without_ranks(text, tags)


def _without_ranks(text: str, tags: list[Tag]) -> list[Tag]:
    """Drop tags of one capital letter without a partner: `<S>` is also a rank."""
    names = {text[tag.start : tag.end] for tag in tags if tag.closes}
    return [
        tag
        for tag in tags
        if tag.closes
        or tag.written
        or not (len(tag.name) == 1 and text[tag.start + 1].isupper())
        or f"</{text[tag.start + 1]}>" in names
    ]
