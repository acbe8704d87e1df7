"""Appearance that a page's styles give to its elements: marks, alignment, and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

_AT_BLOCK = re.compile(r"@[a-z-]+[^{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}", re.IGNORECASE)
_SIMPLE = re.compile(
    r"(?P<tag>[a-z][a-z0-9]{0,15})?(?:\.(?P<class>[\w-]{1,100})|\#(?P<id>[\w-]{1,100}))?", re.IGNORECASE
)
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,9})?)(px|pt|em|rem|ex|%|vw|in|cm|mm)?$")
_UNITS = {
    "px": 1 / 16,
    "pt": 1 / 12,
    "em": 1.0,
    "rem": 1.0,
    "ex": 0.5,
    "in": 6.0,
    "cm": 2.4,
    "mm": 0.24,
    "%": 0.4,
}
_FAR = 40.0
"""Widths of a letter beyond which a negative offset is off the screen."""
_MOST_RULES = 20_000
_OFF_SCREEN = frozenset(
    ("sr-only", "visually-hidden", "screen-reader-text", "screen-reader-only", "a11y-hidden")
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """An element's own appearance; None where it is that of the element around it."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    centered: bool | None = None
    raised: str | None = None
    """`sup` or `sub`."""
    indent: float = 0.0
    """In widths of a letter."""
    is_hidden: bool = False
    is_page_start: bool = False
    keeps_lines: bool | None = None


@dataclass(slots=True)
class StyleSheet:
    """Rules for elements, classes and ids; selectors of several parts are left out."""

    _rules: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @classmethod
    def parse(cls, sheets: Iterable[str]) -> StyleSheet:
        """Return the rules of some style sheets."""
        sheet = cls()
        for text in sheets:
            for rule in _AT_BLOCK.sub("", _without_comments(text)).split("}"):
                selectors, _, body = rule.partition("{")
                declarations = dict(_declarations(body))
                for selector in selectors.split(","):
                    found = _SIMPLE.fullmatch(selector.strip())
                    if found and found[0] and len(sheet._rules) < _MOST_RULES:
                        key = (
                            (found["tag"] or "").lower(),
                            (found["class"] and f".{found['class']}")
                            or (found["id"] and f"#{found['id']}")
                            or "",
                        )
                        sheet._rules.setdefault(key, {}).update(declarations)
        return sheet

    def appearance(self, element: etree._Element) -> Appearance:
        """Return the appearance of an element."""
        own = element.get("style")
        classes = element.get("class", "").split()[:50]
        styles: dict[str, str] = {}
        if self._rules:
            tag, name = str(element.tag), element.get("id")
            keys = ["", *(f".{each}" for each in classes), *([f"#{name}"] if name else [])]
            for key in keys:
                styles.update(self._rules.get(("", key), {}))
                styles.update(self._rules.get((tag, key), {}))
        if own:
            styles.update(_declarations(own[:5000]))
        align = element.get("align", "").lower()
        if align and "text-align" not in styles:
            styles["text-align"] = align
        hidden = element.get("hidden") is not None or not _OFF_SCREEN.isdisjoint(classes)
        if not styles:
            return Appearance(is_hidden=True) if hidden else _NONE
        return _read(styles, hidden)


_NONE = Appearance()


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.replace("!important", "").strip().lower()


def _read(styles: dict[str, str], hidden: bool) -> Appearance:
    weight = styles.get("font-weight", "")
    slant = styles.get("font-style", "")
    lines = styles.get("text-decoration", "") + styles.get("text-decoration-line", "")
    align = styles.get("text-align", "")
    space = styles.get("white-space", "")
    raised = styles.get("vertical-align", "")
    page = f"{styles.get('page-break-before', '')} {styles.get('break-before', '')}"
    return Appearance(
        bold=_is_bold(weight),
        italic=slant.startswith(("italic", "oblique"))
        if slant in ("normal",) or slant.startswith(("italic", "oblique"))
        else None,
        underline="underline" in lines if lines else None,
        strike="line-through" in lines if lines else None,
        centered=align in ("center", "-webkit-center", "middle") if align and align != "inherit" else None,
        raised={"super": "sup", "sub": "sub"}.get(raised),
        indent=_length(styles.get("margin-left", "")) + _length(styles.get("padding-left", "")),
        is_hidden=hidden or _is_hidden(styles),
        is_page_start=any(word in ("always", "page", "left", "right", "recto") for word in page.split()),
        keeps_lines=space in ("pre", "pre-wrap", "pre-line", "break-spaces") if space else None,
    )


def _is_bold(weight: str) -> bool | None:
    if weight in ("bold", "bolder"):
        return True
    if weight in ("normal", "lighter"):
        return False
    return int(weight) >= 600 if weight.isascii() and weight.isdigit() else None


def _length(value: str) -> float:
    found = _LENGTH.match(value)
    if found is None or not found[1] or found[1] in ("-", ".", "-."):
        return 0.0
    return float(found[1]) * _UNITS.get(found[2] or "px", 1.0)


def _is_hidden(styles: dict[str, str]) -> bool:
    if styles.get("display") == "none" or styles.get("visibility") in ("hidden", "collapse"):
        return True
    if (
        styles.get("font-size")
        and _LENGTH.match(styles["font-size"])
        and _length(styles["font-size"]) <= 0.08
    ):
        return True
    if styles.get("opacity", "").strip("0.") == "" and "0" in styles.get("opacity", ""):
        return True
    if styles.get("color") == "transparent" or styles.get("clip", "").startswith("rect(0"):
        return True
    away = [_length(styles.get(side, "")) for side in ("left", "top", "right", "text-indent", "margin-left")]
    if min(away) < -_FAR:
        return True
    small = [styles.get(side, "") for side in ("height", "max-height", "width", "max-width")]
    return styles.get("overflow") == "hidden" and any(
        each and _LENGTH.match(each) and _length(each) <= 0.1 for each in small
    )
