"""Titles of imported chapters in the form that an author would write in front matter."""

from __future__ import annotations

import re

from bot.domain.manuscript_import.heading_candidates import HeadingCandidate, HeadingSort, is_in_capitals
from bot.domain.text.numbered_headings import read_numbering

_SMALL_WORDS = """
    a an and as at but by for from in into nor of on or out over the to up with von der die
    das und le la les de du des et el los y del di il e
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ROMAN = re.compile(r"[IVXLCDM]+[.:,]?")
_ITEM = re.compile(r"(?P<number>\d{1,3}|[IVXLC]{1,7})[.):]\s+(?=[^\W\d_])")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FILE_NUMBER = re.compile(r"(?:\d{1,4}[a-z]?(?:[-_. ]+|$))+(?=[^\W\d_])", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:md|markdown|mdown|txt|text|html?|xhtml|docx|odt|epub|rst)\Z", re.IGNORECASE)


def write_title(heading: HeadingCandidate) -> tuple[str, str | None]:
    """Return the title and the number of a chapter; a number stays in the title if that is all there is."""
    if heading.name is not None and heading.sort is not HeadingSort.NAMED:
        return lower_capitals(heading.name), heading.number
    if heading.sort is HeadingSort.STYLED and (item := _ITEM.match(heading.text)):
        return lower_capitals(heading.text[item.end() :]), item["number"]
    return lower_capitals(heading.text.rstrip(".:")) or heading.text, heading.number


def lower_capitals(title: str) -> str:
    """Return a title in capitals as other titles are written: `THE NET LOFT` as `The Net Loft`."""
    title = " ".join(title.split())
    if not is_in_capitals(title):
        words = title.split(" ")
        first = [word for word in words[:2] if is_in_capitals(word) and not _ROMAN.fullmatch(word)]
        if not (words and first and read_numbering(title) is not None):
            return title
        return " ".join(word.capitalize() if word in first else word for word in words)
    words = title.split(" ")
    return " ".join(_word(word, first=number == 0) for number, word in enumerate(words))


def is_same_text(one: str, other: str) -> bool:
    """Return whether two titles are the same but for case and punctuation."""
    return bool(compare_key(one)) and compare_key(one) == compare_key(other)


def compare_key(text: str) -> str:
    """Return the letters of a title, by which it is compared."""
    return _NOT_LETTERS.sub("", text.casefold())


def title_of_name(name: str) -> str:
    """Return the title that the name of a file means: `01-the-letter.md` is `the letter`."""
    stem = _SUFFIX.sub("", name.rpartition("/")[2])
    bare = _FILE_NUMBER.sub("", stem, count=1) if not re.match(r"\d+[a-z]?\Z", stem) else stem
    return " ".join(re.sub(r"[-_]+", " ", bare).split()) or stem


def _word(word: str, *, first: bool) -> str:
    if _ROMAN.fullmatch(word):
        return word
    lower = word.lower()
    if lower in _SMALL and not first:
        return lower
    at = next((at for at, char in enumerate(lower) if char.isalpha()), 0)
    return lower[:at] + lower[at : at + 1].upper() + lower[at + 1 :]
