"""A fault in something an author or an operator wrote: where it is, what is wrong, and the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One fault. `line` and `column` count from 1; line 0 speaks of the file as a whole, column 0 of the line.

    A `warning` harms nothing that is read: it names what is passed over, or may not be as it was meant.
    """

    file: str
    line: int
    problem: str
    mend: str
    column: int = 0
    warning: bool = False

    def __str__(self) -> str:
        where = ":".join((self.file, *(str(number) for number in (self.line, self.column) if number)))
        return f"{where}: {'warning: ' if self.warning else ''}{self.problem}. {self.mend}"


def without_warnings(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The faults without mere warnings."""
    return [fault for fault in faults if not fault.warning]


@dataclass(frozen=True, slots=True)
class ContentProblems:
    """What keeps stories from going on, each by its first fault.

    `content` is the whole folder's: it is gone, empty, or cannot be read. By story: `descriptions` are story files,
    `folders` are those without chapters, `chapters` the single ones at fault.
    """

    content: Diagnostic | None = None
    descriptions: Mapping[str, Diagnostic] = field(default_factory=dict)
    folders: Mapping[str, Diagnostic] = field(default_factory=dict)
    chapters: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
