"""Writing of a paragraph's runs of text as Markdown.

The text of a run is literal: what is Markdown or Discord's syntax by accident is escaped. Marks stand at words and not
at blanks, and are closed at the end of each line, so that a page may end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.content.source_formats.markdown_escaping import clean_text, escape_line_start, escape_text
from bot.domain.pages.escaping import ZERO_WIDTH
from bot.domain.pages.inline_markup import PieceKind, read_inline
from bot.domain.pages.text_length import is_blank

_MARKS = {"strike": "~~", "underline": "__", "bold": "**", "italic": "*"}
"""Outer marks before inner ones, where both reach equally far."""

_SIGNS = ("*", "_", "~")
_CROWDED = re.compile(r"[*_~]{3}")
_LABEL_BREAK = re.compile(r"[\[\]]")
_WEB = re.compile(r"https?://[^\s<>\\()\"`]++(?:\([^\s<>\\()\"`]*+\)[^\s<>\\()\"`]*+)*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InlineRun:
    """Text of one appearance."""

    text: str
    """Literal text; a line end in it is meant."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    code: bool = False
    link: str | None = None
    """Address on the web; others are left out."""
    is_markdown: bool = False
    """Set if the text is Markdown already, such as a footnote's mark."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line, and the marks around it; a link is one of them."""

    text: str
    marks: frozenset[str]
    verbatim: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.verbatim and is_blank(self.text)


