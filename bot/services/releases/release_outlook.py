"""A story's outlook: its coming releases, and the first release time without a chapter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot.domain.schedule.calendar_state import CalendarState, PlannedRelease
from bot.domain.schedule.release_calendar import first_empty_slot, initial_state, plan_releases
from bot.domain.stories.story import Serial, Status
from bot.services.stories.upcoming import calendar_state_of
from bot.store.stories.story_records import StoryRecord


@dataclass(frozen=True, slots=True)
class ReleaseOutlook:
    """One story's calendar."""

    serial: Serial
    coming: tuple[PlannedRelease, ...]
    dry_at: datetime | None
    """The first slot without a chapter; None without a schedule or on hiatus."""

    def title(self, due: PlannedRelease) -> str:
        """Return the title of a chapter that comes out."""
        chapter = self.serial.chapter(due.chapter)
        return chapter.title if chapter else due.chapter


def outlook_from_files(serial: Serial, start: datetime, most: int | None = None) -> ReleaseOutlook:
    """Return the calendar of the files alone, with the story first seen at `start`; `most` limits the releases."""
    state = initial_state(serial.entries, serial.story.release_rules, now=start)
    if serial.story.status is Status.HIATUS:
        state = replace(state, hiatus_since=state.settled_until)
    return _outlook(serial, state, start, most)


def outlook_from_record(
    serial: Serial, record: StoryRecord | None, now: datetime, most: int | None = None
) -> ReleaseOutlook:
    """Return the calendar as the database has it; a new story's as the bot would begin it now."""
    if record is None:
        return outlook_from_files(serial, now, most)
    return _outlook(serial, calendar_state_of(record), now, most)


def _outlook(serial: Serial, state: CalendarState, now: datetime, most: int | None) -> ReleaseOutlook:
    release_rules = serial.story.release_rules
    coming = tuple(islice(plan_releases(serial.entries, release_rules, state, now=now), most))
    return ReleaseOutlook(serial, coming, first_empty_slot(serial.entries, release_rules, state, now=now))
