"""Inline markup: Discord's marks inside a run, parsed, and written back unambiguously.

`read_inline` finds the marks of one run of text (a paragraph, a heading, a line of a list). A mark that is closed
is markup; one that is not is literal and is escaped when it is written. `Inline.write` writes any part of the run
as a text of its own, with the marks that are open at its start reopened and those open at its end closed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import islice, takewhile

from bot.domain.pages.delimiters import Span
from bot.domain.pages.escaping import ZERO_WIDTH, code, line_start, literal
from bot.domain.pages.text_length import utf16_length
from bot.domain.pages.tokenizer import Atom, Scan, may_hold_marks


class PieceKind(Enum):
    """Kind of a piece: text to be escaped, verbatim code, something indivisible, or a line end."""

    TEXT = auto()
    RAW = auto()
    ATOM = auto()
    LINE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One opened and closed pair; compared by identity, because two spoilers side by side are two."""

    open: str
    close: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run's content."""

    kind: PieceKind
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    """The marks around it, outermost first."""
    out: str = ""
    """An atom's Markdown."""
    shown: str = ""
    """An atom's visible text."""
    node: bool = False


@dataclass(frozen=True, slots=True)
class MarkPosition:
    """A place inside a run, with the totals before it, and the marks that a cut there closes and reopens."""

    at: int
    size: int
    marks: int
    closing: tuple[Mark, ...]
    opening: tuple[Mark, ...]

    @property
    def close_size(self) -> int:
        return sum(utf16_length(mark.close) for mark in self.closing) + bool(self.closing)

    @property
    def open_size(self) -> int:
        return sum(utf16_length(mark.open) for mark in self.opening)


@dataclass(frozen=True, slots=True)
class Inline:
    """A run's content and its pieces in order."""

    content: str
    pieces: tuple[Piece, ...]
    holds: tuple[tuple[int, int], ...] = ()
    """Stretches that are not cut: links that fit a page."""

    @property
    def mark_count(self) -> int:
        """The number of inline marks that the whole run shows."""
        marks = {mark for piece in self.pieces for mark in piece.marks}
        return len(marks) + sum(piece.node for piece in self.pieces)

    @property
    def shown(self) -> str:
        """The words without markup."""
        return "".join(self._shown(piece) for piece in self.pieces)

    def _shown(self, piece: Piece) -> str:
        return piece.shown if piece.kind is PieceKind.ATOM else self.content[piece.start : piece.end]

    def between(self, start: int, end: int) -> Iterator[Piece]:
        """Return the pieces that reach into `content[start:end]`."""
        first = bisect_right(self.pieces, start, key=_end_of)
        return takewhile(lambda piece: piece.start < end, islice(self.pieces, first, None))

    def write(self, start: int, end: int, rest: str = "") -> str:
        """Write `content[start:end]` as Markdown, without whitespace at its ends; `rest` starts each further line."""
        out: list[str] = []
        marks: tuple[Mark, ...] = ()
        fresh = True
        for piece, first, last in self._stripped(start, end):
            turn = _turn(marks, piece.marks)
            marks, fresh = piece.marks, fresh and not turn
            if piece.kind is PieceKind.LINE:
                text, fresh = "\n" + rest, True
            else:
                text = self._markdown(piece, first, last)
                if fresh and piece.kind is PieceKind.TEXT:
                    text = line_start(text)
                fresh = False
            out += (_apart(out, turn), turn, text)
        closing = _turn(marks, ())
        return "".join((*out, _apart(out, closing), closing))

    def _stripped(self, start: int, end: int) -> list[tuple[Piece, int, int]]:
        """Return the parts of pieces in a range, without whitespace at its ends; an indent at the run's start stays."""
        parts = [(piece, max(start, piece.start), min(end, piece.end)) for piece in self.between(start, end)]
        blanks = None if start else " \t\n"
        while parts and parts[-1][0].kind is not PieceKind.ATOM:
            piece, first, last = parts.pop()
            if text := self.content[first:last].rstrip():
                parts.append((piece, first, first + len(text)))
                break
        for index, (piece, first, last) in enumerate(parts):
            text = self.content[first:last].lstrip(blanks)
            if piece.kind is PieceKind.ATOM or text:
                return [
                    (piece, first if piece.kind is PieceKind.ATOM else last - len(text), last),
                    *parts[index + 1 :],
                ]
        return []

    def _markdown(self, piece: Piece, start: int, end: int) -> str:
        if piece.kind is PieceKind.ATOM:
            return piece.out
        text = self.content[start:end]
        return literal(text) if piece.kind is PieceKind.TEXT else code(text)

    def _size(self, piece: Piece, start: int, end: int) -> int:
        """Return the size of a written part of a piece; for code, whose neighbours matter, an upper bound."""
        if piece.kind is PieceKind.RAW:
            text = self.content[start:end]
            return utf16_length(text) + text.count("`") + text.count("]")
        return utf16_length(self._markdown(piece, start, end))

    def spots(self, offsets: list[int], rest: str = "") -> list[MarkPosition]:
        """Return the positions at the rising `offsets`, leaving out those where nothing may be cut.

        Sizes are upper bounds in UTF-16 units, counted from the run's beginning without its first prefix; the
        text between two positions is never longer than the difference of their sizes, apart from marks that are
        closed and reopened.
        """
        spots: list[MarkPosition] = []
        wanted = iter(offsets)
        at = next(wanted, None)
        size, count, done = 1, 0, -1
        marks: tuple[Mark, ...] = ()
        known: set[Mark] = set()
        for piece in self.pieces:
            while at is not None and at <= piece.start:
                if done >= 0:
                    spots.append(MarkPosition(at, size, count, marks, piece.marks))
                at = next(wanted, None)
            size += utf16_length(turn) + 1 if (turn := _turn(marks, piece.marks)) else 0
            count += len(set(piece.marks) - known) + piece.node
            known.update(piece.marks)
            marks = piece.marks
            done = piece.start
            while at is not None and at < piece.end:
                if piece.kind in (PieceKind.TEXT, PieceKind.RAW):
                    size += self._size(piece, done, at)
                    done = at
                    spots.append(MarkPosition(at, size, count, marks, marks))
                at = next(wanted, None)
            size += (
                2 + utf16_length(rest) if piece.kind is PieceKind.LINE else self._size(piece, done, piece.end)
            )
        if offsets and offsets[-1] == len(self.content):
            spots.append(
                MarkPosition(offsets[-1], size + utf16_length(_turn(marks, ())) + 1, count, marks, ())
            )
        return self._outside_holds(spots)

    def _outside_holds(self, spots: list[MarkPosition]) -> list[MarkPosition]:
        if not self.holds:
            return spots
        holds = iter(self.holds)
        hold = next(holds, None)
        kept = []
        for spot in spots:
            while hold and hold[1] <= spot.at:
                hold = next(holds, None)
            if not (hold and hold[0] < spot.at):
                kept.append(spot)
        return kept


