"""Notes of the author to the readers, which go from the text to `note_before` and `note_after`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.note_phrases import (
    addresses_readers,
    closes_bracket,
    find_note_label,
    has_speech,
    is_about_writing,
    is_bracketed,
    may_address_readers,
    opens_bracket,
    strip_note_label,
)
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait

BEFORE, AFTER = "note_before", "note_after"

_REASON = "a note of the author’s"
_ADDRESS = "a word to the readers"
_NEAR, _FAR = 15, 40
"""Lines from the end within which a note begins, and within which one does that is set apart."""

_TO_BREAK = 8
"""Lines from a note's heading to the scene break that ends it, at most."""

_MOST_NOTES = 12
"""Notes that are taken from either end of a chapter; where there are more, they are no notes but its form."""

_FEW_ASIDES = 3
"""Notes amid a chapter's text, of which more are its form too."""

_LONGEST_ASIDE = 400
_ABOUT_ITS_PLACE = re.compile(
    r"\b(?:now|here|right|this (?:scene|part|bit|line|song|word|moment|is)|that(?:[’']s| (?:was|is|line|song|part))"
    r"|play|songs?|music|listen|pictures?|images?|photos?|above|below|means?|meaning|translat\w+|pronounced|imagine"
    r"|looks? like|see|remember|reference|flashback|time ?skip|warning|skip)\b",
    re.IGNORECASE,
)
"""Words of a note that says something of the very place where it stands, and is nothing anywhere else."""

_ADDRESS_WORDS = 120
_NO_TEXT = (BlockKind.SCENE_BREAK, BlockKind.PICTURE)


@dataclass(slots=True)
class ChapterNotes:
    """Notes that were taken out of a chapter."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def move_notes(editor: LineEditor) -> ChapterNotes:
    """Take out the author's notes above and below the text; return them."""
    notes = ChapterNotes()
    _move_marked(editor, notes)
    for _ in range(_MOST_NOTES):
        if not _move_top(editor, notes):
            break
    closing = _move_closing_address(editor)
    for _ in range(_MOST_NOTES):
        if (note := _move_end(editor)) is None:
            break
        notes.after.insert(0, note)
        closing = [*_move_closing_address(editor), *closing]
    notes.after = [*_move_asides(editor), *notes.after, *closing]
    return notes


def _move_marked(editor: LineEditor, notes: ChapterNotes) -> None:
    """Move notes that the source marks; one in the middle goes to the nearer end."""
    lines = editor.lines
    body = [
        index
        for index, line in enumerate(lines)
        if BlockTrait.AUTHOR_NOTE not in line.traits and line.kind not in (*_NO_TEXT, BlockKind.HEADING)
    ]
    marked = [index for index, line in enumerate(lines) if BlockTrait.AUTHOR_NOTE in line.traits]
    if not body or not marked:
        return
    middle = (body[0] + body[-1]) / 2
    runs = [
        [index for _, index in run]
        for _, run in groupby(enumerate(marked), key=lambda each: each[1] - each[0])
    ]
    for run in reversed(runs):
        place = BEFORE if run[0] < middle else AFTER
        text = _note_text(lines[run[0] : run[-1] + 1], is_marked=True)
        if editor.move(_REASON, run[0], run[-1], place) and text:
            (notes.before if place == BEFORE else notes.after).insert(0, text)


def _move_top(editor: LineEditor, notes: ChapterNotes) -> bool:
    lines = editor.lines
    start = next((index for index, line in enumerate(lines[:3]) if line.kind is not BlockKind.HEADING), 0)
    if start >= len(lines) or not lines[start].is_prose:
        return False
    if lines[0].kind is BlockKind.HEADING and find_note_label(lines[0].text) is not None:
        start = 0
    end = _end_of_top_note(lines, start)
    reason = _REASON if find_note_label(lines[start].text) is not None else _ADDRESS
    if end is None or not _has_body([*lines[:start], *lines[end + 1 :]]):
        return False
    text = _note_text(lines[start : end + 1])
    last = end + 1 if end + 1 < len(lines) and lines[end + 1].kind is BlockKind.SCENE_BREAK else end
    if editor.move(reason, start, last, BEFORE) and text:
        notes.before.append(text)
    return True


def _end_of_top_note(lines: Sequence[BlockLine], start: int) -> int | None:
    """Return the last line of the note that begins a chapter, or None if there is none."""
    stop = min(len(lines), start + _TO_BREAK + 1)
    rule = next((i for i in range(start, stop) if lines[i].kind is BlockKind.SCENE_BREAK), None)
    first = lines[start].text
    label = find_note_label(first)
    if label is None:
        between = lines[start:rule] if rule is not None else ()
        return rule - 1 if rule is not None and between and _is_address(between) else None
    if is_bracketed(first):
        return start
    if opens_bracket(first):
        return next((i for i in range(start, stop) if closes_bracket(lines[i].text)), start)
    is_alone = label >= len(first)
    if is_alone and rule is not None and rule > start + 1:
        return rule - 1
    end = start + 1 if is_alone and start + 1 < len(lines) else start
    while end + 1 < len(lines) and lines[end + 1].is_prose and is_about_writing(lines[end + 1].text):
        if not may_address_readers(lines[end + 1].text):
            break
        end += 1
    if rule is not None and all(is_about_writing(line.text) for line in lines[end + 1 : rule]):
        end = max(end, rule - 1)
    return end


