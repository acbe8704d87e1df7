"""Line-end hyphens: words that a typesetter or an editor parted are joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

SOFT_HYPHEN = "\xad"
_NOT_SIGN = "\xac"
"""What old word processors left of a hyphen at a line's end."""

_MAQAF = "\u05be"
_HYPHENS = f"-\u2010\u058a{_NOT_SIGN}{SOFT_HYPHEN}{_MAQAF}"
_END = re.compile(rf"(?<![-\u2010\u2013\u2014])[{_HYPHENS}]\Z")
_HYPHEN_AT_END = re.compile(r"-[ ]{0,2}\n")
_LAST_WORD = re.compile(r"[\w'’\u0300-\u036f\u05b0-\u05c7\u064b-\u0652-]+\Z")
_FIRST_WORD = re.compile(r"[^\W_][\w'’\u0300-\u036f\u05b0-\u05c7\u064b-\u0652]*(?:[-\u2010][\w'’]+)*")
_WORDS = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_WORD_MOST = 60
_LEAST_SHARE = 1 / 14
"""Share of line ends with a hyphen from which on a text was hyphenated; compounds alone make fewer."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMPOUND_BEGINS = _names(
    "well self half ex all ill non vice cross quasi semi post anti pro high low long short old new twenty thirty "
    "forty fifty sixty seventy eighty ninety mother father sister brother son daughter great by good bad hard "
    "soft full dark light step first second third one two three four five six seven eight nine ten dit peut est "
    "grand demi celui celle ceux arrière avant sous quelques vingt trente quarante cinquante "
    "по кто что как где когда куда какой какая какое чей из"
)
_COMPOUND_ENDS = _names(
    "il elle ils elles vous nous moi toi je là même mêmes ci lhe lhes то нибудь либо таки ка up out off down "
    "known like made free than looking eyed haired headed handed faced minded hearted year"
)
"""Parts that stand after a hyphen in English, French, Portuguese and Russian."""

_CONJUNCTIONS = _names(
    "und oder bzw sowie beziehungsweise bis and or to et ou en of ed lub oraz или och eller og ve veya és vagy nebo "
    "και או"
)


def may_hold_hyphens(text: str) -> bool:
    """Return whether a line of a text may end with a hyphen after a letter."""
    # Single signs are found fast, and most of them are in few texts.
    if any(
        sign in text and f"{sign}\n" in text for sign in (SOFT_HYPHEN, _NOT_SIGN, "\u2010", "\u058a", _MAQAF)
    ):
        return True
    return "-" in text and any(
        text[found.start() - 1].isalnum() for found in _HYPHEN_AT_END.finditer(text) if found.start()
    )


class HyphenJoiner:
    """Joins the words of a text's wrapped blocks; other occurrences in the text tell which are compounds."""

    def __init__(self, text: Sequence[str], blocks: Sequence[Sequence[str]]) -> None:
        self._text = text
        self._blocks = blocks

    def join(self, lines: list[str], starts: Sequence[int]) -> tuple[list[str], list[int], list[int]]:
        """Move the rest of each parted word up to its beginning.

        Args:
            lines: The lines of a wrapped block.
            starts: Indices of the lines that begin a paragraph.

        Returns:
            The lines, without those of which nothing is left; the indices in them that begin a paragraph; and the
            indices, in what was given, of the lines whose last word was joined.
        """
        if not any(line.rstrip()[-1:] in _HYPHENS for line in lines[:-1]):
            return lines, list(starts), []
        begins = frozenset(starts)
        new: list[list[str]] = []
        new_starts: list[int] = []
        joined: list[int] = []
        for number, line in enumerate(lines):
            if number in begins:
                new_starts.append(len(new))
            elif new and (pieces := self._joined(new[-1][-1].rstrip(), line.lstrip())) is not None:
                # In pieces, for a line may be joined to the next one again and again.
                new[-1][-1:] = pieces[:2]
                line = pieces[2]
                joined.append(number - 1)
                if not line:
                    continue
            new.append([line])
        return ["".join(pieces) for pieces in new], new_starts, joined

    def _joined(self, this: str, following: str) -> tuple[str, str, str] | None:
        """Return the beginning of a line, what is moved up to it, and what is left below; None if nothing is."""
        if not (end := _END.search(this, max(0, len(this) - 2))):
            return None
        begin = _LAST_WORD.search(this[max(0, end.start() - _WORD_MOST) : end.start()])
        rest = _FIRST_WORD.match(following)
        if begin is None or rest is None or (kept := self._kept(begin[0], end[0], rest[0])) is None:
            return None
        # The signs up to the next blank belong to the word: a comma, a quotation mark.
        moved, _, remaining = following.partition(" ")
        return f"{this[: end.start()]}{kept}", moved, remaining.lstrip()

    def _kept(self, begin: str, hyphen: str, rest: str) -> str | None:
        """Return what stays between the halves of a word; None if it is not one word."""
        if hyphen in (SOFT_HYPHEN, _NOT_SIGN):
            return ""
        low, high = begin.casefold(), rest.casefold()
        if high in _CONJUNCTIONS:
            return None
        if hyphen == _MAQAF or self._is_compound(begin, rest):
            return hyphen
        whole, parted = low + high, f"{low}-{high}"
        if (whole in self._words) != (parted in self._words):
            return "" if whole in self._words else hyphen
        if low in self._words and high in self._words and len(low) > 2 and len(high) > 2:
            return hyphen
        return "" if self._is_hyphenated else hyphen

    def _is_compound(self, begin: str, rest: str) -> bool:
        """Return whether two parts are surely a compound, by themselves."""
        low, high = begin.casefold(), rest.casefold()
        return (
            not begin[-1:].isalpha()
            or not rest[:1].isalpha()
            or len(low) == 1
            or len(high) == 1
            or low == high
            or "-" in begin
            or (rest[0].isupper() and not begin.isupper())
            or (low in _COMPOUND_BEGINS and low + high not in self._words)
            or (high in _COMPOUND_ENDS and low + high not in self._words)
        )

    @cached_property
    def _words(self) -> frozenset[str]:
        found: set[str] = set()
        halves: set[int] = set()
        for number, line in enumerate(self._text):
            words = _WORDS.findall(line.casefold().replace("\u2010", "-"))
            if halves and words:
                words = words[1:]
                halves.clear()
            if words and _END.search(line.rstrip()):
                words = words[:-1]
                halves.add(number)
            found.update(words)
        return frozenset(found)

    @cached_property
    def _is_hyphenated(self) -> bool:
        ends = sum(len(block) - 1 for block in self._blocks)
        parted = sum(
            1
            for block in self._blocks
            for this in block[:-1]
            if (end := _END.search(this.rstrip())) and this[: end.start()][-1:].isalpha()
        )
        return parted >= ends * _LEAST_SHARE