@lru_cache(maxsize=1024)
def read_inline(content: str, limit: int) -> Inline:
    """Find the marks of one run. Links and code that fit a page of `limit` units are kept whole.

    Paragraphs that were read lately are remembered: at the desk a chapter is read again at every letter.
    """
    if not may_hold_marks(content):
        return Inline(content, (Piece(PieceKind.TEXT, 0, len(content)),))
    scan = Scan.of(content, limit)
    return Inline(content, tuple(_pieces(content, scan)), tuple(scan.holds))


def read_verbatim(content: str) -> Inline:
    """Return code, in which every character is itself."""
    return Inline(content, (Piece(PieceKind.RAW, 0, len(content)),))


def _pieces(content: str, scan: Scan) -> Iterator[Piece]:
    """Walk over everything found, in order, keeping the stack of open marks."""
    events: list[tuple[int, int, Atom | Span | None]] = [(atom.start, atom.end, atom) for atom in scan.atoms]
    for span in scan.spans:
        events.append((span.start, span.inner_start, span))
        events.append((span.inner_end, span.end, None))
    events.sort(key=lambda event: event[:2])
    stack: list[tuple[str, Mark] | None] = []
    marks: tuple[Mark, ...] = ()
    raw_depth = 0
    at = 0
    for start, end, found in events:
        if start > at:
            yield Piece(PieceKind.RAW if raw_depth else PieceKind.TEXT, at, start, marks)
        at = end
        if isinstance(found, Atom):
            kind = PieceKind.LINE if found.out == "\n" else PieceKind.ATOM
            yield Piece(kind, start, end, marks, found.out, found.shown, found.node)
            continue
        if found is None:
            stack.pop()
            raw_depth = max(0, raw_depth - 1)
        else:
            again = any(entry and entry[0] == found.sort for entry in stack)
            stack.append(None if again else (found.sort, Mark(found.open, found.close)))
            raw_depth += found.sort == "code"
        marks = tuple(entry[1] for entry in stack if entry)
    if at < len(content):
        yield Piece(PieceKind.TEXT, at, len(content), marks)


def _end_of(piece: Piece) -> int:
    return piece.end


def _apart(out: list[str], turn: str) -> str:
    """Return a separator of a literal `~` or `|` from the marks behind it: Discord ignores the backslash there."""
    return ZERO_WIDTH if turn[:1] in ("~", "|") and out and out[-1].endswith(turn[0]) else ""


def _turn(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> str:
    """Return the Markdown between text under one stack of marks and text under another."""
    if before is after:
        return ""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] is after[shared]:
        shared += 1
    closing = "".join(mark.close for mark in reversed(before[shared:]))
    opening = "".join(mark.open for mark in after[shared:])
    if closing and opening and (closing[-1] == opening[0] != "|" or closing[-1] + opening[0] == "~_"):
        # Discord would read `*a*` and `**b**` side by side as one row of asterisks.
        return closing + ZERO_WIDTH + opening
    return closing + opening
