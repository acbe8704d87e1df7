"""The authors' commands on the calendar: publish now, delay, hiatus and resume."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.releases.calendar_news import CalendarChange, NewsKind
from bot.domain.releases.release import Release
from bot.domain.releases.release_refusals import (
    AlreadyOnHiatus,
    ClockWrong,
    HiatusInFile,
    HoldChanged,
    HoldInPast,
    MomentUnclear,
    NothingHeld,
)
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.schedule.release_calendar import end_hold, first_empty_slot
from bot.domain.stories.story import Status, Story
from bot.services.releases.calendar_audience import CalendarAudience, find_audience
from bot.services.releases.moment_parser import parse_typed_moment
from bot.services.releases.next_publication import NextPublication, find_next_publication
from bot.services.releases.publisher import ReleasePublisher
from bot.services.stories.story_lookup import SHOWN_TEXT, find_story
from bot.services.stories.upcoming import ReleaseHold, UpcomingReleases, calendar_state_of
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord

_SHOWN = 5

_SUGGESTED_DAYS = ("tomorrow", "next monday", "in 7 days", "in 14 days", "end of the month")
_SUGGESTED_SLOTS = 3

_SHOWN_AS = {NewsKind.HIATUS: "hiatus", NewsKind.DELAY: "delay", NewsKind.BACK: None}
"""The kind of hold that news tell of."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A story's calendar after a command."""

    story: Story
    hold: ReleaseHold | None
    upcoming: tuple[PlannedRelease, ...]
    """The next releases."""
    titles: Mapping[str, str]
    """Titles of chapters by their key."""
    first_empty_slot: datetime | None
    """The first slot that no finished chapter fills."""
    published: Release | None = None
    """The chapter that the command released."""
    is_resumable: bool = False
    """Set if the authors can end its hold by a command."""
    change: int = 0
    """The number of changes of its hold so far."""
    offer: CalendarChange | None = None
    """The change that channels and followers may be told of, if there are any."""


