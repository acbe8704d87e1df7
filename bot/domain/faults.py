"""A fault in something an author or an operator wrote: where it is, what is wrong, and the mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """One fault. `line` counts from 1; 0 speaks of the file as a whole."""

    file: str
    line: int
    problem: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.problem}. {self.mend}"
