"""Tables of pandoc and reStructuredText that are drawn with dashes: grid, simple and multiline tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.dialects.tables import write_rows
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.text.sign_search import has_sign

_GRID = re.compile(
    r"(?m)^[ ]{0,3}\+(?:[:=-]{3,}\+)+[ \t]*+(?:\n[ ]{0,3}(?:\|[^\n]*\||\+(?:[:=-]{3,}\+)+)[ \t]*+(?=\n|\Z))++"
)
_BOX = re.compile(r"(?m)^[ ]{0,3}\|[-=_]{3,}+\|[ \t]*+(?:\n[ ]{0,3}\|[^\n|]*+\|[ \t]*+(?=\n|\Z))++")
_BORDER = re.compile(r"[+|][-=_:]*+[+|]")
_COLUMNS = re.compile(r"(?m)^[ ]{0,3}(?:-{3,}|={3,})(?:[ ]{1,}(?:-{3,}|={3,}))+[ \t]*+$")
_FULL = re.compile(r"[ ]{0,3}(?:-{6,}|={6,})[ \t]*+")
_DASHES = re.compile("-+|=+")
_GAP = re.compile(r"[ \t]{2,}")
_LINES_MOST = 400


def read_text_tables(draft: TrackedText) -> None:
    """Write each row of a drawn table as a line."""
    text = draft.text
    if "+" in text and ("--+" in text or "==+" in text):
        draft.replace(_GRID, _grid)
    if "|--" in text or "|==" in text or "|__" in text:
        draft.replace(_BOX, lambda found: _box(found[0]))
    if has_sign(text, "-- ") or has_sign(text, "== "):
        code = CodeLookup(find_code(draft.text))
        edits: list[Edit] = []
        for found in _COLUMNS.finditer(draft.text):
            if code.around(found.start()) is not None or (edits and found.start() < edits[-1].end):
                continue
            table = _columns(draft.text, found)
            if table is not None and (not edits or table.start >= edits[-1].end):
                edits.append(table)
        draft.rewrite(edits)


def _box(drawn: str) -> str | None:
    """Return the lines in a box of a single cell, such as a game's status window."""
    rows = [line.strip() for line in drawn.split("\n")]
    return write_rows([], [[row[1:-1].strip()] for row in rows if not _BORDER.fullmatch(row)]) or None


def _grid(found: re.Match[str]) -> str | None:
    if found[0].partition("\n")[0].count("+") == 2:
        return _box(found[0])
    rows: list[list[str]] = []
    head: list[str] = []
    held: list[list[str]] = []
    for line in found[0].split("\n"):
        bare = line.strip()
        if bare.startswith("|"):
            held.append([cell.strip() for cell in bare[1:-1].split("|")])
            continue
        if held:
            rows.append(_joined(held))
            held = []
        if "=" in bare and rows and not head:
            head = rows.pop()
    return write_rows(head, rows) if rows or head else None


def _joined(lines: list[list[str]]) -> list[str]:
    """Return the cells of a row of several lines."""
    width = max(len(line) for line in lines)
    return [" ".join(line[at] for line in lines if at < len(line) and line[at]) for at in range(width)]


def _columns(text: str, rule: re.Match[str]) -> Edit | None:
    """Return the edit for the table whose columns a row of dashes shows, or None if it is no table."""
    columns = [(one.start(), one.end()) for one in _DASHES.finditer(rule[0])]
    above, start, full = _head(text, rule.start())
    rows, end, closed = _rows(text, rule.end(), columns, full=full)
    if not rows or not (above or closed):
        return None
    head = _joined([_cells(line, columns) for line in above]) if above else []
    if closed and not above:
        # The row of dashes that closed it may be the one below the head.
        others, last, closed = _rows(text, end, columns, full=False)
        if others and closed:
            head, rows, end = _joined(rows), others, last
    if any(len(row) < 2 for row in rows) or (above and len(head) < 2):
        return None
    return Edit(start, end, f"{write_rows(head, rows)}\n")


def _head(text: str, at: int) -> tuple[list[str], int, bool]:
    """Return the lines above the dashes, and where the table starts, and whether a full row of dashes is above."""
    lines: list[str] = []
    while at > 0 and len(lines) < 6:
        start = text.rfind("\n", 0, at - 1) + 1
        line = text[start : at - 1]
        if not line.strip():
            break
        if _FULL.fullmatch(line):
            return lines, start, True
        lines.insert(0, line)
        at = start
    return (lines, at, False) if len(lines) < 3 else ([], at, False)


def _rows(
    text: str, at: int, columns: list[tuple[int, int]], *, full: bool
) -> tuple[list[list[str]], int, bool]:
    """Return the rows below the dashes, the end of the table, and whether a row of dashes closes it."""
    rows: list[list[str]] = []
    held: list[list[str]] = []
    spread = False
    for line, end in _lines_from(text, at + 1):
        if _COLUMNS.fullmatch(line) or _FULL.fullmatch(line):
            rows += [_joined(held)] if spread and held else held
            return rows, end, True
        if line.strip():
            held.append(_cells(line, columns))
            at = end
            continue
        if not full:
            break
        spread = True
        if held:
            rows.append(_joined(held))
            held = []
    return (rows + held, at, False) if not full else ([], at, False)


def _lines_from(text: str, at: int) -> Iterator[tuple[str, int]]:
    for _ in range(_LINES_MOST):
        if at >= len(text):
            return
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end], end
        at = end + 1


def _cells(line: str, columns: list[tuple[int, int]]) -> list[str]:
    """Split a row below its dashes; where wide characters move it, at gaps of two blanks."""
    starts = [start for start, _ in columns]
    if line.isascii() or not _GAP.search(line.strip()):
        edges = [0, *starts[1:], max(len(line), starts[-1])]
        if all(edge >= len(line) or line[edge - 1] in " \t" for edge in starts[1:]):
            return [line[first:last].strip() for first, last in pairwise(edges)]
    return [cell for cell in _GAP.split(line.strip()) if cell]
