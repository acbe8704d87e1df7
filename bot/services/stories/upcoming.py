"""Upcoming releases, computed from a story's files and its state in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Literal

from bot.domain.schedule.calendar_state import CalendarState, PlannedRelease
from bot.domain.schedule.release_calendar import plan_releases
from bot.domain.stories.story import Serial, Status, Story
from bot.services.stories.content_source import ContentSource
from bot.store.stories.story_records import StoryRecord


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """The reason that nothing comes out for now."""

    kind: Literal["hiatus", "delay"]
    until: datetime | None
    """The end of the hold; None where it has no set end."""
    reason: str | None


class Unscheduled(StrEnum):
    """The reason that the next chapter has no date although nothing holds the story."""

    COMPLETE = "complete"
    UNFINISHED = "unfinished"
    UNPLANNED = "unplanned"


class ContentHitch(StrEnum):
    """The problem in the files that the author has to fix before the story can continue.

    With `DESCRIPTION` the story continues, but changes of its description have no effect yet.
    """

    AWAY = "away"
    BROKEN = "broken"
    DESCRIPTION = "description"


class UpcomingReleases:
    """Forecast of the stories' calendars."""

    def __init__(self, content: ContentSource) -> None:
        self._content = content

    def serial(self, slug: str) -> Serial | None:
        """Return the story's files, or None if they are missing or broken."""
        return self._content.serials().get(slug)

    def list_stories(self) -> list[Story]:
        """List the stories whose files are known, in no order."""
        return [serial.story for serial in self._content.serials().values()]

    def content_hitch(self, record: StoryRecord) -> ContentHitch | None:
        """Return the problem in the story's files that affects its next releases."""
        slug, ailments = record.story.slug, self._content.problems()
        serial = self.serial(slug)
        if serial is None or ailments.content is not None or slug in ailments.folders:
            return ContentHitch.AWAY
        if serial.broken:
            return ContentHitch.BROKEN
        return ContentHitch.DESCRIPTION if slug in ailments.descriptions else None

    def content_fault(self, record: StoryRecord) -> str:
        """Describe the fault in the files of a story that cannot be read."""
        slug, ailments = record.story.slug, self._content.problems()
        found = (
            ailments.content
            or ailments.withheld.get(slug)
            or ailments.folders.get(slug)
            or ailments.descriptions.get(slug)
        )
        return str(found) if found is not None else f"{slug}: there is no such folder."

    def list_next(self, record: StoryRecord, now: datetime, count: int) -> list[PlannedRelease]:
        """Return up to `count` next releases.

        There are none while the story is held without an end or its files cannot be read.
        """
        return list(islice(self._plan(record, now), count))

    def next_at(self, record: StoryRecord, now: datetime) -> datetime | None:
        """Return the time of the next chapter, if it is known."""
        return next((due.at for due in self._plan(record, now)), None)

    def hold(self, record: StoryRecord, now: datetime) -> ReleaseHold | None:
        """Return the present hold of the story, if there is one."""
        state = record.calendar
        if state.hiatus_since is not None or record.story.status is Status.HIATUS:
            return ReleaseHold("hiatus", None, record.hiatus_reason)
        if state.delayed_until is not None and state.delayed_until > now:
            return ReleaseHold("delay", state.delayed_until, record.delay_reason)
        return None

    def why_unscheduled(self, record: StoryRecord, now: datetime) -> Unscheduled | None:
        """Return the reason that there is no next date; None if there is one, or a hold that explains it."""
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
    """Return the story's calendar state, in which `status: hiatus` of its file counts as a hiatus."""
    state = record.calendar
    if record.story.status is Status.HIATUS and state.hiatus_since is None:
        return replace(state, hiatus_since=state.settled_until)
    return state
