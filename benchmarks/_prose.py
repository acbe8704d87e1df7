"""Prose of made-up words, with dialogue, emphasis, scenes and headings."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_SYLLABLES = (
    "la",
    "mor",
    "ten",
    "vi",
    "quo",
    "ras",
    "el",
    "un",
    "dor",
    "ip",
    "sha",
    "ne",
    "ki",
    "bar",
    "oth",
    "wen",
    "lis",
    "pra",
)
_SCENE_BREAKS = ("***", "***", "## Later")


def make_vocabulary(rng: random.Random) -> list[str]:
    """Return words of one to three syllables."""
    return ["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 1, 2, 2, 3)))) for _ in range(4000)]


def make_paragraphs(
    rng: random.Random, vocabulary: Sequence[str], words: int, *, scene_breaks: Sequence[str] = _SCENE_BREAKS
) -> Iterator[str]:
    """Yield paragraphs of that many words together, with now and then a scene break between them."""
    left = words
    while left > 0:
        sentences = []
        for _ in range(rng.randint(1, 8)):
            length = rng.randint(3, 24)
            left -= length
            sentence = " ".join(rng.choices(vocabulary, k=length)).capitalize() + rng.choice(".....?!")
            sentences.append(rng.choice(("{}",) * 8 + ("“{}”", "*{}*")).format(sentence))
        yield " ".join(sentences)
        if scene_breaks and rng.random() < 0.04:
            yield rng.choice(scene_breaks)
