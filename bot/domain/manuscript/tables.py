"""Tables, which Discord does not show, converted into lines of text."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import TrackedText

_RULE = r"[ \t]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+"
_TABLE = re.compile(
    rf"(?m)^(?P<head>[^\n|]*+\|[^\n]*+)\n(?P<rule>{_RULE})$(?P<rows>(?:\n[^\n|]*+\|[^\n]*+)*+)"
)
_CELL = re.compile(r"(?<!\\)\|")
_BETWEEN = " · "


def read_tables(draft: TrackedText) -> None:
    """Write each row of a table as a line, its cells separated by a point, and the head in bold."""
    if "|" in draft.text and "-" in draft.text:
        draft.replace(_TABLE, _lines)


def _lines(found: re.Match[str]) -> str | None:
    head = _cells(found["head"])
    if "|" not in found["rule"] or len(_cells(found["rule"])) != len(head):
        return None
    lines = [f"**{name}**" if (name := _BETWEEN.join(filter(None, head))) else ""]
    lines += [_BETWEEN.join(filter(None, _cells(row))) for row in found["rows"].split("\n")]
    return "\\\n".join(filter(None, lines))


def _cells(row: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(row.strip().strip("|"))]
