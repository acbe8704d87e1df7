"""Detection of hard wrapping, by how the lines of a block fill it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from bot.domain.manuscript.lines.line_features import (
    has_label,
    is_chat,
    is_full_sentence,
    is_spoken,
    strip_hard_end,
)
from bot.domain.manuscript.lines.line_fill import LineFill
from bot.domain.manuscript.lines.line_width import INDENT, WIDE, column_range, is_without_blanks, text_width

_STARTS = frozenset(" \t\xa0\u3000#>-*_`~+|0123456789[&\\")
"""Signs that a line of plain text does not begin with, or only rarely."""

_LEAST, _MOST = 45, 130


class LineBlock:
    """Consecutive lines of plain text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self._wrapped: dict[int | None, LineFill | None] = {}
        self._plain_column = find_column(lines) if len(lines) > 2 else None

    @cached_property
    def bare(self) -> list[str]:
        """The lines without the blanks at both ends and without the backslash of a hard end."""
        return [strip_hard_end(line) for line in self.lines]

    @cached_property
    def _margins(self) -> list[int]:
        spread = [line.expandtabs(4) for line in self.lines]
        return [text_width(line[: len(line) - len(line.lstrip(INDENT))]) for line in spread]

    @cached_property
    def _indents(self) -> list[int]:
        """Columns by which each line is indented more than the one that is indented least."""
        least = min(self._margins)
        return [margin - least for margin in self._margins]

    @cached_property
    def widths(self) -> list[int]:
        """Columns of each line, without the indent that all have."""
        return [text_width(line) + indent for line, indent in zip(self.bare, self._indents, strict=True)]

    @cached_property
    def longest(self) -> int:
        """Columns of its longest line."""
        return self._plain_column or max(self.widths)

    @cached_property
    def _hard(self) -> list[bool]:
        """For each line but the last, whether it ends hard, by two blanks or a backslash."""
        return [line.endswith(("  ", "\\")) for line in self.lines[:-1]]

    @cached_property
    def all_hard(self) -> bool:
        """Return whether the author ended every line by hand."""
        return all(self._hard)

    @cached_property
    def ends_blank(self) -> bool:
        """Return whether every line but the last ends with blanks, which mean nothing where it is wrapped."""
        return len(self.lines) > 2 and all(line.endswith(" ") for line in self.lines[:-1])

    @cached_property
    def sentences(self) -> float:
        """The share of its lines that are full sentences, as far as their ends tell."""
        return sum(map(is_full_sentence, self.bare)) / len(self.bare)

    @cached_property
    def speech(self) -> float:
        """The share of its lines that are dialogue."""
        return sum(map(is_spoken, self.bare)) / len(self.bare)

    @cached_property
    def is_chat(self) -> bool:
        """Return whether its lines say who wrote them, or are labelled otherwise."""
        return sum(is_chat(line) or has_label(line) for line in self.bare) >= 0.8 * len(self.bare)

    @cached_property
    def has_refrain(self) -> bool:
        """Return whether a line of some length comes again that nobody says."""
        if self.has_wide_indents and self.sentences >= 0.8:
            return False
        seen = [line.casefold() for line in self.bare if len(line) > 8 and not is_spoken(line)]
        return len(self.bare) > 3 and len(seen) - len(set(seen)) >= max(1, len(seen) // 8)

    @cached_property
    def is_uneven(self) -> bool:
        """Return whether its lines are of very different lengths, as paragraphs are."""
        widths = sorted(self.widths)
        reach = 26 if self.is_wide else 40
        return self.longest >= reach and (widths[0] * 2.2 <= widths[-1])

    @cached_property
    def is_indented(self) -> bool:
        """Return whether each line, the first perhaps excepted, has the indent of a paragraph's first line."""
        margins = self._margins[1:]
        return 2 <= margins[0] <= 8 and len(set(margins)) == 1 and self._margins[0] in (0, margins[0])

    @cached_property
    def has_wide_indents(self) -> bool:
        """Return whether most lines begin with the ideographic blank of a paragraph, or with a quotation."""
        blank = sum(line.startswith("\u3000") for line in self.lines)
        return blank > 0 and 2 * blank + sum(map(is_spoken, self.bare)) >= len(self.lines)

    @cached_property
    def is_wide(self) -> bool:
        """Return whether it is in Chinese or Japanese."""
        return column_range("".join(self.bare)) is WIDE

    @cached_property
    def has_no_stops(self) -> bool:
        """Return whether it is in a script that does not end sentences by a sign."""
        return is_without_blanks("".join(self.bare))

    @cached_property
    def _fills(self) -> list[LineFill]:
        """The block measured in columns and, where these differ, in characters, as some editors wrap."""
        soft = [True] * len(self._hard) if self.ends_blank else [not hard for hard in self._hard]
        fills = [LineFill(self.bare, self._indents, self.widths, soft)]
        lengths = [len(line) + indent for line, indent in zip(self.bare, self._indents, strict=True)]
        if lengths != self.widths and not self.is_wide:
            fills.append(LineFill(self.bare, self._indents, lengths, soft))
        return fills

    def is_wrapped(self, column: int | None) -> bool:
        """Return whether its lines were filled up to a column, which is `column` if that is known."""
        return self._plain_column is not None or self._wrapped_fill(column) is not None

    def _wrapped_fill(self, column: int | None) -> LineFill | None:
        if column not in self._wrapped:
            surely = self.ends_blank and any(self._hard)
            self._wrapped[column] = next(
                (fill for fill in self._fills if fill.is_wrapped(column, surely=surely)), None
            )
        return self._wrapped[column]

    def paragraphs(self, column: int | None) -> Sequence[int]:
        """Return the indices of lines, without the first, that begin a paragraph, if it is wrapped."""
        if self._plain_column is not None:
            return ()
        fill = self._wrapped_fill(column)
        return fill.paragraphs() if fill else ()


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
