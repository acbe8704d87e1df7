"""Whether one chapter's text is (nearly) another's, or a part of it.

A text is cut into pieces where its own words say so (a word whose checksum is divisible by four ends one), so that a
correction changes the pieces around it and no others; what two texts share of their pieces tells how near they are.
Sketches of a few pieces find, among a thousand chapters, those that are worth that comparison.
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
"""Shorter texts are nobody's copy: two chapters may well say “To be continued.”"""

_SHORT = 60
"""Below so many words one changed word may make another chapter of it, so only an equal text is the same."""

_SAME = 0.7
"""How much two texts must share, of each of them, to be one."""

_CONTAINED = 0.85
"""How much of a text must be found in another to be a part of it."""

_MASK = (1 << 64) - 1

_SKETCHED = 64
"""Pieces in a sketch."""

_LOOKED_AT = 5
"""How many of those that share most are looked at closely."""

_LEAST_PART = 0.1
"""A smaller share of a text is a quotation of it."""


class DuplicateKind(StrEnum):
    """`SAME`: one is the other with corrections. `PART`: one is a part of the other. `WHOLE`: one has the other in it,
    and is for the most part that."""

    SAME = "same"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is known by: its pieces with their lengths in words, how many words it has, all its words, and the
    numbers in it."""

    pieces: Counter[int]
    words: int
    whole: int
    numbers: Counter[str]

    @property
    def sketch(self) -> tuple[int, ...]:
        """A small part of it that a text near to it has for the most part too: the smallest pieces."""
        return () if self.words < FEWEST_WORDS else (self.whole, *nsmallest(_SKETCHED, self.pieces))


def fingerprint_text(text: str) -> Fingerprint:
    """The print of a text. Case, punctuation, marks and white space do not matter."""
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
    """What the new text is to the old one, if anything."""
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
    """The words, folded; a character of a script without spaces is a word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _WIDE.search(folded):
        folded = _WIDE.sub(r" \g<0> ", folded)
    return _WORD.findall(folded)


class SketchIndex(Generic[K]):
    """Finds, among many texts of which only sketches are kept, those that a new one may be near to."""

    def __init__(self) -> None:
        self._having: dict[int, list[K]] = {}
        self._count = 0

    def add(self, key: K, sketch: tuple[int, ...]) -> None:
        """Know another text."""
        self._count += 1
        for piece in sketch:
            self._having.setdefault(piece, []).append(key)

    def candidates(self, sketch: tuple[int, ...]) -> list[K]:
        """The few texts that share most with that one; what very many share tells nothing."""
        common = max(8, self._count // 10)
        shared = Counter(
            key for piece in sketch if len(having := self._having.get(piece, ())) <= common for key in having
        )
        return [key for key, _ in shared.most_common(_LOOKED_AT)]
