"""Chapters as their files were last found sound."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.domain.stories.story import Chapter


@dataclass(frozen=True, slots=True)
class SoundChapter:
    """What is known of a chapter's file: its identity and digest. `kept` says that the chapter itself is kept, as it is
    until it is out; `cleared` that it was found to be no copy of another."""

    chapter: str
    digest: str
    kept: bool
    cleared: bool


class SoundChapters(Protocol):
    """By story and name of the file."""

    async def of(self, story: str) -> dict[str, SoundChapter]:
        """All of a story."""
        ...

    async def last(self, story: str, file: str) -> Chapter | None:
        """The chapter as it last was, if it is kept."""
        ...

    async def keep(self, story: str, file: str, chapter: Chapter, known: SoundChapter) -> None:
        """Remember it so, in place of what was known of that file."""
        ...

    async def let_go(self, story: str, chapters: Collection[str]) -> None:
        """Those chapters are out, and kept there: only what is known of their files stays."""
        ...

    async def drop(self, story: str, files: Collection[str]) -> None:
        """Those files are gone."""
        ...