class CalendarOverrides:
    """Changes a story's calendar for its authors. Each command returns the calendar after the change."""

    def __init__(
        self, store: Database, upcoming: UpcomingReleases, releasing: ReleasePublisher, clock: Clock
    ) -> None:
        self._store = store
        self._upcoming = upcoming
        self._releasing = releasing
        self._clock = clock

    async def show(self, viewer: Viewer, story: str) -> Calendar:
        """Return the present calendar.

        Raises:
            Refusal: The story is not theirs.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        return await self._calendar(record.story.slug)

    async def publish(self, viewer: Viewer, story: str) -> Calendar:
        """Release the next chapter now. The slot that it would have taken stays empty and nothing else moves.

        Raises:
            Refusal: The story is not theirs.
            NothingToPublish: No finished chapter waits.
            ClockWrong: The machine's clock cannot be trusted.
            ChapterBroken: The next chapter has a fault.
            FilesUnreadable: The story's files are gone, or were never sound.
        """
        record = await self.settle(viewer, story)
        self.require_right_clock()
        return await self.release(record, find_next_publication(self._upcoming, record, self._clock.now()))

    def require_right_clock(self) -> None:
        """Refuse to release anything by a clock that is wrong.

        Raises:
            ClockWrong: The machine's clock cannot be trusted.
        """
        if not self._releasing.is_clock_right():
            raise ClockWrong

    async def release(self, record: StoryRecord, next_one: NextPublication) -> Calendar:
        """Release a chapter now. The calendar names no chapter if it was out already."""
        now, slug = self._clock.now(), record.story.slug
        new = await self._releasing.build_release(next_one.serial, next_one.release, now)
        async with self._store.begin() as tx:
            if next_one.emptied is not None:
                await tx.stories.empty_slot(slug, next_one.emptied)
            released = await self._releasing.record_releases(tx, next_one.serial.story, [new], now)
        return await self._calendar(slug, released[0] if released else None)

    async def delay(self, viewer: Viewer, story: str, until: str, reason: str | None) -> Calendar:
        """Hold all slots before `until`, as typed: a day or a time in the story's zone, or with an offset of its own.

        It may be written in words of English, German or the person's language; see `parse_typed_moment`.

        Raises:
            Refusal: The story is not theirs.
            MomentUnclear: `until` is not a time.
            HoldInPast: It is not in the future.
        """
        record = await self.settle(viewer, story)
        now = self._clock.now()
        moment = await self._parse(viewer, record.story, until)
        if moment is None:
            raise MomentUnclear(text=until.strip()[:SHOWN_TEXT])
        if moment <= now:
            raise HoldInPast(until=until.strip()[:SHOWN_TEXT])
        before = self._upcoming.next_at(record, now)
        async with self._store.begin() as tx:
            await tx.stories.set_delay(record.story.slug, moment, reason)
        return await self._calendar(record.story.slug, offer=(NewsKind.DELAY, before))

    async def suggest_moments(self, viewer: Viewer, story: str, typed: str) -> list[datetime]:
        """Return moments to delay until, in the story's zone: the one that is typed, or else the usual ones.

        The usual ones are the story's next slots, tomorrow and a few days after it.

        Raises:
            Refusal: The story is not theirs.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        zone, now = record.story.release_rules.zone, self._clock.now()
        moment = await self._parse(viewer, record.story, typed) if typed.strip() else None
        if moment is None and typed.strip():
            return []
        found = [moment] if moment is not None else self._usual_moments(record, now)
        return [each.astimezone(zone) for each in found if each > now]

    def _usual_moments(self, record: StoryRecord, now: datetime) -> list[datetime]:
        zone = record.story.release_rules.zone
        slots = [due.at for due in self._upcoming.list_next(record, now, _SUGGESTED_SLOTS)]
        days = (parse_typed_moment(day, zone, now) for day in _SUGGESTED_DAYS)
        return sorted({*slots, *(day for day in days if day is not None)})

    async def _parse(self, viewer: Viewer, story: Story, typed: str) -> datetime | None:
        # In a thread, since the words of some languages take a while to load.
        return await asyncio.to_thread(
            parse_typed_moment, typed, story.release_rules.zone, self._clock.now(), viewer.locale
        )

    async def start_hiatus(self, viewer: Viewer, story: str, reason: str | None) -> Calendar:
        """Hold all slots until further notice.

        Raises:
            Refusal: The story is not theirs.
            AlreadyOnHiatus: It is on hiatus.
        """
        record = await self.settle(viewer, story)
        async with self._store.begin() as tx:
            if not await tx.stories.set_hiatus(record.story.slug, self._clock.now(), reason):
                raise AlreadyOnHiatus(story=record.story.title)
        return await self._calendar(record.story.slug, offer=(NewsKind.HIATUS, None))

    async def resume(self, viewer: Viewer, story: str, change: int | None = None) -> Calendar:
        """End a delay or a hiatus. Slots that passed meanwhile stay empty.

        `change` is the number of the change that set it, where only that one is meant.

        Raises:
            Refusal: The story is not theirs.
            NothingHeld: Its calendar is running.
            HiatusInFile: The hiatus is set in its file.
            HoldChanged: Another delay or hiatus was set since.
        """
        record = await self.settle(viewer, story)
        state = record.calendar
        if not self._is_held(record, self._clock.now()):
            if record.story.status is Status.HIATUS:
                raise HiatusInFile(story=record.story.title)
            raise NothingHeld(story=record.story.title)
        if change not in (None, record.hold_changes):
            raise HoldChanged(story=record.story.title)
        async with self._store.begin() as tx:
            await tx.stories.advance_slots(
                record.story.slug,
                was=state.settled_until,
                until=end_hold(state, now=self._clock.now()).settled_until,
            )
            await tx.stories.set_hiatus(record.story.slug, None, None)
            await tx.stories.set_delay(record.story.slug, None, None)
        return await self._calendar(record.story.slug, offer=(NewsKind.BACK, None))

    def _is_held(self, record: StoryRecord, now: datetime) -> bool:
        state = record.calendar
        return state.hiatus_since is not None or (
            state.delayed_until is not None and state.delayed_until > now
        )

    async def settle(self, viewer: Viewer, story: str) -> StoryRecord:
        """Release what is due first, so that a command changes only the future; return the story after that.

        Raises:
            Refusal: The story is not theirs.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        await self._releasing.publish_due()
        async with self._store.read() as tx:
            return await find_story(tx, viewer, record.story.slug)

    async def _calendar(
        self,
        slug: str,
        published: Release | None = None,
        *,
        offer: tuple[NewsKind, datetime | None] | None = None,
    ) -> Calendar:
        now = self._clock.now()
        async with self._store.read() as tx:
            record = await tx.stories.get(slug)
            audience = await find_audience(tx, slug) if offer is not None else CalendarAudience()
        if record is None:
            raise LookupError(slug)
        serial = self._upcoming.serial(slug)
        dry = (
            first_empty_slot(serial.entries, serial.story.release_rules, calendar_state_of(record), now=now)
            if serial is not None
            else None
        )
        hold = self._upcoming.hold(record, now)
        if offer is not None and (audience.is_empty or _SHOWN_AS[offer[0]] != (hold.kind if hold else None)):
            # Nobody is there to be told, or the story is still held by something else.
            offer = None
        if offer is not None and offer[1] is not None and offer[1] == self._upcoming.next_at(record, now):
            # The delay ends before the next chapter would have come anyway.
            offer = None
        return Calendar(
            story=record.story,
            hold=hold,
            upcoming=tuple(self._upcoming.list_next(record, now, _SHOWN)),
            titles={chapter.key: chapter.title for chapter in serial.chapters} if serial else {},
            first_empty_slot=dry,
            published=published,
            change=record.hold_changes,
            is_resumable=hold is not None and self._is_held(record, now),
            offer=None
            if offer is None or audience.is_empty
            else CalendarChange(offer[0], record.hold_changes, offer[1]),
        )
