"""Footnotes as HTML exports write them: a link to an element with the note's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_FILE = r"(?:[\w./%-]{1,80}\.x?html?)?"
"""The file that a link of an e-book names, also where it is the same."""

_HREF = rf"<a\b[^<>]{{0,300}}\bhref=[\"']?{_FILE}#(?P<id>[^\"'\s<>]{{1,100}})[\"']?[^<>]{{0,300}}>"
_MARK = re.compile(
    rf"(?:<sup\b[^<>]{{0,200}}>\s*)?{_HREF}\s*(?:<sup\b[^<>]{{0,200}}>)?\s*(?P<shown>[\[(]?(?:\d{{1,4}}|[*†‡§]{{1,3}}|[ivxIVX]{{1,6}})[\])]?)"
    r"\s*(?:</sup>\s*)?</a>(?:\s*</sup>)?"
)
_OPENING = re.compile(
    r"<(?P<name>li|p|div|aside|dd)\b[^<>]{0,200}\bid=[\"']?(?P<id>[^\"'\s<>]{1,100})[\"']?[^<>]{0,200}>",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</(?P<name>li|p|div|aside|dd)\s*>", re.IGNORECASE)
_LONGEST = 8000
_NEAR = 40
_BACK = re.compile(
    rf"(?:\s|&#160;|&nbsp;)*(?:<sup\b[^<>]*>\s*)?<a\b[^<>]{{0,300}}\bhref=[\"']?{_FILE}#[^<>]{{1,300}}>"
    r"\s*(?:<sup>)?[\[(]?(?:↩[\ufe0e\ufe0f]?|↑|\^|⤴|⏎|back|\d{1,4}|&#8617;(?:&#xFE0E;|&#65038;)?|&#x21a9;(?:&#xFE0E;)?)[\])]?\.?(?:</sup>)?\s*</a>"
    r"(?:\s*</sup>)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*</p>\s*<p\b[^<>]{0,200}>\s*", re.IGNORECASE)
_EDGE = re.compile(r"\s*</?p\b[^<>]{0,200}>\s*", re.IGNORECASE)
_SECTION_RULE = re.compile(
    r"(?P<section><(?:section|div|aside)\b[^<>]{0,200}footnotes?\b[^<>]{0,200}>\s*)?<hr\b[^<>]{0,80}>(?=\s*<[ou]l\b)",
    re.IGNORECASE,
)


def read_html_footnotes(draft: TrackedText) -> None:
    """Rewrite links to notes and the notes themselves as Markdown's footnotes."""
    text = draft.text
    if "#" not in text or "<a" not in text or " id=" not in text:
        return
    code = CodeLookup(find_code(text))
    marked = {found["id"] for found in _MARK.finditer(text)}
    notes = {
        note.name: note for note in _notes(text) if note.name in marked and code.around(note.start) is None
    }
    inside = sorted((note.start, note.end) for note in notes.values())
    starts = [start for start, _ in inside]
    marks = [
        found
        for found in _MARK.finditer(text)
        if found["id"] in notes and not _within(found.start(), starts, inside)
    ]
    if not marks:
        return
    used = {found["id"] for found in marks}
    edits = [Edit(found.start(), found.end(), f"[^{_name(found['id'])}]") for found in marks]
    for name in used:
        edits += _edits(text, notes[name])
    edits += [
        Edit(found.start(), found.end(), found["section"] or "")
        for found in _SECTION_RULE.finditer(text)
        if found["section"] or _follows(found.end(), starts)
    ]
    edits.sort()
    draft.rewrite(edits)


def _name(name: str) -> str:
    return re.sub(r"[\[\]\s^]", "-", name)


class _Note(NamedTuple):
    name: str
    start: int
    body_start: int
    body_end: int
    end: int


def _notes(text: str) -> Iterator[_Note]:
    """Yield the elements with an id that are closed."""
    ends: dict[str, list[re.Match[str]]] = {}
    for found in _CLOSING.finditer(text):
        ends.setdefault(found["name"].lower(), []).append(found)
    done = 0
    for found in _OPENING.finditer(text):
        closing = ends.get(found["name"].lower(), [])
        at = bisect_left(closing, found.end(), key=_start)
        if found.start() >= done and at < len(closing) and closing[at].start() - found.end() <= _LONGEST:
            done = closing[at].end()
            yield _Note(found["id"], found.start(), found.end(), closing[at].start(), done)


def _start(found: re.Match[str]) -> int:
    return found.start()


def _within(at: int, starts: list[int], stretches: list[tuple[int, int]]) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < stretches[index][1]


def _follows(at: int, starts: list[int]) -> bool:
    """Return whether a note begins soon after an offset."""
    index = bisect_left(starts, at)
    return index < len(starts) and starts[index] - at < _NEAR


def _first_and_longest(spot: tuple[tuple[int, int], str]) -> tuple[int, int]:
    (start, end), _ = spot
    return start, -end


def _edits(text: str, note: _Note) -> list[Edit]:
    """Return the edits that write a note as a definition of one block."""
    start, end = note.body_start, note.body_end
    edits = [Edit(note.start, start, f"\n\n[^{_name(note.name)}]: ")]
    spots = [(one.span(), "") for one in _BACK.finditer(text, start, end)]
    spots += [(one.span(), "\n\n    ") for one in _BETWEEN.finditer(text, start, end)]
    spots += [(one.span(), " ") for one in _EDGE.finditer(text, start, end)]
    at = start
    for (first, last), new in sorted(spots, key=_first_and_longest):
        if first >= at:
            edits.append(Edit(first, last, new))
            at = last
    edits.append(Edit(end, note.end, "\n\n"))
    return edits
