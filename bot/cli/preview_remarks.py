"""Warnings of chapter files on the pages of a preview: the page each falls on, and its place there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.domain.diagnostics import Diagnostic
from bot.domain.manuscript.remark_places import Letters, find_place
from bot.domain.pages import Page, Prose
from bot.domain.pages.page import Role
from bot.schemas.text_file import UnreadableFile, read_text

OPEN, CLOSE = "⟦\ue000", "\ue000⟧"
"""Around the number of a mark in a page's Markdown: signs that are punctuation to it and in no text."""

_MOST_PLACED = 200
"""Warnings of a chapter whose places are looked for; the others are listed on its first page."""

_AT_LINE_START = re.compile(
    r"[ \t]*+(?:>[ \t]?+)*+(?:#{1,6}[ \t]++|-#[ \t]++|[-*+][ \t]++|\d{1,9}[.)][ \t]++)?+"
)


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """A warning with its page."""

    number: int
    """Counted from 1 in its chapter."""
    page: int
    """Index of the page."""
    fault: Diagnostic
    offset: int | None
    """Where in the chapter's text it is marked; None without a place there."""


def place_remarks(
    file: Path, faults: Iterable[Diagnostic], text: str, pages: Sequence[Page]
) -> tuple[PlacedRemark, ...]:
    """Find for each warning of a chapter's file the page that readers see its place on.

    The file is read again; if it is gone, everything is on the first page.
    """
    faults = list(faults)
    try:
        whole = read_text(file, most=LONGEST_FILE) if faults else ""
    except UnreadableFile:
        whole = ""
    lines = whole.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    written, shown = (Letters(whole), Letters(text)) if whole else (Letters(""), Letters(""))
    tops = [page.start for page in pages]
    placed = []
    for number, fault in enumerate(faults, 1):
        offset = None
        page = 0
        if fault.line and fault.line <= len(lines) and number <= _MOST_PLACED:
            line = lines[fault.line - 1]
            if fault.column:
                offset = find_place(written, shown, starts[fault.line - 1] + fault.column - 1)
            if offset is not None:
                page = max(0, bisect_right(tops, offset) - 1)
                while page and pages[page].start == pages[page].end:
                    page -= 1
            elif line.lstrip().lower().startswith("note_after"):
                page = len(pages) - 1
        placed.append(PlacedRemark(number, page, fault, offset))
    return tuple(placed)


def mark_page(page: Page, text: str, remarks: Iterable[PlacedRemark]) -> Page:
    """Return the page with the number of each remark between OPEN and CLOSE at its place.

    Args:
        page: The page.
        text: The chapter's text.
        remarks: Those that fall on the page.
    """
    blocks = list(page.blocks)
    prose = [
        (number, block)
        for number, block in enumerate(blocks)
        if isinstance(block, Prose) and block.role is Role.TEXT
    ]
    here = [(remark.number, remark.offset) for remark in remarks if remark.offset is not None]
    if not prose or not here:
        return page
    starts = [0, *accumulate(len(block.text) + 1 for _, block in prose)]
    written = Letters(text[page.start : page.end])
    shown = Letters("\n".join(block.text for _, block in prose))
    marks: dict[int, list[tuple[int, int]]] = {}
    for number, offset in here:
        at = find_place(written, shown, offset - page.start)
        if at is not None:
            index = bisect_right(starts, at) - 1
            place = _word_start(prose[index][1].text, at - starts[index])
            marks.setdefault(index, []).append((place, number))
    for index, places in marks.items():
        number, block = prose[index]
        marked = block.text
        for place, mark in sorted(places, reverse=True):
            marked = f"{marked[:place]}{OPEN}{mark}{CLOSE}{marked[place:]}"
        blocks[number] = replace(block, text=marked)
    return replace(page, blocks=tuple(blocks))


def _word_start(text: str, at: int) -> int:
    """Return an offset at or shortly before another, at which a mark changes nothing about how the text is read."""
    start = text.rfind("\n", 0, at) + 1
    found = _AT_LINE_START.match(text, start)
    first = found.end() if found else start
    blank = max(text.rfind(" ", first, at), text.rfind("\u3000", first, at)) + 1
    if blank > first:
        return blank
    inside = at > first and not text[at].isascii() and not text[at - 1].isascii()
    return at if inside else first
