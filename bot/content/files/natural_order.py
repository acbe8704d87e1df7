"""Natural order of numbered names in any notation, so that 第十一章 comes after 第二章.

Names are interpreted for their order only; a chapter's identity does not depend on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.domain.text.chapter_labels import (
    CHAPTER_LABELS,
    COUNTERS,
    ENDS,
    EPILOGUES,
    INTERLUDES,
    KOREAN_COUNTERS,
    LABELS,
    PARTS,
    PROLOGUES,
)
from bot.domain.text.numerals import EAST_ASIAN, LONGEST_PHRASE, bare, east_asian, is_slip_of, roman
from bot.domain.text.ordinals import HANGUL, ORDINALS, SPELLED, hangul

PROLOGUE, EPILOGUE = -1, 2

_NOT_IN_WORDS = rf"(?:(?<![^\W_\d])|(?<=[卷巻]))(?P<alone>[{EAST_ASIAN}]{{1,12}})(?=[{COUNTERS}]|[\W_]|\Z)"
_EAST = re.compile(rf"第[ ]?(?P<counted>[{EAST_ASIAN}]{{1,12}})|{_NOT_IN_WORDS}")
_SIGN = re.compile("[\u2160-\u2182\u2460-\u249b\u24ea\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_OF_TWO = re.compile(
    rf"(?:(?<=[{COUNTERS}\d\W_])|^)(?P<which>[上中下前後后])(?=[編编篇巻卷部册冊]?(?:[\W_]|第|\Z))"
)
_WHICH = {"上": 1, "前": 1, "中": 2, "下": 3, "後": 3, "后": 3}

# Vowels and tones of Arabic, Hebrew, Indian and South-East Asian scripts are marks, which are no letters to `re`.
_MARKS = "".join(
    (
        "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670",
        *(
            "".join(
                f"{chr(block + first)}-{chr(block + last)}"
                for first, last in ((0, 3), (0x3A, 0x4F), (0x55, 0x57))
            )
            for block in range(0x900, 0xE00, 0x80)
        ),
        "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3",
    )
)
_PIECE = re.compile(rf"\d+|[^\W\d_](?:[^\W\d_]|[{_MARKS}])*+")
_KOREAN = re.compile(
    rf"제[ ]?(?:(?P<plain>\d{{1,6}})|(?P<word>[{HANGUL}]{{1,6}}))[ ]?(?P<counter>[{KOREAN_COUNTERS}])"
)
_OWN = re.compile(r"(\d{1,6})(?:[-_. ]+(?!\d)|\Z)")
_LONGEST_TITLE = 200
_ARTICLES = frozenset(("the", "das", "el", "le"))
_BETWEEN = re.compile(r"[\W_]{0,4}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in words or letters: its position in the name, and its value."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class _Labelled:
    """The text after a label: a number in words or letters, one in digits (`plain`), or another word."""

    label: str
    word: str
    plain: bool
    found: _Found | None


def read_numbers(stems: Iterable[str]) -> Mapping[str, tuple[int, str]]:
    """Return each name with all numbers in digits, preceded by whether it sorts first, last or between.

    A name that begins with digits is ordered by them as it is. Roman numerals and number words count only
    where the folder shows that they do: after a label such as “chapter” if most of what follows it is a
    number, or if every name has one at the same position.
    """
    own = list(dict.fromkeys(stems))
    read = _without_slips({stem: _eastern(_folded(stem)) for stem in own if not stem[:1].isdecimal()})
    ends = {stem: end for stem, text in read.items() if (end := _end(text))}
    labelled = {stem: list(_labelled(text)) for stem, text in read.items()}
    counting = _counting(each for found in labelled.values() for each in found)
    numbers = {
        stem: [each.found for each in found if each.found is not None and each.label in counting]
        for stem, found in labelled.items()
    }
    if not any(numbers.values()) and len(read) == len(own):
        numbers = _at_one_place({stem: text for stem, text in read.items() if stem not in ends})
    result = {stem: (0, stem) for stem in own}
    for stem, text in read.items():
        within = _in_digits(text, numbers.get(stem, []))
        result[stem] = ends.get(stem, 0), within if stem in ends else _ends_of_parts(within)
    return result


@lru_cache(maxsize=4096)
def chapter_count(title: str) -> tuple[str, int] | None:
    """Return the label and number in a title, (chapter, 10) for `Chapter Ten: Rain`; None without one."""
    text = _eastern(_folded(title[:_LONGEST_TITLE]))
    if eastern := re.match(rf"第[ ]?(\d{{1,6}})[ ]?([{COUNTERS}])", text):
        return eastern[2], int(eastern[1])
    if korean := _KOREAN.match(text):
        return korean["counter"], int(korean["plain"]) if korean["plain"] else hangul(korean["word"])
    pieces = list(islice(_PIECE.finditer(text), 1 + LONGEST_PHRASE))
    if not pieces or text[: pieces[0].start()].strip(" #*_"):
        return None
    if (label := bare(pieces[0][0])) not in LABELS:
        return _count_before_label(pieces)
    first = next(_labelled(text[: pieces[-1].end()]), None)
    if first is None or first.label != label:
        return None
    if first.found is not None:
        return label, first.found.value
    return (label, int(first.word)) if first.plain and len(first.word) <= 6 else None


def _count_before_label(pieces: list[re.Match[str]]) -> tuple[str, int] | None:
    """Return the label and number of `Erstes Kapitel`, `1. Kapitel` and `The First Chapter`."""
    words = [bare(piece[0]) for piece in pieces if piece[0] not in _ARTICLES][:2]
    if len(words) < 2 or words[1] not in CHAPTER_LABELS:
        return None
    if words[0].isdecimal():
        return (words[1], int(words[0])) if len(words[0]) <= 6 else None
    value = ORDINALS.get(LABELS[words[1]], {}).get(words[0])
    return None if value is None else (words[1], value)


def own_number(stem: str) -> int | None:
    """Return the whole number that a file's name gives it, None without one or with several: 3 for `03-rain`."""
    if stem[:1].isdecimal():
        found = _OWN.match(stem)
        return int(found[1]) if found else None
    count = chapter_count(stem)
    folded = _eastern(_folded(stem))
    if count is None or len(re.findall(r"\d+", folded)) > 1 or re.search(r"\d[a-z½¼¾]", folded):
        return None
    return count[1]


