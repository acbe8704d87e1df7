"""A source with its pictures, as the readers of formats give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.manuscript_import.source_document import Source


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source, and a way to its pictures."""

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
        super().__init__(f"{problem}. {mend}")
        self.problem = problem
        self.mend = mend
