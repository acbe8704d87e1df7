"""Folding of text, so that people find what they mean whatever keyboard they type on.

All text that is searched or compared with typed text goes through `fold`: lists of stories, chapters and
suggestions, the search of the review queue, names typed in full, unwanted words, similar suggestions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHORT = 200
"""Longest text whose folded form is cached: titles and labels are folded at every key press."""

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
"""Accents, the vowel points of Hebrew and Arabic, and variation selectors. Marks that are letters of their script,
such as Devanagari's vowels or the voicing of kana, stay.
"""

_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\u2035\uff07\u0640"
"""Apostrophes and their substitutes, and Arabic's lengthening stroke: people leave them out of words."""

_UNACCENTED = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k",
    "ŋ": "n", "ƀ": "b", "ɨ": "i", "ɵ": "o", "ɫ": "l", "ʉ": "u",
}  # fmt: skip
"""Letters that Unicode does not decompose, with their plain forms, as `casefold` does for ß."""

_DROPPED: dict[int, str | None] = dict.fromkeys(map(ord, _APOSTROPHES))
_REPLACED = _DROPPED | {ord(letter): plain for letter, plain in _UNACCENTED.items()}
_PARTED = dict.fromkeys(map(ord, _APOSTROPHES), " ")
_ASCII = {
    code: None if chr(code) in _APOSTROPHES else chr(code).lower() if chr(code).isalnum() else " "
    for code in range(128)
}


def fold(text: str) -> str:
    """Return the text as it is searched and compared.

    Case, width, accents, apostrophes and invisible characters are removed, and dashes and other separators become
    spaces. Folding a folded text changes nothing.
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def split_at_apostrophes(text: str) -> str:
    """Replace each apostrophe by a space, to compare the words on either side of it: `l’idiot`."""
    return text.translate(_PARTED)


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    while True:
        folded = _once(text)
        # What is taken away may bring letters together that Unicode writes as one.
        if folded == text:
            return folded
        text = folded


_remembered = lru_cache(maxsize=8192)(_folded)


def _once(text: str) -> str:
    compatible = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", compatible).translate(_REPLACED))
    kept = "".join(map(_kept, unicodedata.normalize("NFC", bare)))
    return " ".join(kept.split())


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
    """Return the character, nothing for an invisible one, or a space for a separator."""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs", "Co"):
        return ""
    if category[0] in "PZ" or category in ("Cc", "Sm", "Sc", "Sk"):
        return " "
    return character
