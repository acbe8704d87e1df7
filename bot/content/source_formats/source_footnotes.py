"""Footnotes of text files: taken out of the text, whatever form they have, and referred to as `[^label]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript_import.source_document import SourceBlock, SourceFootnote

_NAME = r"[^\[\]\s^]{1,100}"
_DEFINITION = re.compile(
    rf"(?m)^[ ]{{0,3}}\[\^(?P<name>{_NAME})\]:[ \t]*+(?P<text>[^\n]*+"
    r"(?:\n(?![ ]{0,3}(?:\[\^|[#>*+-]))[^\s][^\n]*+|\n[ \t]++\S[^\n]*+"
    r"|\n[ \t]*+\n(?:[ ]{4}|\t)[ \t]*+\S[^\n]*+)*+)"
)
_INLINE = re.compile(r"\^(?<![\\\]]\^)\[(?P<text>(?:[^\[\]\n\\]|\\[^\n]|\[[^\[\]\n]{0,500}+\]){1,2000}+)\]")
_GUTENBERG = re.compile(r"\[Footnote (?P<name>[\w*]{1,4}):[ \t\n]*+(?P<text>[^\[\]]{1,3000}+)\]", re.I)
_GUTENBERG_MARK = re.compile(r"[ ]?\[(?P<name>\d{1,3}|[A-Z*])\](?![(:\[])")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")


@dataclass(slots=True)
class FootnoteReader:
    """Collection of the footnotes of a draft."""

    draft: TrackedText
    first_line: int = 1
    lines: set[int] = field(default_factory=set)
    """Lines of the file on which they stand."""
    _notes: dict[str, SourceFootnote] = field(default_factory=dict)

    def read(self, *, plain: bool) -> tuple[SourceFootnote, ...]:
        """Take the footnotes out of the draft; those that a library's plain text has too."""
        if "[^" in self.draft.text:
            self.draft.replace(_DEFINITION, self._take)
        if "^[" in self.draft.text:
            self.draft.replace(_INLINE, self._take_inline)
        if not self._notes and plain and "[Footnote" in self.draft.text:
            self._read_bracketed()
        return tuple(self._notes.values())

    def _add(self, name: str, text: str, start: int, end: int) -> None:
        line = self.draft.place(self.draft.source(start))[0] + self.first_line - 1
        last = self.draft.place(self.draft.source(max(end - 1, start)))[0] + self.first_line - 1
        self.lines.update(range(line, last + 1))
        blocks, at = [], line
        for part in _BLANK_LINE.split(text):
            count = part.strip("\n").count("\n") + 1
            shown = read_manuscript(" ".join(part.split()), is_note=True).text.strip()
            if shown:
                blocks.append(SourceBlock(shown, line=min(at, last), line_count=count))
            at += part.count("\n") + 2
        self._notes.setdefault(name, SourceFootnote(name, tuple(blocks)))

    def _take(self, found: re.Match[str]) -> str:
        self._add(found["name"], found["text"], found.start("name"), found.end())
        return ""

    def _take_inline(self, found: re.Match[str]) -> str:
        name = f"n{len(self._notes) + 1}"
        known = set(self.lines)
        self._add(name, found["text"], found.start(), found.end())
        self.lines = known
        return f"[^{name}]"

    def _read_bracketed(self) -> None:
        """Read notes of Project Gutenberg's form, which may stand after any paragraph."""
        edits: list[Edit] = []
        done = number = 0
        for found in list(_GUTENBERG.finditer(self.draft.text)):
            name = found["name"]
            marks = [
                each
                for each in _GUTENBERG_MARK.finditer(self.draft.text, done, found.start())
                if each["name"] == name
            ]
            if not marks:
                continue
            number += 1
            self._add(str(number), found["text"], found.start(), found.end())
            edits.append(Edit(marks[-1].start(), marks[-1].end(), f"[^{number}]"))
            edits.append(Edit(found.start(), found.end(), ""))
            done = found.end()
        self.draft.rewrite(edits)
