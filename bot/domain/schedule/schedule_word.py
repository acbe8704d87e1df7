"""A word of a schedule: in English as the grammar reads it, beside what was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


class Word(str):
    """A word in lower case and in English, which remembers how it was typed."""

    typed: str
    """The word, or the words, that somebody wrote."""
    german: bool
    """Set if what was typed is German and no English word."""

    def __new__(cls, meaning: str, typed: str | None = None, *, german: bool = False) -> Word:
        word = super().__new__(cls, meaning)
        word.typed = meaning if typed is None else typed
        word.german = german
        return word


class Example(str):
    """A text in the English schedule language that a refusal shows, or a part of one."""

    __slots__ = ()


def typed(word: str) -> str:
    """Return the word as it was typed, without the full stop of `Fri.`."""
    said = word.typed if isinstance(word, Word) else word
    return said[:-1] if said.endswith(".") and said[-2:-1].isalpha() and "." not in said[:-1] else said


def typed_text(words: Iterable[Word]) -> str:
    """Return several words as they were typed; words that one typed word stands for come once."""
    said: list[str] = []
    for word in words:
        if not said or said[-1] is not word.typed:
            said.append(word.typed)
    return " ".join(said)


def fold_german(word: str) -> str:
    """Return the word in small letters, with `ae` for `ä` and `ss` for `ß`, as it may be typed too."""
    folded = unicodedata.normalize("NFC", word.lower())
    return folded.translate(_UMLAUTS)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
