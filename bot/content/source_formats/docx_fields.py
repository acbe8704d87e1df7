"""Fields of a DOCX file: instructions that are never shown, and their results, which mostly are."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_UNSHOWN = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|XE|TC|DATE|TIME|SAVEDATE|PRINTDATE)\b", re.IGNORECASE
)
_LONGEST = 4000


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    is_result: bool = False


class DocxFields:
    """The fields that are open at a place of the text."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def is_shown(self) -> bool:
        """Return whether text at this place is the result of all fields around it."""
        return all(each.is_result and not _UNSHOWN.match(each.instruction) for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Return whether a table of contents is open."""
        return any(each.is_result and _CONTENTS.match(each.instruction) for each in self._open)

    @property
    def link(self) -> str | None:
        """Return the address that text at this place links to."""
        found = [
            match[1] for each in self._open if each.is_result and (match := _LINK.match(each.instruction))
        ]
        return found[-1] if found else None

    def begin(self) -> None:
        """Open a field."""
        self._open.append(_Field())

    def add(self, instruction: str) -> None:
        """Continue the instruction of the innermost field."""
        if self._open and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += instruction

    def separate(self) -> None:
        """End the instruction: the result begins."""
        if self._open:
            self._open[-1].is_result = True

    def end(self) -> None:
        """Close the innermost field."""
        if self._open:
            self._open.pop()

    def end_paragraph(self) -> None:
        """Close what cannot reach into the next paragraph: only tables of contents do."""
        self._open = [each for each in self._open if each.is_result and _CONTENTS.match(each.instruction)]

    def leave_contents(self) -> None:
        """Close tables of contents."""
        self._open = [each for each in self._open if not _CONTENTS.match(each.instruction)]
