"""Headings that count chapters, such as “Chapter Three” or 第三章, in many languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.domain.text.chapter_words import CHAPTER_WORDS
from bot.domain.text.numerals import EAST_ASIAN, LONGEST_PHRASE, WORDS, bare

_LABEL = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted((*CHAPTER_WORDS, 'episode'), key=len, reverse=True)))})(?![^\W\d_])\.?",
    re.I,
)
_COUNT_BEFORE = re.compile(r"\d{1,5}(?:\.|[ºª°]|st|nd|rd|th|-?[йяе])?[ ](?=[^\W\d_])", re.I)
"""The number of `3. Kapitel` and `2nd chapter`."""

_NUMBER = re.compile(
    r"(?:no\.?|nr\.?|№|n[.º°]|#)?\s{0,3}(?:\d{1,5}(?:\.\d{1,3})?|[ivxlcdm]{1,9})(?![^\W_])\.?", re.I
)
_FIRST_OR_LAST = re.compile(
    r"(?:premier|première|primero|primo|first|last|final|finale|dernier|último|erste)(?![^\W_])", re.I
)
_EAST = re.compile(
    rf"第\s?[{EAST_ASIAN}\d]{{1,12}}\s?[章回話话节節卷幕篇夜折]|제?\s?\d{{1,5}}\s?[장화회](?![^\W_])|[其之]?[{EAST_ASIAN}]{{1,6}}[、．]"
)
_ENDS = """
    prologue prolog prólogo prologo epilogue epilog epílogo epilogo interlude interludium intermezzo
    пролог эпилог эпілог інтерлюдія интерлюдия πρόλογος επίλογος פרולוג אפילוג مقدمة خاتمة
    序章 序幕 楔子 引子 终章 終章 尾声 尾聲 番外 プロローグ エピローグ 幕間 프롤로그 에필로그
    บทนำ บทส่งท้าย प्रस्तावना उपसंहार
"""
_UNCOUNTED = frozenset(map(bare, _ENDS.split()))
"""Chapters that have a name instead of a number."""

_ONLY_NUMBER = re.compile(rf"(?:\d{{1,4}}|[IVXLC]{{1,7}}|[{EAST_ASIAN}]{{1,5}})\.?")
_PART = re.compile(
    rf"(?:part|book|volume|vol\.?|act|arc|season|teil|band|buch|partie|livre|tome|parte|libro|часть|книга|том|μέρος)"
    rf"\s+\S{{1,12}}(?:\s*[:–—-]\s.*)?|第\s?[{EAST_ASIAN}\d]{{1,6}}\s?[部巻卷編编]",
    re.I,
)
_SEPARATOR = re.compile(r"\s*(?:[:：.|·•~～]|[-–—―]{1,3}(?!\w))\s*|\s+|(?=[「『《（(〈【])")
_WORD = re.compile(r"\s*([^\W\d_]+(?:[- ][^\W\d_]+){0,3})")
_SENTENCE = re.compile(r"[.!?…,;。！？、；।؟]$")
_LONGEST = 120


class ChapterNumber(NamedTuple):
    """A chapter's number as it is written, and the name after it, which may be empty."""

    number: str
    name: str


def read_numbering(title: str) -> ChapterNumber | None:
    """Return the number and name of a title such as `Chapter 3: Rain`, or None if it does not count chapters."""
    text = " ".join(title.split())
    if not text or len(text) > _LONGEST:
        return None
    if bare(text.strip(" .:")) in _UNCOUNTED:
        return ChapterNumber(text, "")
    end = _number_end(text)
    if end is None:
        return None
    number, rest = text[:end], text[end:]
    if not rest.strip(" .:-–—"):
        return ChapterNumber(number.strip(), "")
    between = _SEPARATOR.match(rest)
    if between is None:
        return ChapterNumber(number, rest) if _EAST.match(text) else None
    name = rest[between.end() :].strip()
    first = next((char for char in name if char.isalpha()), "")
    if between[0].isspace() and (first.islower() or _SENTENCE.search(name)):
        # “Chapter 3 was the hardest.”
        return None
    return ChapterNumber(number.strip().rstrip(":"), name)


def _number_end(text: str) -> int | None:
    if (east := _EAST.match(text)) is not None:
        return east.end()
    if (before := _COUNT_BEFORE.match(text)) is not None and (counted := _LABEL.match(text, before.end())):
        return counted.end()
    label = _LABEL.match(text)
    if label is None:
        head = text.partition(":")[0]
        return len(head) if bare(head) in _UNCOUNTED else None
    at = label.end()
    at += len(text[at:]) - len(text[at:].lstrip(" .:-–—")) if not text[at : at + 1].isdigit() else 0
    if (number := _NUMBER.match(text, at)) is not None or (number := _FIRST_OR_LAST.match(text, at)):
        return number.end()
    words = text[at:].replace("-", " ").split()
    for count in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        phrase = " ".join(bare(word.strip(":.,–—")) for word in words[:count])
        if any(phrase in known for known in WORDS.values()):
            found = re.match(rf"(?:[^\s-]+[\s-]+){{{count - 1}}}[^\s:.,–—-]+", text[at:])
            return at + found.end() if found else None
    # Number words of other scripts: الفصل الأول
    if not text[0].isascii() and not _LABEL.match(text)[0].isupper() and len(words) in (1, 2):  # type: ignore[index]
        return len(text) if not text[at:].strip().islower() or not text[0].islower() else None
    return None


def is_only_number(title: str) -> bool:
    """Return whether a heading is nothing but a number, such as `3` or `III.`."""
    return _ONLY_NUMBER.fullmatch(title.strip()) is not None


def is_part(title: str) -> bool:
    """Return whether a heading begins a part of the book, such as `Part Two`."""
    return _PART.fullmatch(" ".join(title.split())) is not None


def join_numbering(number: str, name: str) -> str:
    """Return the title made of a number and a name on lines of their own."""
    if number.endswith("."):
        return f"{number} {name}"
    return f"{number} {name}" if "\u2e80" < number[-1:] < "\ua000" else f"{number}: {name}"
