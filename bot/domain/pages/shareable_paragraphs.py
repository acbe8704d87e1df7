"""Paragraphs of a page as somebody may quote them: their words with emphasis, cut between sentences or lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bot.domain.pages.escaping import ZERO_WIDTH
from bot.domain.pages.inline_markup import Mark, Piece, PieceKind
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.page import Page, Prose, Role
from bot.domain.pages.sentences import sentence_ends, word_ends
from bot.domain.pages.text_length import cluster_starts, is_blank, utf16_length
from bot.domain.pages.text_runs import RunKind, TextRun

MOST_SHARED = 420
"""The most UTF-16 units of a shared line: a few sentences, not a page."""

_MOST_LINES = 12
_WHOLE = 1 << 30
_ELLIPSIS = "…"
_LONE_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class EmphasizedText:
    """A stretch of text in one style."""

    text: str
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SharedText:
    """Words to be shared, with their line breaks."""

    spans: tuple[EmphasizedText, ...]
    first: int = 0
    """The number of its first sentence in the paragraph, from 0."""
    last: int = 0
    """The number of its last sentence."""

    @property
    def plain(self) -> str:
        """The words without emphasis."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class ShareableParagraph:
    """A paragraph of a page."""

    spans: tuple[EmphasizedText, ...]
    ends: tuple[int, ...]
    """The offsets at which its sentences, or the lines of a verse, end."""

    @property
    def plain(self) -> str:
        """The words without emphasis."""
        return "".join(span.text for span in self.spans)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, or the lines of a verse."""
        text = self.plain
        return tuple(text[start:end].strip() for start, end in pairwise((0, *self.ends)))

    def cut(self, first: int = 0, last: int | None = None) -> SharedText:
        """Return the sentences from `first` to `last`, as many of them as may be shared.

        A sentence that is too long by itself ends with an ellipsis between two words. Numbers out of range select
        the nearest sentence.
        """
        text, starts = self.plain, (0, *self.ends)
        count = len(self.ends)
        first = min(max(first, 0), count - 1)
        last = count - 1 if last is None else min(max(last, first), count - 1)
        while last > first and not _is_short(text[starts[first] : starts[last + 1]]):
            last -= 1
        start, end = starts[first], starts[last + 1]
        if not _is_short(text[start:end]):
            short = start + _shorter(text[start:end])
            return SharedText(
                _stripped((*_slice(self.spans, start, short), EmphasizedText(_ELLIPSIS))), first, last
            )
        return SharedText(_stripped(_slice(self.spans, start, end)), first, last)


def shareable_paragraphs(page: Page) -> tuple[ShareableParagraph, ...]:
    """Return the paragraphs of a page that can be shared, in order.

    Headings, code, small print and author's notes are none. Spoilers become an ellipsis.
    """
    found: list[ShareableParagraph] = []
    for block in page.blocks:
        if isinstance(block, Prose) and block.role is Role.TEXT:
            found += _of_prose(block.text)
    return tuple(found)


def _of_prose(text: str) -> Iterator[ShareableParagraph]:
    # On a page every line end is meant, while in a manuscript it would be a space.
    held: list[EmphasizedText] = []
    quoted = False
    for run in parse_markdown(_LONE_LINE_END.sub("  \n", text), _WHOLE):
        if run.shape is not RunKind.PROSE or run.first.startswith("-#"):
            yield from _closed(held)
            held = []
            continue
        is_quote = run.first.startswith(">")
        if held and is_quote and quoted and run.glue == "\n":
            held.append(EmphasizedText("\n"))
        else:
            yield from _closed(held)
            held = []
        held += _spans(run)
        quoted = is_quote
    yield from _closed(held)


def _closed(spans: list[EmphasizedText]) -> Iterator[ShareableParagraph]:
    stripped = _stripped(tuple(spans))
    text = "".join(span.text for span in stripped)
    if is_blank(text) or not any(char.isalnum() for char in text):
        return
    lines = (at + 1 for at, char in enumerate(text) if char == "\n")
    ends = sorted({*sentence_ends(text), *lines, len(text)})
    kept = [end for start, end in pairwise((0, *ends)) if text[start:end].strip()]
    yield ShareableParagraph(stripped, tuple(kept))


def _spans(run: TextRun) -> Iterator[EmphasizedText]:
    hidden: Mark | None = None
    for piece in run.inline.pieces:
        spoiler = next((mark for mark in piece.marks if mark.open == "||"), None)
        if spoiler is not None:
            if spoiler is not hidden:
                yield EmphasizedText(_ELLIPSIS)
            hidden = spoiler
            continue
        text = _shown(run, piece).replace(ZERO_WIDTH, "")
        if text:
            stars = "".join(mark.open for mark in piece.marks)
            yield EmphasizedText(text, italic=_is_italic(piece), bold="**" in stars)


def _shown(run: TextRun, piece: Piece) -> str:
    if piece.kind is PieceKind.LINE:
        return "\n"
    return piece.shown if piece.kind is PieceKind.ATOM else run.content[piece.start : piece.end]


def _is_italic(piece: Piece) -> bool:
    return any(mark.open in ("*", "_", "***", "___", "**_", "__*") for mark in piece.marks)


def _slice(spans: tuple[EmphasizedText, ...], start: int, end: int) -> tuple[EmphasizedText, ...]:
    begins = [0, *accumulate(len(span.text) for span in spans)]
    cut = (
        EmphasizedText(span.text[max(0, start - at) : max(0, end - at)], span.italic, span.bold)
        for span, at in zip(spans, begins, strict=False)
    )
    return tuple(span for span in cut if span.text)


def _stripped(spans: tuple[EmphasizedText, ...]) -> tuple[EmphasizedText, ...]:
    text = "".join(span.text for span in spans)
    return _slice(spans, len(text) - len(text.lstrip()), len(text.rstrip()))


def _is_short(text: str) -> bool:
    return utf16_length(text.strip()) <= MOST_SHARED and text.strip().count("\n") < _MOST_LINES


def _shorter(text: str) -> int:
    """Return how much of one sentence may be shared, which is too long: up to a word's end if there is one."""
    room = MOST_SHARED - len(_ELLIPSIS)
    offsets = [at for at, _ in word_ends(text, 0, len(text))] or cluster_starts(text)
    fitting = bisect_right(offsets, room, key=lambda at: utf16_length(text[:at].rstrip()))
    end = offsets[fitting - 1] if fitting else room // 2
    return len(text[:end].rstrip(" ,;:—–-、，；："))