def _move_end(editor: LineEditor) -> str | None:
    """Move the note with which the chapter ends."""
    lines = editor.lines
    for index in range(len(lines) - 1, max(0, len(lines) - _FAR), -1):
        if not lines[index].is_prose or (label := find_note_label(lines[index].text)) is None:
            continue
        first = index - 1 if lines[index - 1].kind is BlockKind.SCENE_BREAK else index
        if not _is_end_note(lines, index, label, is_apart=first < index) or not _has_body(lines[:first]):
            return None
        text = _note_text(lines[index:])
        return text if editor.move(_REASON, first, len(lines) - 1, AFTER) else ""
    return None


def _is_end_note(lines: Sequence[BlockLine], index: int, label: int, *, is_apart: bool) -> bool:
    """Return whether all lines from a note's label on are the note."""
    text, rest = lines[index].text, lines[index + 1 :]
    if not rest:
        return label < len(text)
    if is_bracketed(text):
        return all(may_address_readers(line.text) for line in rest)
    if is_apart or label >= len(text) or lines[index].kind is BlockKind.HEADING:
        spoken = sum(has_speech(line.text) for line in rest)
        return spoken * 4 <= len(rest) and not any(line.kind is BlockKind.HEADING for line in rest)
    if opens_bracket(text) and closes_bracket(rest[-1].text):
        return True
    return len(rest) <= _NEAR and all(
        may_address_readers(line.text) or is_about_writing(line.text) for line in rest
    )


def _move_asides(editor: LineEditor) -> list[str]:
    """Move notes that are paragraphs of their own in brackets amid the text, unless they belong to their place."""
    lines = editor.lines
    asides = [index for index in range(1, len(lines) - 1) if _is_aside(lines, index)]
    if len(asides) > _FEW_ASIDES:
        return []
    texts: list[str] = []
    for index in reversed(asides):
        text = _note_text(editor.lines[index : index + 1])
        if not _ABOUT_ITS_PLACE.search(text) and editor.move(_REASON, index, index, AFTER) and text:
            texts.insert(0, text)
    return texts


def _is_aside(lines: Sequence[BlockLine], index: int) -> bool:
    line = lines[index]
    if line.kind is not BlockKind.PARAGRAPH or len(line.text) > _LONGEST_ASIDE or not is_bracketed(line.text):
        return False
    if line.block in (lines[index - 1].block, lines[index + 1].block):
        return False
    label = find_note_label(line.text)
    return label is not None and label < len(line.text) - 1


def _move_closing_address(editor: LineEditor) -> list[str]:
    """Move what is said to the readers at the chapter's end without a label."""
    lines = editor.lines
    rule = next(
        (
            i
            for i in range(len(lines) - 1, max(-1, len(lines) - 10), -1)
            if lines[i].kind is BlockKind.SCENE_BREAK
        ),
        None,
    )
    first = None
    if rule is not None and rule + 1 < len(lines) and _is_address(lines[rule + 1 :]):
        first = rule
    else:
        start = len(lines)
        while start > 0 and lines[start - 1].is_prose and may_address_readers(lines[start - 1].text):
            if find_note_label(lines[start - 1].text) is not None:
                return []
            start -= 1
        if any(addresses_readers(line.text) for line in lines[start:]):
            first = start
    if first is None or not _has_body(lines[:first]):
        return []
    if any(find_note_label(line.text) is not None for line in lines[max(first - 6, 0) :]):
        return []
    text = _note_text(lines[first:])
    return [text] if editor.move(_ADDRESS, first, len(lines) - 1, AFTER) and text else []


def _is_address(lines: Sequence[BlockLine]) -> bool:
    """Return whether some lines beyond a scene break are said to the readers as a whole."""
    words = sum(len(line.text.split()) for line in lines)
    return (
        len(lines) <= _TO_BREAK
        and words <= _ADDRESS_WORDS
        and all(line.is_prose and not has_speech(line.text) for line in lines)
        and any(addresses_readers(line.text) for line in lines)
        and sum(may_address_readers(line.text) or is_about_writing(line.text) for line in lines) * 2
        >= len(lines)
    )


def _has_body(lines: Sequence[BlockLine]) -> bool:
    return any(line.kind not in (*_NO_TEXT, BlockKind.HEADING) for line in lines)


def _note_text(lines: Sequence[BlockLine], *, is_marked: bool = False) -> str:
    """Return a note's lines as Markdown, without its label."""
    paragraphs: list[str] = []
    for _, group in groupby(lines, key=lambda line: line.block):
        texts: list[str] = []
        for line in group:
            if line.kind is BlockKind.SCENE_BREAK:
                continue
            label = find_note_label(line.text, is_marked=is_marked)
            text = line.text if label is None else strip_note_label(line.text, label)
            if text.strip():
                texts.append(text)
        if texts:
            paragraphs.append("\n".join(texts))
    note = "\n\n".join(paragraphs)
    if lines and opens_bracket(lines[0].text) and note[-1:] in (")", "]"):
        note = note[:-1].rstrip()
    return note
