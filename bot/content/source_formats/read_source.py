"""A source with its pictures, as the readers of formats give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.manuscript_import.source_document import Source

_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class ReadSource:
    """Documents that were read, and a way to their pictures."""

    source: Source
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """By key: returns a picture's bytes. They are read only when they are written."""


class SourceRefused(Exception):
    """A source cannot be imported: it is damaged, protected, dangerous, too large, or of an unknown kind.

    Attributes:
        problem: What is the matter, in one line without a full stop.
        mend: What to do instead, as a sentence.
    """

    def __init__(self, problem: str, mend: str) -> None:
        if len(problem) > _LONGEST_PROBLEM:
            # Names of files are quoted in it.
            problem = f"{problem[: _LONGEST_PROBLEM // 2]}…{problem[-_LONGEST_PROBLEM // 2 :]}"
        super().__init__(f"{problem}. {mend}")
        self.problem = problem
        self.mend = mend
