"""Diagnostics: faults in files that an author or an operator wrote, each with its place and remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_SEPARATOR = re.compile(r"[/\\]")
_BELOW = (["chapters"], ["story.yaml"])


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One fault."""

    file: str
    line: int
    """Counted from 1; 0 for the file as a whole."""
    problem: str
    mend: str
    column: int = 0
    """Counted from 1; 0 for the line as a whole."""
    warning: bool = False
    """Set if nothing is lost by it: it names something ignored, or possibly not meant as written."""
    note: bool = False
    """Set if nothing is wrong at all, and something is worth knowing."""

    def __str__(self) -> str:
        where = ":".join((self.file, *(str(number) for number in (self.line, self.column) if number)))
        kind = "worth knowing: " if self.note else "warning: " if self.warning else ""
        return f"{where}: {kind}{self.problem}. {self.mend}"


def without_warnings(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the faults that are not mere warnings."""
    return [fault for fault in faults if not fault.warning]


def is_of_story(fault: Diagnostic, slug: str) -> bool:
    """Return whether a fault is that of a story's folder or of a file in it; a part may be called like a story."""
    steps = [unicodedata.normalize("NFC", step) for step in _SEPARATOR.split(fault.file)]
    return any(
        step == slug and (steps[place + 1 : place + 2] in _BELOW or (place > 0 and place == len(steps) - 1))
        for place, step in enumerate(steps)
        if "chapters" not in steps[max(place - 1, 0) : place]
    )


def short_file_name(fault: Diagnostic) -> str:
    """Return the name of the file at fault, with its folders below that of the chapters: `part-2/ch-01.md`."""
    steps = _SEPARATOR.split(fault.file)
    if steps[-1] == "chapters":
        return steps[-1]
    last = max((place for place, step in enumerate(steps) if step == "chapters"), default=len(steps) - 2)
    return "/".join(steps[last + 1 :])


@dataclass(frozen=True, slots=True)
class ContentProblems:
    """The problems that keep stories from going on, each given by its first fault."""

    content: Diagnostic | None = None
    """The fault of the whole content folder: it is gone, empty, or cannot be read."""
    descriptions: Mapping[str, Diagnostic] = field(default_factory=dict)
    """Faults of story files, by story."""
    folders: Mapping[str, Diagnostic] = field(default_factory=dict)
    """Faults of folders without chapters, by story."""
    chapters: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """Faults of single chapters, by story."""
    withheld: Mapping[str, Diagnostic] = field(default_factory=dict)
    """Stories that are not published though nothing is wrong with their files, with the reason."""
