"""Values computed of single chapters, kept for as long as their files do not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.content.chapters.chapter_file import ChapterFile

T = TypeVar("T")


@dataclass(slots=True)
class ChapterMemo(Generic[T]):
    """Calls `compute` once for each version of a chapter's file."""

    compute: Callable[[ChapterFile], T]
    _known: dict[str, tuple[ChapterFile, T]] = field(default_factory=dict)

    def of(self, file: ChapterFile) -> T:
        """Return the value of a chapter."""
        known = self._known.get(file.name)
        if known is None or known[0] is not file:
            known = self._known[file.name] = (file, self.compute(file))
        return known[1]

    def forget(self, name: str) -> None:
        """Forget a file that is gone."""
        self._known.pop(name, None)
