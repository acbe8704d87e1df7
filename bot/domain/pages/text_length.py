"""Text length in UTF-16 units and graphemes, by the strictest count of Discord's."""

from __future__ import annotations

import re
from functools import lru_cache

from uniseg.derived import indic_conjunct_break
from uniseg.emoji import extended_pictographic
from uniseg.graphemecluster import grapheme_cluster_break

_SEEN = re.compile("[^\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u2800\u3164\ufeff\ufe0f]")
_CONTROLS = {"CR", "LF", "CONTROL"}
_HANGUL = {
    "L": {"L", "V", "LV", "LVT"},
    "LV": {"V", "T"},
    "V": {"V", "T"},
    "LVT": {"T"},
    "T": {"T"},
}


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units: JavaScript's count, and never less than Unicode code points."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Return whether nothing of it is visible; Discord refuses such a text."""
    return _SEEN.search(text) is None


@lru_cache(maxsize=8192)
def _class(char: str) -> tuple[str, bool, str]:
    return grapheme_cluster_break(char).name, extended_pictographic(char), indic_conjunct_break(char).name


def extends(char: str) -> bool:
    """Return whether `char` always belongs to the character before it."""
    return not char.isascii() and _class(char)[0] in ("EXTEND", "ZWJ", "PACINGMARK")


def cluster_starts(text: str) -> list[int]:
    """Return the offsets at which a grapheme cluster (UAX #29, extended) starts, without 0.

    uniseg knows the properties; the rules are applied here because its own walk looks back from each character,
    which takes quadratic time on long rows of flags or joined emoji.
    """
    starts: list[int] = []
    before, flags, emoji, conjunct = "", 0, 0, 0
    for at, char in enumerate(text):
        kind, pictographic, incb = _class(char)
        if at and _breaks(
            before, kind, flags, emoji == 2 and pictographic, conjunct == 2 and incb == "CONSONANT"
        ):
            starts.append(at)
        flags = flags + 1 if kind == "REGIONAL_INDICATOR" else 0
        emoji = (
            1 if pictographic or (emoji and kind == "EXTEND") else 2 if emoji == 1 and kind == "ZWJ" else 0
        )
        if incb == "CONSONANT":
            conjunct = 1
        elif incb == "LINKER":
            conjunct = 2 if conjunct else 0
        elif incb != "EXTEND":
            conjunct = 0
        before = kind
    return starts


def _breaks(before: str, kind: str, flags: int, joined_emoji: bool, joined_consonant: bool) -> bool:
    """Apply rules GB3 to GB999 between two characters; `flags` counts the regional indicators before the place."""
    if before in _CONTROLS or kind in _CONTROLS:
        return not (before == "CR" and kind == "LF")
    if kind in ("EXTEND", "ZWJ", "PACINGMARK") or before == "PREPEND":
        return False
    if kind in _HANGUL.get(before, ()) or joined_emoji or joined_consonant:
        return False
    return not (kind == "REGIONAL_INDICATOR" and flags % 2 == 1)