def is_interlude(stem: str) -> bool:
    """Return whether a name without a number in front is that of an interlude."""
    first = _PIECE.search(_folded(stem))
    return first is not None and bare(first[0]) in INTERLUDES


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _eastern(text: str) -> str:
    """Return the text with Chinese and Japanese numerals, and signs such as Ⅳ and ④, as digits."""
    if text.isascii():
        return text
    text = _SIGN.sub(lambda sign: _apart(sign, int(unicodedata.numeric(sign[0]))), text)
    text = _EAST.sub(_counted_in_digits, text)
    return _OF_TWO.sub(lambda found: _apart(found, _WHICH[found["which"]]), text)


def _counted_in_digits(found: re.Match[str]) -> str:
    if found["counted"]:
        return f"第{east_asian(found['counted'])}"
    return _apart(found, east_asian(found["alone"]))


def _apart(found: re.Match[str], value: int) -> str:
    return f"{' ' if found.string[: found.start()][-1:].isdecimal() else ''}{value}"


def _end(text: str) -> int:
    """Return whether a name is that of a prologue (negative) or an epilogue, or of what stands further out."""
    word = _PIECE.search(text)
    first = bare(word[0]) if word and not text[: word.start()].strip(" _-([（【「") else ""
    if first in PROLOGUES or first in EPILOGUES:
        return PROLOGUE if first in PROLOGUES else EPILOGUE
    return ENDS.get(" ".join(re.split(r"[-_\s]+", bare(text).strip(" -_"))), 0)


def _ends_of_parts(text: str) -> str:
    """Make a part's prologue or epilogue sort before or after the part's chapters."""
    pieces = list(_PIECE.finditer(text))
    for place, piece in enumerate(pieces[2:], 2):
        word = bare(piece[0])
        if word not in PROLOGUES | EPILOGUES:
            continue
        if bare(pieces[place - 2][0]) in PARTS and pieces[place - 1][0].isdecimal():
            sign = "\x01" if word in PROLOGUES else "\U0010ffff"
            return f"{text[: piece.start()].rstrip(' -_.:,')}{sign}{text[piece.end() :]}"
    return text


