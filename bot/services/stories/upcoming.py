"""What comes next: the calendar of a story as files and database have it together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Literal

from bot.domain.schedule.calendar_state import CalendarState, PlannedRelease
from bot.domain.schedule.release_calendar import plan_releases
from bot.domain.stories.story import Serial, Status
from bot.services.stories.library import Library
from bot.store.stories.story_records import StoryRecord


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """Why nothing comes out for now. `until` is None where nobody has said."""

    kind: Literal["hiatus", "delay"]
    until: datetime | None
    reason: str | None


class Unscheduled(StrEnum):
    """Why nobody can say when the next chapter comes, though nothing holds the story."""

    COMPLETE = "complete"
    UNFINISHED = "unfinished"
    UNPLANNED = "unplanned"


class ContentHitch(StrEnum):
    """What an author has to mend before a story can go on, or (`DESCRIPTION`) before its changes count."""

    AWAY = "away"
    BROKEN = "broken"
    DESCRIPTION = "description"


class UpcomingReleases:
    """Looks ahead in the stories' calendars."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def serial(self, slug: str) -> Serial | None:
        """The story's files, if they are there and sound."""
        return self._library.serials().get(slug)

    def content_hitch(self, record: StoryRecord) -> ContentHitch | None:
        """What is wrong with the story's files, if it matters to what comes."""
        slug, ailments = record.story.slug, self._library.problems()
        serial = self.serial(slug)
        if serial is None or ailments.content is not None or slug in ailments.folders:
            return ContentHitch.AWAY
        if serial.broken:
            return ContentHitch.BROKEN
        return ContentHitch.DESCRIPTION if slug in ailments.descriptions else None

    def content_fault(self, record: StoryRecord) -> str:
        """What is wrong with the files of a story that are away."""
        slug, ailments = record.story.slug, self._library.problems()
        found = ailments.content or ailments.folders.get(slug) or ailments.descriptions.get(slug)
        return str(found) if found is not None else f"{slug}: there is no such folder."

    def upcoming(self, record: StoryRecord, now: datetime, count: int) -> list[PlannedRelease]:
        """The next releases, `count` at most; none while the story is held without an end or its files are away."""
        return list(islice(self._plan(record, now), count))

    def next_at(self, record: StoryRecord, now: datetime) -> datetime | None:
        """When the next chapter comes, if that is known."""
        return next((due.at for due in self._plan(record, now)), None)

    def hold(self, record: StoryRecord, now: datetime) -> ReleaseHold | None:
        """What holds the story now."""
        standing = record.standing
        if standing.hiatus_since is not None or record.story.status is Status.HIATUS:
            return ReleaseHold("hiatus", None, record.hiatus_reason)
        if standing.delayed_until is not None and standing.delayed_until > now:
            return ReleaseHold("delay", standing.delayed_until, record.delay_reason)
        return None

    def why_unscheduled(self, record: StoryRecord, now: datetime) -> Unscheduled | None:
        """Why there is no next date; None if there is one, or a hold that explains it."""
        if self.hold(record, now) is not None or self.next_at(record, now) is not None:
            return None
        if record.story.status is Status.COMPLETE:
            return Unscheduled.COMPLETE
        serial = self.serial(record.story.slug)
        if serial is None:
            return Unscheduled.UNPLANNED
        released = calendar_state_of(record).released
        waiting = any(not chapter.draft and chapter.key not in released for chapter in serial.chapters)
        return Unscheduled.UNPLANNED if waiting else Unscheduled.UNFINISHED

    def _plan(self, record: StoryRecord, now: datetime) -> Iterator[PlannedRelease]:
        serial = self.serial(record.story.slug)
        if serial is None:
            return iter(())
        return plan_releases(serial.entries, serial.story.release_rules, calendar_state_of(record), now=now)


def calendar_state_of(record: StoryRecord) -> CalendarState:
    """The story's standing, with `status: hiatus` of its file counted as a hiatus."""
    standing = record.standing
    if record.story.status is Status.HIATUS and standing.hiatus_since is None:
        return replace(standing, hiatus_since=standing.settled_until)
    return standing
