"""Tables between bars, which Discord does not show, converted into lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.manuscript.offset_tracking import TrackedText

_RULE = r"[ \t]*+\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+"
_TABLE = re.compile(
    r"(?m)^(?P<quote>(?:[ \t]{0,8}>)*+)(?P<head>[^\n|]*+\|[^\n]*+)\n"
    rf"(?P=quote)(?P<rule>{_RULE})$(?P<rows>(?:\n(?P=quote)(?![ \t]*+>)[^\n|]*+\|[^\n]*+)*+)"
)
_CELL = re.compile(r"(?<!\\)\|")
_CELL_OUTSIDE_CODE = re.compile(r"((?:[^|`\\]|\\.|`[^`]*`|`)*)(?:\||$)")
_BETWEEN = " · "


def read_tables(draft: TrackedText) -> None:
    """Write each row of a table as a line, its cells separated by a point, and the head in bold."""
    if "|" in draft.text and "-" in draft.text:
        draft.replace(_TABLE, _lines)


def write_rows(head: Iterable[str], rows: Iterable[Iterable[str]], prefix: str = "") -> str:
    """Return the lines of a table, each behind the prefix but the first; cells without text are left out."""
    name = _BETWEEN.join(cell.replace("**", "") for cell in head if cell)
    lines = [f"**{name}**" if name else "", *(_BETWEEN.join(filter(None, row)) for row in rows)]
    return f"\\\n{prefix}".join(filter(None, lines))


def _lines(found: re.Match[str]) -> str | None:
    head = _cells(found["head"])
    if "|" not in found["rule"] or len(_cells(found["rule"])) != len(head):
        return None
    quote = found["quote"]
    rows = found["rows"].split("\n")[1:]
    prefix = f"{quote} " if quote else ""
    return prefix + write_rows(head, (_cells(row[len(quote) :], len(head)) for row in rows), prefix)


def _cells(row: str, wanted: int = 0) -> list[str]:
    """Split a row at its bars; those in code are text where the row has too many cells otherwise."""
    bare = row.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    cells = _CELL.split(bare)
    if wanted and len(cells) > wanted and "`" in bare:
        cells = [found[1] for found in _CELL_OUTSIDE_CODE.finditer(bare)][: max(wanted, 1)]
    return [cell.strip().replace("\\|", "|") for cell in cells]
