"""A fault in something an author or an operator wrote: where it is, what is wrong, and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
class Ailments:
    """What keeps stories from going on, each by its first fault.

    `content` is the whole folder's: it is gone, empty, or cannot be read. By story: `descriptions` are story files,
    `folders` are those without chapters, `chapters` the single ones at fault.
    """

    content: FileFault | None = None
    descriptions: Mapping[str, FileFault] = field(default_factory=dict)
    folders: Mapping[str, FileFault] = field(default_factory=dict)
    chapters: Mapping[str, tuple[FileFault, ...]] = field(default_factory=dict)
