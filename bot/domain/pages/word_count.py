"""Length of a text as its readers count it: in words or in characters, and in minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.pages.plain_text import visible

_IDEOGRAPHS = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
_SINGLE = f"{_IDEOGRAPHS}{_KANA}{_BOPOMOFO}"
_UNSPACED = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_SIGNS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_JOINED = r"(?:['’.\-‐]{0}+)*"
_WESTERN_CHAR = r"[^\W_]"
_ANY_CHAR = rf"(?:[^\W_{_SINGLE}{_UNSPACED}]|[{_SIGNS}])"
_WESTERN_WORD = re.compile(rf"{_WESTERN_CHAR}+{_JOINED.format(_WESTERN_CHAR)}")
_ANY_WORD = re.compile(rf"{_ANY_CHAR}+{_JOINED.format(_ANY_CHAR)}")
_BEYOND_WEST = re.compile("[\u0300-\u1fff\u2070-\U0010ffff\u200c\u200d]")
_BEYOND_WORDS = re.compile(f"[{_SINGLE}{_UNSPACED}]")
_SINGLES = re.compile(f"[{_SINGLE}]+")
_KANA_ROWS = re.compile(f"[{_KANA}]+")
_WORDY_MARKUP = re.compile(r"\]\(|<|```|~~~|https?://|^[ \t>]*\d+[.)]", re.MULTILINE | re.IGNORECASE)

_PER_WORD = (
    (re.compile("[\u0e01-\u0e2e\u0e30-\u0e4e]+"), 4.0),
    (re.compile("[\u0e81-\u0ece\u0edc-\u0edf]+"), 4.0),
    (re.compile("[\u1780-\u17d3]+"), 4.5),
    (re.compile("[\u1000-\u103f\u1050-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]+"), 5.5),
)
_TIBETAN_SYLLABLE = re.compile("[\u0f40-\u0fbc\u0f20-\u0f33]+")

_CHARACTERS_TO_A_WORD = 1.6
"""Characters of Chinese or Japanese that say what a word of other languages says, for texts that have both."""


class LengthUnit(StrEnum):
    """Unit in which readers of a script count texts."""

    WORDS = "words"
    ABOUT_WORDS = "about_words"
    """Words estimated from characters, in scripts that do not separate them."""
    CHARACTERS = "characters"


_A_MINUTE = {LengthUnit.WORDS: 230, LengthUnit.ABOUT_WORDS: 230, LengthUnit.CHARACTERS: 400}
"""What adults read silently a minute."""

_KANA_A_MINUTE = 500
"""Characters a minute in Japanese, of which many are kana."""


@dataclass(frozen=True, slots=True)
class TextLength:
    """Length of a text."""

    count: int
    unit: LengthUnit
    minutes: int
    """Minutes to read it, at least one."""


def count_words(text: str) -> int:
    """Count what `measure_length` counts."""
    return measure_length(text).count


def measure_length(text: str) -> TextLength:
    """Measure what a reader reads: without markup, pictures and the targets of links.

    As writers count, parts joined by an apostrophe, a hyphen or a point are one word. A text that is mostly Chinese
    or Japanese is counted in characters, kana included and punctuation not, and a foreign word in it as one; in other
    texts a Chinese or Japanese character is a word. Korean has blanks and is counted in words.

    Thai, Lao, Khmer and Burmese do not separate words, so theirs are estimated from their letters and vowel signs:
    4 a word in Thai and Lao, 4.5 in Khmer, whose stacked consonants need a sign between, and 5.5 in Burmese, whose
    words mostly have two syllables of two or three. These are means of plain running prose, in which particles of two
    or three signs are frequent; a text of long names has fewer words. In Tibetan, each syllable, which a tsheg ends,
    counts as a word.
    """
    if _WORDY_MARKUP.search(text):
        text = visible(text)
    if not _BEYOND_WEST.search(text):
        return words_length(len(_WESTERN_WORD.findall(text)))
    words = len(_ANY_WORD.findall(text))
    if not _BEYOND_WORDS.search(text):
        return words_length(words)
    singles = _signs(_SINGLES, text)
    estimate = sum(_signs(letters, text) / ratio for letters, ratio in _PER_WORD)
    estimate += len(_TIBETAN_SYLLABLE.findall(text))
    if singles > _CHARACTERS_TO_A_WORD * (words + estimate):
        a_minute = _KANA_A_MINUTE if _signs(_KANA_ROWS, text) * 5 > singles else None
        return _length(round(words + singles + estimate), LengthUnit.CHARACTERS, a_minute)
    unit = LengthUnit.ABOUT_WORDS if estimate > words + singles else LengthUnit.WORDS
    return _length(words + singles + max(round(estimate), int(estimate > 0)), unit)


def words_length(count: int) -> TextLength:
    """Return the length of a text of so many words, not estimated."""
    return _length(count, LengthUnit.WORDS)


def _length(count: int, unit: LengthUnit, a_minute: int | None = None) -> TextLength:
    return TextLength(count, unit, max(1, round(count / (a_minute or _A_MINUTE[unit]))))


def _signs(rows: re.Pattern[str], text: str) -> int:
    """Return the number of characters in all matches."""
    return sum(map(len, rows.findall(text)))
