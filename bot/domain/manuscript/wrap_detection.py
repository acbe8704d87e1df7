"""Detection of hard wrapping, by how the lines of a block fill it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

_UNUSUAL = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u1cff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u2e80-\uffff\U00010000-\U0010ffff]"
)
_WIDE = "\u2e80-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WITHOUT_BLANKS = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_IS_WITHOUT_BLANKS = re.compile(f"[{_WITHOUT_BLANKS}]")
_CLOSING = "\"'”’»›」』）)]}*_~|"
_ENDINGS = ".!?…:;。！？．‽؟۔।॥།"
_OPENING = "\"'“‘«‹「『（([-–—―*_•"

_IS_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_LEAST, _LEAST_HANGUL, _LEAST_WIDE, _LEAST_WITHOUT_BLANKS = 45, 28, 30, 20
"""Columns below which nobody wraps, in four kinds of script."""

_SCRIPTS = (
    (_IS_WIDE, _LEAST_WIDE),
    (_IS_HANGUL, _LEAST_HANGUL),
    (_IS_WITHOUT_BLANKS, _LEAST_WITHOUT_BLANKS),
)
_STARTS = frozenset(" \t\xa0\u3000#>-*_`~+|0123456789[&\\")
"""Signs that a line of plain text does not begin with, or only rarely."""

_BEYOND_VERSE = 60
"""Columns that lines of verse hardly ever have."""

_MOST, _MOST_WIDE = 130, 220


class LineBlock:
    """Consecutive lines of plain text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    @cached_property
    def _bare(self) -> list[str]:
        return [line.strip().removesuffix("\\").rstrip() for line in self.lines]

    @cached_property
    def _indents(self) -> list[int]:
        widths = [
            len(line) - len(line.lstrip(" \t\xa0")) for line in (each.expandtabs(4) for each in self.lines)
        ]
        least = min(widths)
        return [text_width - least for text_width in widths]

    @cached_property
    def _widths(self) -> list[int]:
        return [text_width(line) + indent for line, indent in zip(self._bare, self._indents, strict=True)]

    @cached_property
    def _plainly(self) -> bool:
        return len(self.lines) > 2 and find_column(self.lines) is not None

    @cached_property
    def longest(self) -> int:
        """Columns of its longest line."""
        return max(self._widths)

    @cached_property
    def _hard(self) -> list[bool]:
        """For each line but the last, whether it ends hard, by two blanks or a backslash."""
        return [line.endswith(("  ", "\\")) for line in self.lines[:-1]]

    @cached_property
    def all_hard(self) -> bool:
        """Return whether the author ended every line by hand."""
        return all(self._hard)

    @cached_property
    def sentences(self) -> float:
        """The share of its lines that end a sentence."""
        return sum(map(_ends_sentence, self._bare)) / len(self._bare)

    @cached_property
    def _junctions(self) -> list[tuple[int, int, bool]]:
        """The soft line ends: the line, its columns with the next word, and whether the sentence continues."""
        found = []
        for number, hard in enumerate(self._hard):
            if not hard:
                this, following = self._bare[number], self._bare[number + 1]
                needed = self._widths[number] + _next_word(this, following, self.longest)
                runs_on = not _ends_sentence(this) and _goes_on(
                    following, capital=self.longest >= _BEYOND_VERSE
                )
                found.append((number, needed, runs_on))
        return found

    def is_wrapped(self, column: int | None) -> bool:
        """Return whether its lines were filled up to a column, which is `column` if that is known."""
        if self._plainly:
            return True
        if not self._junctions or not self._least <= self.longest <= (
            _MOST_WIDE if self._least == _LEAST_WIDE else _MOST
        ):
            return False
        if self._filled_to_the_last:
            return True
        reach = self.longest
        if column is not None and len(self.lines) == 2:
            reach = max(reach, column)
        flowing = [on for _, needed, on in self._junctions if needed > 0.9 * reach]
        if len(flowing) < 0.7 * len(self._junctions):
            return self._parts_wrapped
        if column is not None and len(self.lines) == 2:
            return self.longest <= column * 1.1
        return sum(flowing) >= 0.3 * len(self._junctions)

    @cached_property
    def _filled_to_the_last(self) -> bool:
        """Return whether each of at least four lines ends just where its next word would not have fitted.

        Few of them may end with a sentence. Metrical lines fill up like that too, but then all of them begin with
        a capital, or none.
        """
        junctions = self._junctions
        if len(junctions) < 3 or any(needed <= self.longest for _, needed, _ in junctions):
            return False
        ends = sum(_ends_sentence(self._bare[number]) for number, _, _ in junctions)
        small = sum(self._bare[number + 1][:1].islower() for number, _, _ in junctions)
        return ends * 2 <= len(junctions) and 0 < small < len(junctions)

    @cached_property
    def _parts_wrapped(self) -> bool:
        """Return whether it is wrapped except for the short last lines of the paragraphs in it."""
        inner = [
            (needed, on) for number, needed, on in self._junctions if number + 1 not in self.paragraphs()
        ]
        flowing = [on for needed, on in inner if needed > 0.9 * self.longest]
        return len(inner) > 1 and len(flowing) >= 0.8 * len(inner) and sum(flowing) >= 0.4 * len(inner)

    @cached_property
    def _least(self) -> int:
        whole = "".join(self._bare)[:400]
        for script, least in _SCRIPTS:
            if len(script.findall(whole)) * 2 > len(whole):
                return least
        return _LEAST

    def paragraphs(self) -> Sequence[int]:
        """Return the indices of lines, without the first, that begin a paragraph.

        They follow a short line that ends a sentence, or are indented among lines that are not.
        """
        starts: list[int] = []
        if self._plainly:
            return starts
        for number, needed, _ in self._junctions:
            short = needed < 0.75 * self.longest and _ends_sentence(self._bare[number])
            indented = self._indents[number + 1] > 1 and self._indents[number] == 0
            if short or indented:
                starts.append(number + 1)
        return starts


