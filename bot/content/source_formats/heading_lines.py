"""Headings that stand right above or below other lines: they are set apart, so that they are not joined with prose."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript_import.heading_candidates import (
    HeadingSort,
    is_in_capitals,
    is_short_line,
    read_heading,
    show_plain,
)

_LONGEST = 80
_SHORT = 45
_ENDS = (".", ",", ";", "!", "?", "”", '"', "…")
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "“", '"', "»", "«", "*")
_MOST = 20_000
_LINE = re.compile(r"(?m)^[^\n]*\S[^\n]*$")


def set_headings_apart(draft: TrackedText) -> None:
    """Put blank lines around lines that are headings by their words."""
    text = draft.text
    edits: list[Edit] = []
    for found in _LINE.finditer(text):
        line = found[0].strip()
        if len(line) > _LONGEST or line.startswith(("#", ">", "-", "*", "+", "|")):
            continue
        above = text[text.rfind("\n", 0, max(found.start() - 1, 0)) + 1 : max(found.start() - 1, 0)].strip()
        end = text.find("\n", found.end() + 1)
        below = text[found.end() + 1 : end if end >= 0 else len(text)].strip()
        if (not above and not below) or not _is_heading(show_plain(line), above):
            continue
        if above:
            edits.append(Edit(found.start(), found.start(), "\n"))
        if below and not (set(below) <= {"-", "="}):
            edits.append(Edit(found.end(), found.end(), "\n"))
            if _names_chapter(line, below):
                at = end if end >= 0 else len(text)
                edits.append(Edit(at, at, "\n"))
            edits += _part_sentences(text, found.end() + 1)
    draft.rewrite(_without_doubles(edits))


def _part_sentences(text: str, start: int) -> list[Edit]:
    """Return the edits that part the lines of a block if each is a paragraph: it is below a heading without a gap."""
    end = text.find("\n\n", start)
    block = text[start : end if end >= 0 else start + _MOST]
    lines = block.rstrip().split("\n")
    if len(lines) < 2 or not all(line.rstrip().endswith(_SENTENCE_ENDS) for line in lines):
        return []
    at, edits = start, []
    for line in lines[:-1]:
        at += len(line) + 1
        edits.append(Edit(at, at, "\n"))
    return edits


def _is_heading(text: str, above: str) -> bool:
    said = read_heading(text)
    if said is None or said[0] is HeadingSort.ONLY_NUMBER:
        return False
    if text.endswith(_ENDS) and (said[2] is None or not is_in_capitals(text)):
        return False
    return not above or (len(above) < _SHORT and not above.endswith((",", ";")))


def _names_chapter(line: str, below: str) -> bool:
    """Return whether the line below a heading without a name is its name."""
    said = read_heading(show_plain(line))
    return (
        said is not None
        and said[0] is HeadingSort.NUMBERED
        and said[2] is None
        and len(below) < _LONGEST
        and is_short_line(show_plain(below))
    )


def _without_doubles(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or kept[-1].start != edit.start:
            kept.append(edit)
    return kept
