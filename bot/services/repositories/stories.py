"""Stories and their standing in the calendar."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.schedule.calendar import Standing
from bot.domain.stories.story import Story


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """What the database remembers of a story: its last sound description and its standing in the calendar."""

    story: Story
    standing: Standing
    delay_reason: str | None = None
    hiatus_reason: str | None = None


class Stories(Protocol):
    """Stories by slug."""

    async def all(self) -> list[StoryRecord]:
        """Every story ever seen, by title."""
        ...

    async def many(self, slugs: Collection[str]) -> list[StoryRecord]:
        """Those of these slugs that there are."""
        ...

    async def marks(self) -> dict[str, Hashable]:
        """For every story something that is another as soon as its record is, and is quick to come by."""
        ...

    async def get(self, slug: str) -> StoryRecord | None: ...

    async def about(self, slug: str) -> Story | None:
        """The description alone, which is quicker to come by."""
        ...

    async def add(
        self,
        new: Story,
        *,
        first_seen: datetime,
        settled_until: datetime,
        seen: Collection[str] | None = None,
    ) -> None:
        """Remember a story seen for the first time, and which of its chapters have been looked at."""
        ...

    async def describe(self, changed: Story) -> None:
        """Replace the description; the standing stays."""
        ...

    async def settle(
        self, slug: str, *, was: datetime, until: datetime, seen: Collection[str] | None = None
    ) -> bool:
        """Move the mark up to which slots are dealt with, if it is still at `was`, and remember the chapters seen
        (None: as they are); forgets emptied slots before the mark."""
        ...

    async def empty_slot(self, slug: str, slot: datetime) -> None:
        """A slot whose chapter went out by hand: nothing comes out at it."""
        ...

    async def delay(self, slug: str, until: datetime | None, reason: str | None) -> None:
        """Set or lift (None) a delay."""
        ...

    async def hiatus(self, slug: str, since: datetime | None, reason: str | None) -> None:
        """Set or lift (None) a hiatus."""
        ...
