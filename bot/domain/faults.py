"""A fault in something an author or an operator wrote: where it is, what is wrong, and the mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """One fault. `line` and `column` count from 1; line 0 speaks of the file as a whole, column 0 of the line.

    A `warning` harms nothing that is read: it names what is passed over.
    """

    file: str
    line: int
    problem: str
    mend: str
    column: int = 0
    warning: bool = False

    def __str__(self) -> str:
        where = ":".join((self.file, *(str(number) for number in (self.line, self.column) if number)))
        return f"{where}: {self.problem}. {self.mend}"
