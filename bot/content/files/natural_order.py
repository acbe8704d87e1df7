"""Natural order of numbered names in any notation, so that 第十一章 comes after 第二章.

Names are interpreted for their order only; a chapter's identity does not depend on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.files.numerals import EAST_ASIAN, LONGEST_PHRASE, WORDS, bare, east_asian, roman

FIRST, LAST = -1, 1

_COUNTERS = "章回話话節节卷巻部集幕篇編编夜折季冊册"
_NOT_IN_WORDS = rf"(?:(?<![^\W_\d])|(?<=[卷巻]))(?P<alone>[{EAST_ASIAN}]{{1,12}})(?=[{_COUNTERS}]|[\W_]|\Z)"
_EAST = re.compile(rf"第[ ]?(?P<counted>[{EAST_ASIAN}]{{1,12}})|{_NOT_IN_WORDS}")
_SIGN = re.compile("[\u2160-\u2182\u2460-\u249b\u24ea\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_OF_TWO = re.compile(
    rf"(?:(?<=[{_COUNTERS}\d\W_])|^)(?P<which>[上中下前後后])(?=[編编篇巻卷部册冊]?(?:[\W_]|第|\Z))"
)
_WHICH = {"上": 1, "前": 1, "中": 2, "下": 3, "後": 3, "后": 3}

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\W_]{0,4}")

_LABELS = {
    bare(label): language
    for language, labels in {
        "en": "chapter chap ch part pt book bk volume vol episode ep act scene section canto issue letter entry day "
        "night week arc season number no interlude story tale",
        "de": "kapitel kap teil band buch folge akt szene abschnitt brief tag nacht woche",
        "fr": "chapitre partie livre tome épisode acte scène lettre jour nuit",
        "es": "capítulo cap parte libro tomo episodio acto escena carta",
        "": "capitolo libre volum hoofdstuk deel rozdział část kapitola глава часть книга том bölüm luku kapittel",
    }.items()
    for label in labels.split()
}
"""Words that a number follows, each with the language that the number is in if it is written in words."""

_PARTS = frozenset(bare("part book volume vol act arc season teil band buch partie livre parte").split())

_PROLOGUES = frozenset(
    bare("prologue prolog prólogo prologo пролог πρόλογος 序章 序幕 楔子 引子 プロローグ 프롤로그").split()
)
_EPILOGUES = frozenset(
    bare("epilogue epilog epílogo epilogo эпилог επίλογος 终章 終章 尾声 尾聲 エピローグ 에필로그").split()
)


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
    read = {stem: _eastern(_folded(stem)) for stem in own if not stem[:1].isdecimal()}
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


def chapter_count(title: str) -> tuple[str, int] | None:
    """Return the label and number in a title, (chapter, 10) for `Chapter Ten: Rain`; None without one."""
    text = _eastern(_folded(title))
    if eastern := re.match(rf"第[ ]?(\d{{1,6}})[ ]?([{_COUNTERS}])", text):
        return eastern[2], int(eastern[1])
    first = next(_labelled(text), None)
    if first is None or bare(text[: len(first.label)]) != first.label:
        return None
    if first.found is not None:
        return first.label, first.found.value
    return (first.label, int(first.word)) if first.plain and len(first.word) <= 6 else None


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
    """Return whether a name is that of a prologue or an epilogue."""
    word = _PIECE.search(text)
    first = bare(word[0]) if word and not text[: word.start()].strip(" _-([（【「") else ""
    return FIRST if first in _PROLOGUES else LAST if first in _EPILOGUES else 0


def _ends_of_parts(text: str) -> str:
    """Make a part's prologue or epilogue sort before or after the part's chapters."""
    pieces = list(_PIECE.finditer(text))
    for place, piece in enumerate(pieces[2:], 2):
        word = bare(piece[0])
        if word not in _PROLOGUES | _EPILOGUES:
            continue
        if bare(pieces[place - 2][0]) in _PARTS and pieces[place - 1][0].isdecimal():
            sign = "\x01" if word in _PROLOGUES else "\U0010ffff"
            return f"{text[: piece.start()].rstrip(' -_.:,')}{sign}{text[piece.end() :]}"
    return text


def _labelled(text: str) -> Iterator[_Labelled]:
    pieces = list(_PIECE.finditer(text))
    for place, piece in enumerate(pieces[:-1]):
        label = bare(piece[0])
        after = pieces[place + 1]
        if label in _LABELS and _BETWEEN.fullmatch(text, piece.end(), after.start()):
            found = _spelled(text, pieces, place + 1, _LABELS[label]) or _roman(after)
            yield _Labelled(label, after[0], after[0].isdecimal(), found)


def _spelled(text: str, pieces: list[re.Match[str]], place: int, language: str) -> _Found | None:
    """Return the longest number in words of that language that begins at that piece."""
    words = WORDS.get(language)
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
    for language in (None, *WORDS):
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
