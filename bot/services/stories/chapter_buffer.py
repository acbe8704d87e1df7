"""The buffer of a story: its finished chapters that are still to come, and how long they last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.schedule.release_calendar import first_empty_slot
from bot.domain.stories.story import Status
from bot.services.stories.upcoming import UpcomingReleases, calendar_state_of
from bot.store.stories.story_records import StoryRecord

_MOST = 1000
"""Planned releases that are counted, more than two years of daily chapters."""


@dataclass(frozen=True, slots=True)
class ChapterBuffer:
    """The finished chapters of a story that have a date."""

    chapters: int
    lasts_until: datetime | None
    """When the last of them comes out; None without any."""
    dry_at: datetime | None
    """The first slot for which there is none; None where no slot waits for one, as in a complete story."""


def measure_buffer(upcoming: UpcomingReleases, record: StoryRecord, now: datetime) -> ChapterBuffer | None:
    """Return the story's buffer; None while it is held, or if its files cannot be read."""
    serial = upcoming.serial(record.story.slug)
    if serial is None or upcoming.hold(record, now) is not None:
        return None
    coming = upcoming.list_next(record, now, _MOST)
    dry_at = None
    if len(coming) < _MOST and serial.story.status is not Status.COMPLETE:
        state = calendar_state_of(record)
        dry_at = first_empty_slot(serial.entries, serial.story.release_rules, state, now=now)
    return ChapterBuffer(len(coming), coming[-1].at if coming else None, dry_at)
