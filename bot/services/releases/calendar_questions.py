"""Questions to authors before a chapter goes out or a hiatus begins, and the marks by which answers are checked.

A mark fits into a button's id. It stands for what the question showed, so that an answer to an old question is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from bot.domain.pages import TextLength
from bot.domain.releases.release import Release
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.stories.story import Story
from bot.services.releases.calendar_audience import CalendarAudience
from bot.services.releases.next_publication import NextPublication
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.stories.upcoming import ReleaseHold

NOTHING_PLANNED = "0" * 16
"""The token in place of a chapter's where none is planned."""

_NOTICEABLE = 0.05
"""Share of its words by which a chapter may change without another question."""

SHOWN_CHAPTERS = 3


@dataclass(frozen=True, slots=True)
class PublicationMark:
    """Subject of a question: a chapter as it was."""

    chapter: str
    """The chapter's token."""
    state: str
    """A digest (8 hexadecimal digits) of its number, title and content notes, and of the slot that stays empty."""
    count: int
    """Its words or characters."""

    def means(self, other: PublicationMark) -> bool:
        """Return whether an answer to one question is an answer to the other."""
        largest = max(self.count, other.count)
        return (self.chapter, self.state) == (other.chapter, other.state) and abs(
            self.count - other.count
        ) <= _NOTICEABLE * largest


class Outdated(StrEnum):
    """Reason why an answer no longer fits its question."""

    ANOTHER_NEXT = "another"
    """Another chapter is the next."""
    CHANGED = "changed"
    """The chapter, its place, or the calendar has changed."""


@dataclass(frozen=True, slots=True)
class PublicationQuestion:
    """Effects of publishing the next chapter now."""

    story: Story
    title: str
    number: int
    length: TextLength
    warnings: tuple[str, ...]
    emptied: datetime | None
    """The slot that stays empty, if the chapter would have taken one."""
    hold: ReleaseHold | None
    audience: CalendarAudience
    mark: PublicationMark
    outdated: Outdated | None = None
    """Set where the question stands in place of an answer that did not fit."""


@dataclass(frozen=True, slots=True)
class AlreadyReleased:
    """The chapter that was asked about came out meanwhile."""

    story: Story
    release: Release


@dataclass(frozen=True, slots=True)
class HiatusMark:
    """Subject of a question: the calendar as it was."""

    change: int
    """The number of changes of its hold."""
    chapter: str
    """The token of the next planned chapter."""


@dataclass(frozen=True, slots=True)
class HiatusQuestion:
    """Effects of a hiatus."""

    story: Story
    stopped: Sequence[PlannedRelease]
    """The next planned releases."""
    more: int
    """How many more are planned; at most a hundred are counted."""
    titles: Mapping[str, str]
    hold: ReleaseHold | None
    reason: str | None
    audience: CalendarAudience
    mark: HiatusMark
    outdated: bool = False


def build_publication_question(
    next_one: NextPublication, number: int, *, hold: ReleaseHold | None, audience: CalendarAudience
) -> PublicationQuestion:
    """Build the question about a chapter, which will have that number."""
    chapter, emptied, length = next_one.chapter, next_one.emptied, next_one.length
    seen = [number, chapter.title, chapter.warnings, emptied.timestamp() if emptied else None]
    state = hashlib.blake2b(json.dumps(seen).encode(), digest_size=4).hexdigest()
    return PublicationQuestion(
        story=next_one.serial.story,
        title=chapter.title,
        number=number,
        length=length,
        warnings=chapter.warnings,
        emptied=emptied,
        hold=hold,
        audience=audience,
        mark=PublicationMark(chapter_token(chapter.key), state, length.count),
    )


def split_plan(plan: Sequence[PlannedRelease]) -> tuple[Sequence[PlannedRelease], int]:
    """Return the releases to show and the number of those after them."""
    return list(islice(plan, SHOWN_CHAPTERS)), max(0, len(plan) - SHOWN_CHAPTERS)


def planned_token(plan: Sequence[PlannedRelease]) -> str:
    """Return the token of the next planned chapter."""
    return chapter_token(plan[0].chapter) if plan else NOTHING_PLANNED
