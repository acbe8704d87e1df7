"""Verse by marks: pandoc's line blocks, and the indents of lines in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript.lines.line_layout import with_hard_end, with_visible_indent
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.pages.markdown_syntax import inner_marker

_ROW = r"\|(?:[ \t][^\n]*+)?(?=\n|\Z)"
_BLOCK = re.compile(rf"(?:(?<=\n)|\A){_ROW}(?:\n(?:{_ROW}|[ \t]++(?![ \t\n|])[^\n]++))*+")
_QUOTED = re.compile(
    r"(?:(?<=\n)|\A)[ \t]{0,3}>(?:[ \t]?>)*+(?P<indent>[ \t\u3000]++)(?P<line>[^\s>][^\n]*+)"
)
_CODE_INDENT = 2


def read_line_blocks(draft: TrackedText) -> None:
    """Turn lines that begin with a bar into lines with hard ends, and keep their indents.

    Indented lines that continue the line above are joined to it. Rows of a table, which end with a bar as well,
    stay.
    """
    if "|" in draft.text and ("\n| " in draft.text or draft.text.startswith("| ")):
        draft.replace(_BLOCK, _line_block)


def _line_block(found: re.Match[str]) -> str | None:
    rows: list[str] = []
    for line in found[0].split("\n"):
        if line.startswith("|"):
            rows.append(line[2:])
        else:
            rows[-1] = f"{rows[-1].rstrip()} {line.strip()}"
    if all(row.rstrip().endswith("|") or not row.strip() for row in rows) or (
        len(rows) == 1 and "|" in rows[0]
    ):
        return None
    return "\n".join(_lines(rows))


def _lines(rows: Sequence[str]) -> list[str]:
    """Return the lines; a row with nothing in it parts stanzas."""
    lines = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1 or not rows[number + 1].strip()
        inset = with_visible_indent(row.rstrip())
        lines.append(inset if last or not row.strip() else with_hard_end(inset))
    return lines


def keep_quoted_indents(draft: TrackedText) -> None:
    """Keep the indents of verse in quotes, which the parser would drop."""
    text = draft.text
    if ">" in text and any(sign in text for sign in (">  ", ">\t", "> \t", ">\u3000", "> \u3000")):
        draft.replace(_QUOTED, _quoted)


def _quoted(found: re.Match[str]) -> Edit | None:
    spread = found["indent"].expandtabs(4)
    if (
        (len(spread) <= _CODE_INDENT and "\u3000" not in spread)
        or inner_marker(found["line"]) is not None
        or found["line"][0] in "|`"
    ):
        return None
    kept = with_visible_indent(f"{spread.removeprefix(' ')}x")[:-1]
    return Edit(found.start("indent"), found.start("line"), f" {kept}")
