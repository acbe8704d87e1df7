"""The list of a story's chapters, as its author sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ChapterFileGone


class ChapterState(StrEnum):
    """State of a chapter, as its author thinks of it."""

    OUT = auto()
    PLANNED = auto()
    """It has a time."""
    WAITING = auto()
    """It is finished, and nothing says when it comes."""
    DRAFT = auto()
    HELD = auto()
    """A fault, or a doubt whether it is a copy, keeps it back."""


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter of the list."""

    file: str
    token: str
    """Identifies it in custom ids."""
    title: str
    place: int
    """Its place in the order of the files, from 1."""
    state: ChapterState
    at: datetime | None = None
    """When it comes, if that is known."""
    has_own_time: bool = False
    fault: str = ""
    is_broken: bool = False
    """Set if its file cannot be read as a chapter, so that nothing in it can be changed from here."""


@dataclass(frozen=True, slots=True)
class RemovedChapter:
    """A chapter that was taken out and can be brought back."""

    name: str
    token: str
    """Identifies it in custom ids, and never one of the list."""
    title: str


@dataclass(frozen=True, slots=True)
class ChapterOverview:
    """All chapters of a story in order."""

    story: Story
    chapters: Sequence[ListedChapter]
    mark: str
    """Eight hexadecimal digits that change with order, texts, drafts and times."""
    is_stale: bool = False
    """Set if nothing was done because the list had changed since it was shown."""
    removed: Sequence[RemovedChapter] = ()
    """What was taken out, the last first."""
    just_removed: RemovedChapter | None = None
    just_restored: str = ""
    """The token of the chapter that was brought back a moment ago."""

    @property
    def first_free_place(self) -> int:
        """The first place that is behind every chapter that is out."""
        return max((each.place for each in self.chapters if each.state is ChapterState.OUT), default=0) + 1

    def chapter(self, token: str) -> ListedChapter:
        """Return the chapter with that token.

        Raises:
            ChapterFileGone: There is none any more.
        """
        found = next((each for each in self.chapters if each.token == token), None)
        if found is None:
            raise ChapterFileGone(story=self.story.title)
        return found
