"""Removal of something from a text with the blanks or the line that it leaves empty, and remarks on kinds of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_LINE = re.compile(r"\n[ \t]*+[^\s]")
_BLANKS = " \t"
_POINTS = ".,;:!?…"


def cut_out(text: str, start: int, end: int, done: int = 0) -> Edit:
    """Return the edit that removes `text[start:end]`.

    Its line goes too if there is nothing else on it, otherwise one of the blanks around it. The edit begins at
    `done` or later.
    """
    before, after = start, end
    while before > done and text[before - 1] in _BLANKS:
        before -= 1
    while after < len(text) and text[after] in _BLANKS:
        after += 1
    begins = before == 0 or text[before - 1] == "\n"
    if not begins and "\n" in text[start:end] and _LINE.match(text, after):
        # The line end behind it was its own, not the paragraph's.
        return Edit(before, after + 1, " ")
    if after == len(text) or text[after] == "\n":
        return Edit(before, after + 1, "") if begins and after < len(text) else Edit(before, after, "")
    if begins:
        return Edit(start, after, "")
    if text[after] in _POINTS:
        return Edit(before, after, "")
    return Edit(start, after if before < start else end, "")


@dataclass(slots=True)
class RemarkTally:
    """Remarks of which each kind is made once, at its first place, with the number of the others."""

    draft: TrackedText
    _found: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The place of the first in the author's text, and the number of all."""

    def add(self, kind: str, at: int) -> None:
        """Count one at an offset of the current text."""
        place, count = self._found.get(kind, (-1, 0))
        self._found[kind] = (place if count else self.draft.source(at), count + 1)

    def tell(self, problem: str, mend: str) -> None:
        """Make the remarks; `problem` has a place for the `{kind}`."""
        for kind, (place, count) in self._found.items():
            more = f", and {count - 1} more" if count > 1 else ""
            self.draft.remark_at(place, problem.format(kind=kind) + more, mend)
        self._found.clear()