def write_inline(runs: Iterable[InlineRun], *, is_heading: bool = False) -> str:
    """Return runs as Markdown, without blanks at the ends of lines.

    Args:
        runs: Text with its appearance.
        is_heading: Set for a heading's text, which stands behind a sign of its own.
    """
    lines: list[list[_Piece]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n") if run.is_markdown else clean_text(run.text).split("\n")
        for number, text in enumerate((first, *others)):
            if number:
                lines.append([])
            if text:
                lines[-1].append(_piece(run, text))
    return "\n".join(_write_line(line, is_heading) for line in lines).strip("\n")


def has_throughout(runs: Iterable[InlineRun], mark: str) -> bool:
    """Return whether all that is visible has a mark, such as `bold`, and anything is visible."""
    seen = [bool(getattr(run, mark)) for run in runs if not run.is_markdown and not is_blank(run.text)]
    return bool(seen) and all(seen)


def _piece(run: InlineRun, text: str) -> _Piece:
    marks = {mark for mark in _MARKS if getattr(run, mark)}
    if run.link and _WEB.fullmatch(run.link):
        marks.add(run.link)
    if run.is_markdown:
        return _Piece(text, frozenset(marks), verbatim=True)
    if run.code and (code := _code(text)):
        return _Piece(code, frozenset(marks), verbatim=True)
    return _Piece(text, frozenset(marks))


def _code(text: str) -> str | None:
    """Return text as code; None if backticks in it prevent that."""
    text = text.strip()
    if not text or "``" in text or text[0] == "`" or text[-1] == "`":
        return None
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _write_line(pieces: Sequence[_Piece], is_heading: bool) -> str:
    pieces = _merge(_mark_blanks(_part_blanks(_merge(pieces))))
    pieces = _merge(_shift_punctuation(pieces))
    line = "".join(_nest(pieces, frozenset(), "")).rstrip(" \t")
    if _CROWDED.search(line):
        apart = "".join(_nest(pieces, frozenset(), ZERO_WIDTH)).rstrip(" \t")
        line = line if _appearance(line) == _appearance(apart) else apart
    if pieces and not is_heading and not pieces[0].marks and not pieces[0].verbatim:
        line = escape_line_start(line)
    return line.lstrip(" \t")


def _merge(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Join adjoining pieces of one appearance; blanks stay apart, for no mark may begin or end with them."""
    return [
        _Piece("".join(piece.text for piece in alike), marks, verbatim)
        for (marks, verbatim, _), alike in groupby(
            pieces, key=lambda piece: (piece.marks, piece.verbatim, piece.is_blank)
        )
    ]


def _part_blanks(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces, with the blanks at their edges as pieces of their own."""
    for piece in pieces:
        if piece.verbatim or not piece.marks or piece.is_blank:
            yield piece
            continue
        start = len(piece.text) - len(piece.text.lstrip())
        end = len(piece.text.rstrip())
        for text in (piece.text[:start], piece.text[start:end], piece.text[end:]):
            if text:
                yield replace(piece, text=text)


def _mark_blanks(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Give blanks the marks that are on both sides of them, and no others."""
    marked = list(pieces)
    left: list[frozenset[str]] = []
    current: frozenset[str] = frozenset()
    for piece in marked:
        left.append(current)
        current = current if piece.is_blank else piece.marks
    current = frozenset()
    for index in range(len(marked) - 1, -1, -1):
        piece = marked[index]
        if piece.is_blank:
            shared = left[index] & current
            marked[index] = piece if piece.marks == shared else replace(piece, marks=shared)
        else:
            current = piece.marks
    return marked


def _shift_punctuation(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces, punctuation between a mark and a letter outside of the mark.

    `wait*—no*` is no emphasis in CommonMark, `wait—*no*` is, and looks the same.
    """
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        text, head, tail = piece.text, "", ""
        if piece.verbatim or not any(char.isalnum() for char in text):
            yield piece
            continue
        start, end = 0, len(text)
        if before and not before.verbatim and before.text[-1:].isalnum() and piece.marks - before.marks:
            while not text[start].isalnum():
                start += 1
        if after and not after.verbatim and after.text[:1].isalnum() and piece.marks - after.marks:
            while not text[end - 1].isalnum():
                end -= 1
        head, text, tail = text[:start], text[start:end], text[end:]
        if head and before:
            yield _Piece(head, piece.marks & before.marks)
        yield replace(piece, text=text) if head or tail else piece
        if tail and after:
            yield _Piece(tail, piece.marks & after.marks)


def _appearance(line: str) -> list[tuple[str, list[str]]]:
    """Return each character that a line shows, with the marks around it."""
    inline = read_inline(line, len(line) * 2 + 200)
    return [
        (
            char,
            sorted(mark.open.replace("_", "*") if len(mark.open) == 1 else mark.open for mark in piece.marks),
        )
        for piece in inline.pieces
        for char in (piece.shown if piece.kind is PieceKind.ATOM else line[piece.start : piece.end])
        if char != ZERO_WIDTH
    ]


def _nest(pieces: Sequence[_Piece], opened: frozenset[str], separator: str) -> Iterator[str]:
    """Yield pieces with their marks, the one that reaches farthest outermost, links outside of all.

    `separator` stands between two signs of marks.
    """
    at = 0
    closed = ""
    while at < len(pieces):
        piece = pieces[at]
        further = piece.marks - opened
        if not further or piece.is_blank:
            yield piece.text if piece.verbatim else escape_text(piece.text)
            at, closed = at + 1, ""
            continue
        mark, end = max(
            ((mark, _reach(pieces, at, mark)) for mark in further),
            key=lambda found: (found[0] not in _MARKS, found[1], -_rank(found[0])),
        )
        inside = "".join(_nest(pieces[at:end], opened | {mark}, separator))
        if mark in _MARKS:
            sign = _MARKS[mark]
            before = separator if inside[:1] in _SIGNS else ""
            after = separator if inside[-1:] in _SIGNS else ""
            yield f"{separator if closed else ''}{sign}{before}{inside}{after}{sign}"
            closed = sign
        else:
            yield _link(inside, mark)
            closed = ""
        at = end


def _reach(pieces: Sequence[_Piece], start: int, mark: str) -> int:
    end = start
    while end < len(pieces) and mark in pieces[end].marks:
        end += 1
    while pieces[end - 1].is_blank:
        end -= 1
    return end


def _rank(mark: str) -> int:
    return list(_MARKS).index(mark) if mark in _MARKS else -1


def _link(label: str, address: str) -> str:
    """Return a link; only its text if that is an address or Discord would not read it as a link."""
    if "://" in label or is_blank(label):
        return label
    bare = _LABEL_BREAK.sub("", label.replace("\\[", "").replace("\\]", ""))
    if len(bare) < len(label):
        label = re.sub(r"\\?([\[\]])", lambda found: "(" if found[1] == "[" else ")", label)
    return f"[{label}]({address})"
