"""The chapter that comes out when its author publishes now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.pages import TextLength, measure_length
from bot.domain.releases.release_refusals import ChapterBroken, NothingToPublish
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.schedule.release_calendar import publish_now
from bot.domain.stories.story import BrokenChapter, Chapter, Serial
from bot.domain.stories.story_refusals import FilesUnreadable
from bot.services.stories.upcoming import UpcomingReleases, calendar_state_of
from bot.store.stories.story_records import StoryRecord


@dataclass(frozen=True, slots=True)
class NextPublication:
    """A chapter that can be released at once."""

    serial: Serial
    chapter: Chapter
    release: PlannedRelease
    emptied: datetime | None
    """The slot that the release leaves empty."""

    @property
    def length(self) -> TextLength:
        """Return the chapter's length."""
        return measure_length(self.chapter.text)


def find_next_publication(upcoming: UpcomingReleases, record: StoryRecord, now: datetime) -> NextPublication:
    """Find the chapter that can be released now.

    Raises:
        NothingToPublish: No finished chapter waits.
        ChapterBroken: The next chapter has a fault.
        FilesUnreadable: The story's files are gone, or were never sound.
    """
    serial = upcoming.serial(record.story.slug)
    if serial is None:
        raise FilesUnreadable(story=record.story.title, fault=upcoming.content_fault(record))
    found = publish_now(serial.entries, serial.story.release_rules, calendar_state_of(record), now=now)
    chapter = serial.chapter(found[0].chapter) if found is not None else None
    if found is None or chapter is None:
        if serial.broken:
            raise ChapterBroken(story=record.story.title, fault=_named(serial.broken[0]))
        raise NothingToPublish(story=record.story.title)
    return NextPublication(serial, chapter, *found)


def _named(broken: BrokenChapter) -> str:
    """Describe the chapter's fault with the name of its file."""
    fault = replace(broken.fault, file=broken.file)
    return str(fault)
