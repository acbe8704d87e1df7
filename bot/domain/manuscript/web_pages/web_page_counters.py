"""Counters of web pages: how often a chapter was read, liked and commented on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from bot.domain.manuscript.web_pages.web_page_lines import MARKS
from bot.domain.manuscript.web_pages.web_page_phrases import LENGTH_UNITS, UNITS, UNITS_OF_STORIES


class CountOf(Enum):
    """Things that a counter counts."""

    SEVERAL = auto()
    WEB_PAGE = auto()
    """Something that only web pages count."""
    STORY = auto()
    """Something that a story may count too."""


_SHORTENED = r"(?:(?:[kmbкм]|mil|rb|jt|тыс|млн|tsd)\b\.?|[万萬億만천])"
_NUMBER = rf"\d{{1,3}}+(?:[.,\u00a0\u202f ]?\d{{1,3}}+){{0,4}}+(?: ?{_SHORTENED})?+\+?"
_ANY_UNIT = f"{UNITS}|{UNITS_OF_STORIES}|{LENGTH_UNITS}"
_ITEM = (
    rf"(?:{_NUMBER} ?(?:{_ANY_UNIT})|(?:{UNITS}|{UNITS_OF_STORIES}) ?[:：(（]? ?{_NUMBER}[)）]?"
    rf"|(?:{LENGTH_UNITS})[:：] ?{_NUMBER}(?:/[\d?]+)?)(?!\w)"
)
_OF_WEB_PAGES = re.compile(rf"(?:\b|\d)(?:{UNITS})(?!\w)|\d ?{_SHORTENED}|\d[.,]\d{{3}}", re.IGNORECASE)
_RATING = re.compile(
    r"(?:[★☆⭐]{1,5}\ufe0f? ?\d(?:[.,]\d{1,2})?(?: ?/ ?\d{1,2})?"
    r"|\d(?:[.,]\d{1,2})? ?(?:/ ?5 ?)?[★☆⭐]{1,5}\ufe0f?)(?: ?\([\d.,kKmM]{1,9}\))?"
)
_DIGIT = re.compile(r"\d")
_LONGEST = 100

BARE_NUMBER = re.compile(r"\d{1,3}(?:[.,]?\d{1,3}){0,3} ?[kKmMКкМм万만]?")
"""A number alone."""


@cache
def _counters() -> re.Pattern[str]:
    """Return the pattern of a line of counters. It is compiled at first use, which takes a good part of a start."""
    return re.compile(rf"{_ITEM}(?P<more>(?:[\s|·•,、/👁★💬❤♥–-]{{0,5}}{_ITEM}){{0,9}})", re.IGNORECASE)


def classify_counter(line: str) -> CountOf | None:
    """Return what a line of nothing but counters counts, or None for another line."""
    if len(line) > _LONGEST or not _DIGIT.search(line):
        return None
    if _RATING.fullmatch(line):
        return CountOf.WEB_PAGE
    bare = line.strip(MARKS.replace(")", "").replace("）", ""))
    found = _counters().fullmatch(bare)
    if found is None:
        return None
    if found["more"]:
        return CountOf.SEVERAL
    return CountOf.WEB_PAGE if _OF_WEB_PAGES.search(bare) else CountOf.STORY


def is_tally(numbers: Sequence[str]) -> bool:
    """Return whether numbers count something in the story: up, down, or the same again."""
    if not all(map(str.isdecimal, numbers)):
        return False
    values = list(map(int, numbers))
    return len({after - before for before, after in pairwise(values)}) == 1 or max(values) < 13