def find_column(lines: list[str]) -> int | None:
    """Return the column up to which lines of plain text were evidently filled, if there is one.

    All but the last are nearly full then, and most begin with small letters.
    """
    longest = max(map(len, lines))
    if not _LEAST <= longest <= _MOST or not is_filled(lines, longest):
        return None
    return longest if sum(line[:1].islower() for line in lines[1:]) * 2 >= len(lines) - 1 else None


def is_filled(lines: list[str], column: int) -> bool:
    """Return whether lines of plain text reach so far that the next word would not have fitted, none much further."""
    nearly = 0.9 * column
    for this, following in pairwise(lines):
        if (
            following[:1] in _STARTS
            or this[:1] in _STARTS
            or this.endswith(("  ", "\\"))
            or len(this) > 1.1 * column
        ):
            return False
        if len(this) < nearly and len(this) + 1 + len(following.partition(" ")[0]) <= nearly:
            return False
    return len(lines[-1]) <= 1.1 * column


def text_width(text: str) -> int:
    """Return the columns of a text in a monospaced font."""
    return sum(map(_columns, text)) if _UNUSUAL.search(text) else len(text)


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if _IS_HANGUL.match(char):
        return 1  # Wide, too, but wrapped by the character as often as by the column.
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _next_word(this: str, following: str, longest: int) -> int:
    """Return the columns that the first word of the following line would take on this one."""
    before, after = this[-1:], following[:1]
    if _IS_WIDE.match(before) and _IS_WIDE.match(after):
        return 4
    if _IS_WITHOUT_BLANKS.match(before) and _IS_WITHOUT_BLANKS.match(after):
        return longest // 4
    return 1 + text_width(following.split(None, 1)[0] if following else "")


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING)[-1:] in _ENDINGS if line.rstrip(_CLOSING) else True


def _goes_on(line: str, *, capital: bool) -> bool:
    """Return whether a line may begin inside a sentence, as far as its first sign tells.

    Lines of verse begin with a capital in many a language; in German half of all words do.
    """
    return line[:1] not in _OPENING and (capital or not line[:1].isupper())
