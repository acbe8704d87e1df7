"""Ideas that are alike: telling how alike two folded texts are.

What is compared is words, in any order, with room for endings and slips of the pen. Scripts that put no spaces between
words are compared by pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.domain.text.normalization import fold

THRESHOLD = 72.0
"""From which score on two ideas are called alike; the table in tests/domain/test_alike.py is why."""

LONGEST = 480
"""How much of an idea is compared, in characters: its gist comes first, and a pasted chapter costs no more."""

_FIRST_LOOK = 2 * THRESHOLD - 100
"""What the whole texts' likeness must be at least for the two together to reach the threshold."""

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
"""Words, as folded, that ideas share without being alike: “the … should …” is in every other one."""


def fingerprint(folded: str, language: str = "en") -> str:
    """A folded text as it is compared: its beginning without the small words of its language (a code such as `de` or
    `pt-BR`), in the order of the alphabet, with unspaced scripts cut into pairs of characters."""
    head = folded[:LONGEST]
    if len(folded) > LONGEST:
        head = head.rpartition(" ")[0] or head
    small = _SMALL_WORDS.get(language[:2].casefold(), _NONE)
    words = head.split() if head.isascii() else _UNSPACED.sub(_pairs, head).split()
    return " ".join(sorted([word for word in words if word not in small] or words))


def _pairs(run: re.Match[str]) -> str:
    """A run of an unspaced script in pairs of characters. Hiragana are left out where there is anything else: they are
    Japanese's endings and small words."""
    telling = _HIRAGANA.split(run[0]) if _HIRAGANA.sub("", run[0]) else [run[0]]
    pairs = [part[i : i + 2] for part in telling if part for i in range(max(1, len(part) - 1))]
    return f" {' '.join(pairs)} "


def similarity(one: str, other: str) -> float:
    """How alike two gists are, from 0 to 100.

    Words that both have count most, whatever else there is; but a short text that is wholly within a long one is not
    the same idea, so the likeness of the whole texts counts as well.
    """
    shared = fuzz.token_set_ratio(one, other)
    whole = fuzz.ratio(one, other)
    return (shared + whole) / 2


def most_similar(wanted: str, among: Mapping[int, str], count: int) -> list[tuple[int, float]]:
    """The keys of the gists that are most like `wanted` and enough so, best first, of equals the lowest key first."""
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
    """The first of the folded `words` that stands in a folded text as a whole word, or anywhere in it where the word is
    of a script without spaces."""
    spaced = f" {folded} "
    for word in words:
        if (word in folded) if _UNSPACED.search(word) else (f" {word} " in spaced):
            return word
    return None


@lru_cache(maxsize=8)
def fold_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a list, folded; those that fold to nothing are left out."""
    return tuple(folded for word in words if (folded := fold(word)))
