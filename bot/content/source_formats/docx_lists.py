"""Numbers and signs that Word puts before paragraphs of lists and before headings."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from bot.content.source_formats.office_xml import attribute, child, children

_PLACE = re.compile(r"%([1-9])")
_DASHES = ("-", "–", "—", "―")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST = 3999
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class ListMark:
    """Sign or number before a paragraph."""

    text: str
    """As Word shows it, such as `Chapter 3`; empty for a bullet."""
    marker: str
    """As Markdown has it."""
    is_speech: bool = False
    """Set for a dash: Word makes a list of dialogue that begins with one."""


class DocxLists:
    """The lists of a document, which count as they are asked."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract = {
            attribute(each, "abstractNumId"): {
                int(attribute(level, "ilvl") or 0): _level(level)
                for level in children(each, "lvl")
                if (attribute(level, "ilvl") or "0").isdecimal()
            }
            for each in children(root, "abstractNum")
        }
        self._lists = {
            attribute(each, "numId"): (
                key := attribute(child(each, "abstractNumId"), "val"),
                abstract.get(key, {}),
            )
            for each in children(root, "num")
        }
        self._counts: defaultdict[str | None, dict[int, int]] = defaultdict(dict)

    def next_mark(self, list_id: str, depth: int) -> ListMark:
        """Return what stands before the next paragraph of a list, at a depth from 0."""
        key, levels = self._lists.get(list_id, (list_id, {}))
        depth = min(max(depth, 0), _DEEPEST)
        level = levels.get(depth, _Level())
        counts = self._counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ListMark("", "-", is_speech=level.text.strip() in _DASHES)

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            own = levels.get(at, _Level("decimal"))
            return _written(counts.get(at, own.start), own.form)

        return ListMark(_PLACE.sub(number, level.text).strip(), f"{counts[depth]}.")


def _level(element: etree._Element) -> _Level:
    start = attribute(child(element, "start"), "val") or "1"
    return _Level(
        attribute(child(element, "numFmt"), "val") or "decimal",
        attribute(child(element, "lvlText"), "val") or "",
        int(start) if start.isdecimal() and len(start) < 7 else 1,
    )


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < number <= _LARGEST:
        text, rest = "", number
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter if form == "upperLetter" else letter.lower()
    return str(number)
