"""Lines as they fill a column: evidence that an editor, not the author, ended them."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from bot.domain.manuscript.lines.line_features import (
    answers_quotation,
    count_inner_pauses,
    ends_sentence,
    ends_with_pause,
    goes_on,
    has_inner_stop,
    is_parted,
    opens_with_dash,
)
from bot.domain.manuscript.lines.line_width import WIDE, WITHOUT_BLANKS, column_range, first_word_width

_BEYOND_VERSE = 60
"""Columns that lines of verse hardly ever have."""

_INDENT_MOST = 12
"""Columns by which the first line of a paragraph is indented at most."""


_MANY = 20
"""Lines among which a few may be verse."""


class Junction(NamedTuple):
    """A line end that may be the wrapping editor's."""

    number: int
    """Index of the line that ends."""
    needed: int
    """Its columns with the first word of the line below."""
    flows: bool
    """Set if the sentence continues below."""


class LineFill:
    """The lines of a block, measured in columns or in characters."""

    def __init__(self, bare: list[str], indents: list[int], widths: list[int], soft: list[bool]) -> None:
        self._bare = bare
        self._indents = indents
        self._widths = widths
        self._soft = soft
        self._columns = column_range("".join(bare[:40]))
        self.longest = max(widths)

    @cached_property
    def _junctions(self) -> list[Junction]:
        found = []
        for number, soft in enumerate(self._soft):
            if soft:
                this, following = self._bare[number], self._bare[number + 1]
                needed = self._widths[number] + first_word_width(this, following, self.longest)
                flows = not ends_sentence(this) and goes_on(following, capital=self.longest >= _BEYOND_VERSE)
                if is_parted(this, following):
                    needed, flows = max(needed, self.longest + 1), True
                found.append(Junction(number, needed, flows))
        return found

    def is_wrapped(self, column: int | None, *, surely: bool = False) -> bool:
        """Return whether the lines were filled up to a column.

        Args:
            column: The column that other blocks of the text were filled to, if that is known.
            surely: Whether more evidence is needed, because all lines end in what could be hard ends.
        """
        columns = self._columns
        if self._junctions and all(
            is_parted(self._bare[each.number], self._bare[each.number + 1]) for each in self._junctions
        ):
            return True
        if not self._junctions or not columns.narrow <= self.longest <= columns.most:
            return False
        if column is not None and not surely and self._reaches(column):
            return True
        narrow = column is not None and len(self._bare) > 2 and self.longest < 0.75 * column
        doubtful = narrow or (surely and not self._is_filled_evenly)
        if (
            self.longest >= columns.usual
            and (not doubtful or self._is_like_prose)
            and (self._is_filled_to_the_last or self._is_filled_loosely(column) or self._is_filled_in_parts)
        ):
            return True
        return self._is_filled_closely or bool(self.indented_starts)

    def _is_filled_loosely(self, column: int | None) -> bool:
        reach = self.longest
        if column is not None and len(self._bare) == 2:
            reach = max(reach, column)
        share = 0.9 if self._columns is not WITHOUT_BLANKS else 1.0
        flowing = [each.flows for each in self._junctions if each.needed > share * reach]
        if len(flowing) < 0.7 * len(self._junctions):
            return False
        if column is not None and len(self._bare) == 2:
            return self.longest <= column * 1.1
        return sum(flowing) >= 0.3 * len(self._junctions)

    @cached_property
    def _is_filled_to_the_last(self) -> bool:
        """Return whether each of at least four lines ends just where its next word would not have fitted.

        Few of them may end with a sentence. Metrical lines fill up like that too, but then all of them begin with
        a capital, or none.
        """
        if len(self._junctions) < 3 or any(each.needed <= self.longest for each in self._junctions):
            return False
        ends = sum(ends_sentence(self._bare[each.number]) for each in self._junctions)
        small = sum(self._bare[each.number + 1][:1].islower() for each in self._junctions)
        return ends * 2 <= len(self._junctions) and 0 < small < len(self._junctions)

    @cached_property
    def _inner(self) -> list[Junction]:
        """The line ends inside paragraphs."""
        starts = frozenset(self._short_ends)
        return [each for each in self._junctions if each.number + 1 not in starts]

    @cached_property
    def _is_filled_in_parts(self) -> bool:
        """Return whether it is wrapped except for the short last lines of the paragraphs in it."""
        flowing = [each.flows for each in self._inner if each.needed > 0.9 * self.longest]
        return (
            len(self._inner) > 1
            and len(flowing) >= 0.8 * len(self._inner)
            and sum(flowing) >= 0.4 * len(self._inner)
        )

    @cached_property
    def _is_filled_closely(self) -> bool:
        """Return whether lines so short that they could be verse were filled, and have the punctuation of prose."""
        inner = self._inner
        if self._columns is WIDE:
            full = all(self._widths[each.number] >= 0.8 * self.longest for each in inner)
            ends = sum(ends_with_pause(self._bare[each.number]) for each in inner)
            exact = all(self._widths[each.number] >= max(30, self.longest - 2) for each in inner)
            few = ends * 4 <= len(inner) or (exact and ends * 2 <= len(inner))
            return len(inner) > 1 and full and few and self._pauses > 0
        if self._columns is WITHOUT_BLANKS:
            return len(inner) > 3 and all(self._widths[each.number] >= self.longest - 1 for each in inner)
        filled = sum(each.needed > self.longest for each in inner)
        if len(inner) < 2 or filled < (0.9 if len(inner) > _MANY else 1) * len(inner):
            return False
        if len(inner) < 4 and not self._stops_inside:
            return False
        begins = [self._bare[each.number + 1][:1] for each in inner]
        cased = any(sign.isupper() for sign in begins)
        return (not cased or any(sign.islower() for sign in begins)) and self._is_like_prose

    @cached_property
    def _stops_inside(self) -> bool:
        """Return whether sentences end inside its lines and at its end, and nothing at the ends of the others."""
        bare = self._bare
        return (
            ends_sentence(bare[-1])
            and any(map(has_inner_stop, bare))
            and not any(ends_with_pause(bare[each.number]) for each in self._inner)
        )

    @cached_property
    def _is_filled_evenly(self) -> bool:
        """Return whether no line has room for another word, and most sentences continue below."""
        inner = self._inner
        flowing = sum(each.flows for each in inner)
        return all(each.needed > 0.93 * self.longest for each in inner) and 0 < len(inner) <= 2 * flowing

    @cached_property
    def _pauses(self) -> int:
        return sum(map(count_inner_pauses, self._bare)) + ends_sentence(self._bare[-1])

    @cached_property
    def _is_like_prose(self) -> bool:
        """Return whether punctuation stands inside lines rather than at their ends, as it rarely does in verse."""
        inner = self._inner
        ends = sum(ends_with_pause(self._bare[each.number]) for each in inner)
        pauses = self._pauses - ends_sentence(self._bare[-1])
        return len(inner) > 0 and ends * 2.5 <= len(inner) and pauses >= max(1, ends)

    def _reaches(self, column: int) -> bool:
        """Return whether it was filled to the column to which the rest of the text was."""
        inner = self._inner
        full = [each.flows for each in inner if each.needed > 0.95 * column]
        return (
            len(inner) > 0
            and self.longest <= 1.05 * column + 1
            and len(full) >= 0.85 * len(inner)
            and (sum(full) >= 0.5 * len(inner) or len(self._bare) == 2)
        )

    @cached_property
    def _short_ends(self) -> list[int]:
        """Indices of lines that follow a short last line of a paragraph."""
        starts = []
        limit = self.longest * 0.75
        if self._is_greedy:
            limit = max(limit, self.longest - (2 if self._columns is WIDE else 0))
        full = sum(width >= self.longest - 1 for width in self._widths) >= 0.7 * len(self._widths)
        unspaced = self.longest - 2 if full else 0.6 * self.longest
        for number, needed, _ in self._junctions:
            ends = ends_sentence(self._bare[number])
            answers = self._is_greedy and answers_quotation(self._bare[number], self._bare[number + 1])
            if ends and (answers or opens_with_dash(self._bare[number + 1])):
                starts.append(number + 1)
            elif self._columns is WITHOUT_BLANKS:
                if self._widths[number] < unspaced:
                    starts.append(number + 1)
            elif ends and needed < limit:
                starts.append(number + 1)
        return starts

    @cached_property
    def _is_greedy(self) -> bool:
        """Return whether no line, or among many few, that ends inside a clause has room for another word."""
        running = [each for each in self._junctions if not ends_with_pause(self._bare[each.number])]
        room = 4 if self._columns is WIDE else 0
        full = sum(each.needed + room > self.longest for each in running)
        return len(running) > 2 and full >= (0.9 if len(running) > _MANY else 1) * len(running)

    @cached_property
    def indented_starts(self) -> list[int]:
        """Indices of the lines that begin a paragraph by their indent, if only first lines are indented."""
        indents = self._indents
        marked = [number for number, indent in enumerate(indents) if indent > 1]
        starts = [number for number in marked if number]
        if not starts or 0 not in indents or max(indents) > _INDENT_MOST:
            return []
        if len({indents[number] for number in marked}) > 1 + len(marked) // 8:
            return []
        before = sum(ends_sentence(self._bare[number - 1]) for number in starts)
        said = self._said_starts
        inner = [
            each for each in self._junctions if not (indents[each.number + 1] > 1 or each.number + 1 in said)
        ]
        filled = sum(each.needed > 0.8 * self.longest for each in inner)
        flows = sum(not ends_sentence(self._bare[each.number]) for each in inner)
        return (
            starts
            if inner
            and before >= 0.7 * len(starts)
            and filled >= 0.7 * len(inner)
            and flows >= 0.4 * len(inner)
            and self.longest >= self._columns.narrow
            else []
        )

    @cached_property
    def _said_starts(self) -> frozenset[int]:
        """Indices of the lines in Chinese or Japanese that begin with a quotation, which have no indent there."""
        if self._columns is not WIDE:
            return frozenset()
        return frozenset(
            number
            for number in range(1, len(self._bare))
            if self._bare[number][:1] in ("「", "『", "（") and ends_sentence(self._bare[number - 1])
        )

    def paragraphs(self) -> list[int]:
        """Return the indices of lines, without the first, that begin a paragraph.

        They follow a short line that ends a sentence, or are indented among lines that are not.
        """
        if self.indented_starts:
            return sorted({*self.indented_starts, *self._said_starts})
        ends = frozenset(self._short_ends)
        return [
            each.number + 1
            for each in self._junctions
            if each.number + 1 in ends
            or (self._indents[each.number + 1] > 1 and self._indents[each.number] == 0)
        ]
