"""Similarity of suggestions, measured on folded texts.

Words are compared in any order, with tolerance for endings and typing errors. Scripts without spaces between
words are compared by pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.domain.text.normalization import fold

THRESHOLD = 72.0
"""Score from which two suggestions are called similar; the table in the tests of this module is the reason."""

LONGEST = 480
"""How many characters of a suggestion are compared, so that a pasted chapter costs no more."""

_FIRST_LOOK = 2 * THRESHOLD - 100
"""The least similarity of the whole texts with which both scores together can reach the threshold."""

_CANDIDATES = 40

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Thai, Lao, Khmer, kana and Han."""

_HIRAGANA = re.compile("[\u3041-\u309f]+")

_NONE: frozenset[str] = frozenset()
_ENGLISH = """
a an and are at be but by can could do for from get has have he her him his i if in into is it its let like
maybe me more my of on or our out please she should so some that the their them then there they this to up
us want was we were what when will wish with would you your
"""
_GERMAN = """
aber als am an auch auf aus bei bitte da damit dann das dass dem den der des die doch du ein eine einem
einen einer er es fur hat im in ist ja kann konnte lass mal mehr mein mit nach nicht noch oder sein seine
seinen sich sie sind so soll sollen sollte sollten um und vielleicht vom von vor war was wenn wer werden wie
will wir wird wurde zu zum zur
"""
_SMALL_WORDS = {"en": frozenset(_ENGLISH.split()), "de": frozenset(_GERMAN.split())}
"""Folded words that suggestions share without being similar, such as those of “the … should …”."""


def fingerprint(folded: str, language: str = "en") -> str:
    """Return the fingerprint by which a folded text is compared.

    It is the text's beginning without the small words of its language (a code such as `de` or `pt-BR`), in
    alphabetical order, with scripts without spaces cut into pairs of characters.
    """
    head = folded[:LONGEST]
    if len(folded) > LONGEST:
        head = head.rpartition(" ")[0] or head
    small = _SMALL_WORDS.get(language[:2].casefold(), _NONE)
    words = head.split() if head.isascii() else _UNSPACED.sub(_pairs, head).split()
    return " ".join(sorted([word for word in words if word not in small] or words))


def _pairs(run: re.Match[str]) -> str:
    """Cut a run of a script without spaces into pairs of characters.

    Hiragana are left out where there is anything else: they are the endings and small words of Japanese.
    """
    telling = _HIRAGANA.split(run[0]) if _HIRAGANA.sub("", run[0]) else [run[0]]
    pairs = [part[i : i + 2] for part in telling if part for i in range(max(1, len(part) - 1))]
    return f" {' '.join(pairs)} "


def similarity(one: str, other: str) -> float:
    """Return the similarity of two fingerprints, from 0 to 100.

    Shared words count most, whatever else there is; but a short text that is contained in a long one is not the
    same suggestion, so the similarity of the whole texts counts as well.
    """
    shared = fuzz.token_set_ratio(one, other)
    whole = fuzz.ratio(one, other)
    return (shared + whole) / 2


def most_similar(wanted: str, among: Mapping[int, str], count: int) -> list[tuple[int, float]]:
    """Return the keys of the fingerprints most similar to `wanted`, best first; of equals the lowest key first."""
    if not wanted:
        return []
    near = process.extract(
        wanted, among, scorer=fuzz.ratio, processor=None, limit=_CANDIDATES, score_cutoff=_FIRST_LOOK
    )
    scored = [(key, similarity(wanted, text)) for text, _, key in near]
    return sorted((each for each in scored if each[1] >= THRESHOLD), key=lambda each: (-each[1], each[0]))[
        :count
    ]


def find_unwanted_word(folded: str, words: Iterable[str]) -> str | None:
    """Return the first of the folded `words` that is in a folded text as a whole word.

    In scripts without spaces a word counts anywhere in the text.
    """
    spaced = f" {folded} "
    for word in words:
        if (word in folded) if _UNSPACED.search(word) else (f" {word} " in spaced):
            return word
    return None


@lru_cache(maxsize=8)
def fold_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Fold the words of a list, leaving out those that fold to nothing."""
    return tuple(folded for word in words if (folded := fold(word)))
