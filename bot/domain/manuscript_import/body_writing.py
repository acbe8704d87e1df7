"""Writing of a chapter's blocks as the body of its file, in which each line knows the lines it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript_import.imported_story import ChapterDraft, LineSpan
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    SourceBlock,
    SourceFootnote,
)

BREAK = "***"
_MARK = re.compile(r"\[\^(?P<label>[^\]\s]{1,100})\]")
_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]\n]*+)\]\((?P<key>[^\n]+?)\)(?=[\s\]]|\Z)")
_REMOTE = re.compile(r"[a-z]+:", re.IGNORECASE)
_HARD_END = re.compile(r"(?:\\|[ ]{2,})\Z")
_EMPHASIS_BLANK = re.compile(r"(?<=\w)\xa0(?=\*)|(?<=\*)\xa0(?=\w)")
"""A no-break blank that editors write where emphasis begins or ends."""

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body, with the origin of its lines and the pictures in it."""

    text: str
    spans: tuple[LineSpan, ...]
    pictures: tuple[str, ...]


class BodyWriter:
    """Writer of one chapter."""

    def __init__(self, draft: ChapterDraft) -> None:
        self._draft = draft
        self._notes = {note.label: note for note in draft.footnotes}
        self._order: dict[str, int] = {}
        self._lines: list[str] = []
        self._spans: list[LineSpan] = []
        self._pictures: dict[str, None] = {}

    def write(self) -> WrittenBody:
        """Return the chapter's body."""
        for block in _without_doubled_breaks(self._draft.blocks):
            self._add(self._text(block), block)
        for label in list(self._order):
            self._add_note(self._notes[label])
        text = "\n".join(self._lines).strip("\n")
        return WrittenBody(f"{text}\n" if text else "", tuple(self._spans), tuple(self._pictures))

    def _add(self, text: str, block: SourceBlock) -> None:
        if not text.strip():
            return
        if self._lines:
            self._lines.append("")
        rows = text.split("\n")
        first, count = len(self._lines) + 1, max(block.line_count, 1)
        if len(rows) > 1 and len(rows) == count:
            self._spans += [LineSpan(first + at, 1, block.line + at, 1) for at in range(count)]
        else:
            self._spans.append(LineSpan(first, len(rows), block.line, count))
        self._lines += rows

    def _add_note(self, note: SourceFootnote) -> None:
        """Add a footnote; further paragraphs of it are indented."""
        head = f"[^{self._order[note.label]}]: "
        for number, block in enumerate(note.blocks):
            text = self._with_pictures(block.text).replace("\n", f"\n{_INDENT}")
            self._add(f"{_INDENT if number else head}{text}", block)

    def _text(self, block: SourceBlock) -> str:
        text = _EMPHASIS_BLANK.sub(" ", self._with_pictures(self._with_notes(block.text)))
        match block.kind:
            case BlockKind.HEADING:
                return f"{'#' * max(1, min(block.level, 3))} {' '.join(text.split())}"
            case BlockKind.SCENE_BREAK:
                return BREAK
            case BlockKind.VERSE | BlockKind.PARAGRAPH:
                return keep_lines(text)
        return text

    def _with_notes(self, text: str) -> str:
        def number(found: re.Match[str]) -> str:
            label = found["label"]
            if label not in self._notes:
                return found[0]
            return f"[^{self._order.setdefault(label, len(self._order) + 1)}]"

        return _MARK.sub(number, text) if "[^" in text else text

    def _with_pictures(self, text: str) -> str:
        def local(found: re.Match[str]) -> str:
            key = found["key"]
            if _REMOTE.match(key):
                return found[0]
            self._pictures.setdefault(key)
            return f"![{found['alt']}](images/{key.rpartition('/')[2]})"

        return _PICTURE.sub(local, text) if "![" in text else text


def _without_doubled_breaks(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Return what is shown: scene breaks side by side are one, at the ends none."""
    kept: list[SourceBlock] = []
    for block in blocks:
        if BlockTrait.HIDDEN in block.traits and not block.text.strip():
            continue
        is_break = block.kind is BlockKind.SCENE_BREAK
        if is_break and (not kept or kept[-1].kind is BlockKind.SCENE_BREAK):
            continue
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.SCENE_BREAK:
        kept.pop()
    return kept


def keep_lines(text: str) -> str:
    """Return lines that stay lines when they are read, with a backslash at their ends if they need it."""
    if "\n" not in text:
        return text
    rows = [_HARD_END.sub("", row).rstrip() for row in text.split("\n")]
    hard = "\\\n".join(rows)
    for plain in ("\n".join(_with_blanks(row) for row in rows), "\n".join(rows)):
        if read_manuscript(plain, is_note=True).text == hard:
            return plain
    return hard


def _with_blanks(row: str) -> str:
    """Return a line whose indent is written with blanks, as authors write it."""
    bare = row.lstrip("\xa0 ")
    return " " * (len(row) - len(bare)) + bare
