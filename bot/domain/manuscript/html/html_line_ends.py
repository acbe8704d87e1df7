"""Lines of Markdown in which HTML ends a line by `<br>`."""

from __future__ import annotations

import re

_ONE_LINE = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]|\|[ \t]|\[\^[^\[\]\n]{1,40}\]:)")
_LEAD = re.compile(r"(?P<marks>[ ]{0,12}(?:>[ ]?){0,9}+)(?P<item>[ ]{0,9}(?:[-*+]|\d{1,2}[.)])[ ]{1,4})?")
_LONGEST = 300
"""Characters before a line end in which the beginning of its line is looked for."""


def is_inside_one_line(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is inside a heading, a row of a table or a footnote, with more behind it."""
    line = _line_start(text, start)
    return (
        line is not None
        and text[end : end + 1] not in ("", "\n")
        and bool(_ONE_LINE.match(text, line, start))
    )


def continuation_prefix(text: str, at: int) -> str:
    """Return what a further line begins with to stay in the quote or the item of a list that `at` is in."""
    line = _line_start(text, at)
    found = None if line is None else _LEAD.match(text, line, at)
    if found is None:
        return ""
    return f"{found['marks'].rstrip()} " if ">" in found["marks"] else " " * len(found["item"] or "")


def skip_blanks(text: str, at: int) -> int:
    """Return the offset of what follows the blanks at an offset."""
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _line_start(text: str, at: int) -> int | None:
    start = text.rfind("\n", max(0, at - _LONGEST), at) + 1
    return None if not start and at > _LONGEST else start
