"""Near-duplicate detection: chapters that are copies of another one, or parts of it.

A text is cut into pieces where its own words say so (a word whose checksum is divisible by four ends one), so a
correction changes the pieces around it and no others; the share of common pieces measures how close two texts
are. Sketches of a few pieces find the candidates among a thousand chapters that are worth that comparison.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import Generic, TypeVar
from zlib import crc32

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

FEWEST_WORDS = 8
"""Shorter texts are not compared: two chapters may well say “To be continued.”"""

_SHORT = 60
"""Below this number of words one changed word may make another chapter, so only equal texts are duplicates."""

_SAME = 0.7
"""Share of common pieces, of each text, from which two texts are the same."""

_CONTAINED = 0.85
"""Share of a text's pieces in another from which it is a part of that."""

_MASK = (1 << 64) - 1

_SKETCHED = 64
"""Number of pieces in a sketch."""

_LOOKED_AT = 5
"""Number of candidates that are compared closely."""

_LEAST_PART = 0.1
"""A smaller share of a text is a quotation of it."""


class DuplicateKind(StrEnum):
    """Relation of a text to one that it duplicates."""

    SAME = "same"
    """One is the other with corrections."""
    PART = "part"
    """It is a part of the other."""
    WHOLE = "whole"
    """It contains the other, and consists mostly of it."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Fingerprint of a text for comparison."""

    pieces: Counter[int]
    """The pieces with their lengths in words."""
    words: int
    """Number of words."""
    whole: int
    """Checksum of all words."""
    numbers: Counter[str]
    """The numbers in the text."""

    @property
    def sketch(self) -> tuple[int, ...]:
        """The smallest pieces: a sample of which a near text has most, too."""
        return () if self.words < FEWEST_WORDS else (self.whole, *nsmallest(_SKETCHED, self.pieces))


def fingerprint_text(text: str) -> Fingerprint:
    """Return the fingerprint of a text. Case, punctuation, marks and white space do not matter."""
    words = _words(text)
    sums = {word: crc32(word.encode()) for word in set(words)}
    pieces: dict[int, int] = {}
    piece, length, whole = 0, 0, 0
    for word in words:
        checksum = sums[word]
        piece = (piece * 1_000_003 ^ checksum) & _MASK
        length += 1
        if checksum % 4 == 0 or length == 32:
            pieces[piece] = pieces.get(piece, 0) + length
            whole = (whole * 1_000_003 ^ piece) & _MASK
            piece = length = 0
    if length:
        pieces[piece] = pieces.get(piece, 0) + length
        whole = (whole * 1_000_003 ^ piece) & _MASK
    return Fingerprint(
        Counter(pieces), len(words), whole, Counter(word for word in words if word.isdecimal())
    )


def compare_texts(new: Fingerprint, old: Fingerprint) -> DuplicateKind | None:
    """Return the relation of the new text to the old one, if they are near duplicates."""
    if min(new.words, old.words) < FEWEST_WORDS:
        return None
    if new.whole == old.whole and new.words == old.words:
        return DuplicateKind.SAME
    if min(new.words, old.words) < _SHORT:
        return None
    if (new.numbers & old.numbers).total() < _SAME * min(new.numbers.total(), old.numbers.total()):
        # “Day 5. The sun rose …”: texts of one pattern, told apart by their numbers.
        return None
    shared = (new.pieces & old.pieces).total()
    of_new, of_old = shared / new.words, shared / old.words
    if min(of_new, of_old) >= _SAME:
        return DuplicateKind.SAME
    if of_new >= _CONTAINED and of_old >= _LEAST_PART:
        return DuplicateKind.PART
    if of_old >= _CONTAINED and of_new >= 0.5:
        return DuplicateKind.WHOLE
    return None


def _words(text: str) -> list[str]:
    """Split into folded words; each character of a script without spaces is a word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _WIDE.search(folded):
        folded = _WIDE.sub(r" \g<0> ", folded)
    return _WORD.findall(folded)


class SketchIndex(Generic[K]):
    """Index of sketches that finds the texts which a new one may duplicate."""

    def __init__(self) -> None:
        self._having: dict[int, list[K]] = {}
        self._count = 0

    def add(self, key: K, sketch: tuple[int, ...]) -> None:
        """Add a text."""
        self._count += 1
        for piece in sketch:
            self._having.setdefault(piece, []).append(key)

    def candidates(self, sketch: tuple[int, ...]) -> list[K]:
        """Return the few texts that share most pieces; pieces that very many share are ignored."""
        common = max(8, self._count // 10)
        shared = Counter(
            key for piece in sketch if len(having := self._having.get(piece, ())) <= common for key in having
        )
        return [key for key, _ in shared.most_common(_LOOKED_AT)]
