"""Values that the release calendar reads and returns: chapters, a story's progress, and releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A chapter as the calendar sees it; a story's entries are in file order."""

    chapter: str
    """The chapter's identity."""
    title: str
    publish_at: datetime | None = None
    draft: bool = False
    former: tuple[str, ...] = ()
    """Identities under which the chapter may be recorded from earlier."""
    broken: bool = False
    """Set if the file cannot be read: until it is mended, no chapter from here on comes out in order."""


@dataclass(frozen=True, slots=True)
class CalendarState:
    """A story's recorded progress through its calendar."""

    first_seen: datetime
    settled_until: datetime
    """Slots at or before this instant have been dealt with."""
    released: frozenset[str] = frozenset()
    skipped_slots: frozenset[datetime] = frozenset()
    """Slots left empty because their chapter was published early."""
    delayed_until: datetime | None = None
    """No slot comes before this instant."""
    hiatus_since: datetime | None = None
    """No slot comes from this instant on."""
    seen: frozenset[str] | None = None
    """Finished chapters seen before. None if they were not recorded: then no chapter found later counts as backlog."""


@dataclass(frozen=True, slots=True)
class PlannedRelease:
    """A release in the calendar."""

    chapter: str
    at: datetime
    """The instant that the release belongs to."""
    late: bool
    """Set if that instant passed while the bot was not running."""
    slot: bool
    """Set if the instant is a slot of the schedule."""


@dataclass(frozen=True, slots=True)
class CalendarUpdate:
    """Result of checking a story's calendar; all of it is to be recorded in one transaction."""

    releases: tuple[PlannedRelease, ...]
    """Chapters that come out now, in this order."""
    backlog: tuple[str, ...]
    """Chapters that count as out without being announced."""
    settled_until: datetime
    seen: frozenset[str]