def _without_slips(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the names with the label that most of them begin with mended where it is misspelled (`chaper-3`)."""
    firsts = {stem: piece for stem, text in texts.items() if (piece := _PIECE.match(text)) is not None}
    labels = Counter(piece[0] for piece in firsts.values() if bare(piece[0]) in LABELS and len(piece[0]) > 4)
    found = dict(texts)
    for label, count in sorted(labels.items(), key=lambda each: (-each[1], each[0]))[:1]:
        for stem, piece in firsts.items():
            counted = texts[stem][piece.end() :].lstrip(" -_.")[:1].isdecimal()
            if count > 1 and counted and bare(piece[0]) not in LABELS and is_slip_of(piece[0], label):
                found[stem] = f"{label}{texts[stem][piece.end() :]}"
    return found


def _labelled(text: str) -> Iterator[_Labelled]:
    pieces = list(_PIECE.finditer(text))
    for place, piece in enumerate(pieces[:-1]):
        label = bare(piece[0])
        if label in LABELS and _BETWEEN.fullmatch(text, piece.end(), pieces[place + 1].start()):
            at = place + 2 if pieces[place + 1][0] == "the" and place + 2 < len(pieces) else place + 1
            after = pieces[at]
            glued = text[after.end() : after.end() + 1].isdecimal()
            found = None if glued else _spelled(text, pieces, at, LABELS[label]) or _roman(after)
            yield _Labelled(label, after[0], after[0].isdecimal(), found)


def _spelled(text: str, pieces: list[re.Match[str]], place: int, language: str) -> _Found | None:
    """Return the longest number in words of that language that begins at that piece."""
    words = SPELLED.get(language)
    if words is None:
        return None
    for last in range(min(place + LONGEST_PHRASE, len(pieces)) - 1, place - 1, -1):
        value = words.get(" ".join(bare(piece[0]) for piece in pieces[place : last + 1]))
        gaps = zip(pieces[place:last], pieces[place + 1 : last + 1], strict=True)
        if value is not None and all(text[a.end() : b.start()] in ("-", "_", " ") for a, b in gaps):
            return _Found(pieces[place].start(), pieces[last].end(), value)
    return None


def _roman(piece: re.Match[str]) -> _Found | None:
    value = roman(piece[0])
    return None if value is None else _Found(piece.start(), piece.end(), value)


def _counting(labelled: Iterable[_Labelled]) -> set[str]:
    """Return the labels that numbers follow.

    In parts A, B and C none is Roman, and `chapter-mix` beside `chapter-lamp` is not a number.
    """
    numbers: Counter[str] = Counter()
    lettered = set()
    for each in labelled:
        is_number = each.plain or each.found is not None
        numbers[each.label] += 1 if is_number else -1
        if not is_number and len(each.word) == 1:
            lettered.add(each.label)
    return {label for label, more in numbers.items() if more > 0} - lettered


def _at_one_place(names: Mapping[str, str]) -> dict[str, list[_Found]]:
    """Return the numbers in words or letters that all names have after their common beginning."""
    if len(names) < 2:
        return {}
    pieces = {stem: list(_PIECE.finditer(text)) for stem, text in names.items()}
    place = 0
    while len({bare(row[place][0]) if place < len(row) else stem for stem, row in pieces.items()}) == 1:
        place += 1
    if any(place >= len(row) for row in pieces.values()):
        return {}
    for language in (None, *SPELLED):
        found = {
            stem: _roman(row[place]) if language is None else _spelled(names[stem], row, place, language)
            for stem, row in pieces.items()
        }
        values = [each.value for each in found.values() if each is not None]
        # What counts has few gaps: `mix` and `dim` are words.
        if len(values) == len(found) and max(values) - min(values) <= 2 * len(values) + 10:
            return {stem: [each] for stem, each in found.items() if each is not None}
    return {}


def _in_digits(text: str, numbers: Iterable[_Found]) -> str:
    for each in sorted(numbers, key=lambda found: -found.start):
        text = f"{text[: each.start]}{each.value}{text[each.end :]}"
    return text
