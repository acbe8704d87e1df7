"""Lines of files that people wrote, drawn for a terminal with a mark under one column."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len

from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable
from bot.schemas.text_file import UnreadableFile, read_text

_MARGIN = "    | "
_WIDTH, _BEFORE = 88, 50
"""Most cells of a line that are shown, and of them before the mark."""

_TAB = "    "
_JOINERS = "\u200c\u200d"
_LONGEST_WORD = 24
_RIGHT_TO_LEFT = ("R", "AL")


class SourceLines:
    """Lines of files, read anew for display; of a file that cannot be read there are none."""

    def __init__(self) -> None:
        self._file = ""
        self._lines: Sequence[str] = ()

    def line(self, fault: Diagnostic) -> str:
        """Return the line that a fault is about, empty if there is none to show."""
        if not fault.line:
            return ""
        if fault.file != self._file:
            self._file, self._lines = fault.file, _read(Path(fault.file))
        return self._lines[fault.line - 1] if fault.line <= len(self._lines) else ""


def draw_excerpt(line: str, column: int = 0) -> list[str]:
    """Return a line of a file as it is shown, and below it the mark; nothing of a blank line.

    A long line is cut around the column. In a line with text that runs from right to left the mark repeats the word,
    since terminals do not agree on where that stands.

    Args:
        line: The line, without its end.
        column: The column to mark, from 1; 0 or one beyond the line for no mark.
    """
    if not line.strip():
        return []
    marked = 0 < column <= len(line) + 1
    at = column - 1 if marked else 0
    while 0 < at < len(line) and line[at] not in "\t" and not cell_len(_shown(line[at])):
        at -= 1
    start, end = _window(line, at)
    before = ("…" if start else "") + "".join(map(_shown, line[start:at]))
    text = before + "".join(map(_shown, line[at:end])).rstrip() + ("…" if end < len(line) else "")
    drawn = [f"{_MARGIN}{text}"]
    if marked:
        drawn.append(f"{_MARGIN}{' ' * cell_len(before)}^{_word(line[start:end], line[at:end])}")
    return drawn


def _read(file: Path) -> Sequence[str]:
    try:
        return read_text(file, most=LONGEST_FILE).split("\n")
    except UnreadableFile:
        pass
    try:
        if not file.is_file() or file.stat().st_size > LONGEST_FILE:
            return ()
        raw = file.read_bytes()
    except (OSError, ValueError):
        return ()
    return () if b"\0" in raw else raw.decode("utf-8", "replace").splitlines()


def _window(line: str, at: int) -> tuple[int, int]:
    """Return the start and end of what is shown around an offset."""
    start, cells = at, 0
    while start and cells < _WIDTH:
        start -= 1
        cells += cell_len(_shown(line[start]))
    if not start and cells + _cells(line, at) <= _WIDTH:
        return 0, len(line)
    start, cells = at, 0
    while start and (cells < _BEFORE or not cell_len(_shown(line[start]))):
        start -= 1
        cells += cell_len(_shown(line[start]))
    end = at
    while end < len(line) and (cells < _WIDTH or not cell_len(_shown(line[end]))) and end - at < 4 * _WIDTH:
        cells += cell_len(_shown(line[end]))
        end += 1
    return start, end


def _cells(line: str, at: int) -> int:
    return sum(cell_len(_shown(character)) for character in line[at : at + 4 * _WIDTH])


def _shown(character: str) -> str:
    """Return a character as it is shown: tabs as blanks, what cannot be seen by its code."""
    if character == "\t":
        return _TAB
    if character.isascii():
        return printable(character)
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS:
        return character.encode("unicode_escape").decode("ascii")
    return " " if kind == "Zs" and cell_len(character) == 1 else character


def _word(shown: str, rest: str) -> str:
    """Return the words that name the marked place where a mark under it may stand elsewhere."""
    if not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in shown):
        return ""
    words = rest.split()
    return f" at “{''.join(map(_shown, words[0][:_LONGEST_WORD]))}”" if words else ""
