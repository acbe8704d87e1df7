"""Release of chapters that are due, and the deliveries planned for every subscription."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.pages import count_words
from bot.domain.releases.release import Release
from bot.domain.schedule.calendar_state import CalendarState, CalendarUpdate, PlannedRelease
from bot.domain.schedule.release_calendar import check_calendar, next_slot, next_wake
from bot.domain.stories.story import Serial, Story
from bot.domain.subscriptions.subscription import Subscription
from bot.services.delivery.delivery_planning import (
    plan_deliveries,
    plan_own_schedule_deliveries,
    space_out_overdue,
)
from bot.services.stories.chapter_pictures import read_pictures
from bot.services.stories.content_source import ContentSource
from bot.services.stories.upcoming import calendar_state_of
from bot.services.suggestions.credits import credit_release
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.releases.release_records import NewRelease
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_CLOCK_AGAIN = timedelta(seconds=5)
"""Delay until the next try while the clock is not trusted."""

_LONGEST_WAIT = timedelta(minutes=6)
"""Longer than any wait for something that failed temporarily."""

_LONGEST_REST = timedelta(hours=2)
"""Longer than any wait for what Discord refuses temporarily, and for panels that it refused to edit."""

_LONGEST_PUBLICATION = timedelta(days=2)
_LONGEST_NOTICE = timedelta(days=1)
"""The same limits for crossposts and for notices."""

_BATCH = 500
"""Subscriptions with an own schedule handled in one transaction, so that nobody else waits long for it."""


@dataclass(frozen=True, slots=True)
class _Look:
    """The last look at a story."""

    serial: Serial
    mark: Hashable
    moment: datetime | None
    """When the story needs the next look if neither files nor database change."""


class ReleasePublisher:
    """Releases what is due and plans its deliveries, in one transaction per story.

    `right` returns whether the clock can be trusted.
    """

    def __init__(
        self,
        store: Database,
        content: ContentSource,
        clock: Clock,
        *,
        catch_up_gap: timedelta,
        right: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._content = content
        self._clock = clock
        self._catch_up_gap = catch_up_gap
        self.is_clock_right = right
        self._looks: dict[str, _Look] = {}

    async def publish_due(self) -> datetime | None:
        """Release everything that is due. Return when to run again at the latest, if anything is to come.

        Running it twice, or late, is harmless: a released chapter is not released again. While the clock is not
        trusted, nothing is released, and nothing is lost by that.
        """
        now = self._clock.now()
        if not self.is_clock_right():
            return now + _CLOCK_AGAIN
        # Loading a story's record costs queries, so only stories are loaded that have changed or whose moment came.
        serials = self._content.serials()
        async with self._store.read() as tx:
            marks = await tx.stories.list_versions()
            worth = [
                slug for slug in serials if slug in marks and self._may_be_due(serials[slug], marks, now)
            ]
            records = await tx.stories.get_many(worth)
        for record in records:
            slug = record.story.slug
            serial = serials[slug]
            try:
                await self._release_due(record, serial, now)
            except DatabaseAway:
                raise
            except Exception:
                # One story's trouble must not keep the others from their slots.
                _log.exception("%s could not be released", slug, extra={"action": "release_failed"})
                self._looks.pop(slug, None)
            else:
                # Computed from the state before the release: a change of it alters the mark, which forces a new look.
                moment = next_wake(
                    serial.entries, serial.story.release_rules, calendar_state_of(record), now=now
                )
                self._looks[slug] = _Look(serial, marks[slug], moment)
        own = await self._keep_paces(now)
        moments = [look.moment for slug, look in self._looks.items() if slug in serials]
        return min((moment for moment in (*moments, own) if moment is not None), default=None)

    async def space_out_overdue(self) -> None:
        """Spread deliveries that became overdue together, with the gap they were planned with."""
        now = self._clock.now()
        async with self._store.begin() as tx:
            count = await space_out_overdue(tx, now, lambda story: self._gap(story, now))
        if count:
            _log.info("%d overdue posts are spaced out", count, extra={"action": "spaced_out"})

    async def bring_forward(self, *, was_wrong: bool = False) -> None:
        """Bring forward waits that were computed while the clock was wrong.

        With `was_wrong` the clock has just become right, so waits of a few minutes count too. Otherwise such a wait may
        be one that Discord asked for, which must not be cut short again and again.
        """
        if not self.is_clock_right():
            return
        now = self._clock.now()
        longest = max(_LONGEST_WAIT if was_wrong else _LONGEST_REST, 2 * self._catch_up_gap)
        async with self._store.begin() as tx:
            count = await tx.deliveries.clamp_due_times(now, longest)
            await tx.crossposts.clamp_due_times(now, now + _LONGEST_PUBLICATION)
            await tx.panels.clamp_due_times(now, now + _LONGEST_REST)
            await tx.polls.clamp_due_times(now, now + _LONGEST_REST)
            await tx.notices.clamp_due_times(now, now + _LONGEST_NOTICE)
            await tx.calendar_notices.clamp_due_times(now, now + _LONGEST_NOTICE)
        if count:
            _log.info("posts in %d destinations no longer wait", count, extra={"action": "clock_set_right"})

    def _gap(self, story: Story, now: datetime) -> timedelta:
        return story.release_rules.catch_up_gap(now, longest=self._catch_up_gap)

    def _may_be_due(self, serial: Serial, marks: Mapping[str, Hashable], now: datetime) -> bool:
        """Return whether the story has changed since its last look, or its next moment has come."""
        look = self._looks.get(serial.story.slug)
        if look is None or look.serial is not serial or look.mark != marks[serial.story.slug]:
            return True
        return look.moment is not None and look.moment <= now

    async def _keep_paces(self, now: datetime) -> datetime | None:
        """Plan deliveries for channels with their own schedule. Return when the next of their slots is.

        Only subscriptions with a slot that has come are loaded. Hiatus, delays and files of the story do not matter to
        them.
        """
        async with self._store.read() as tx:
            first = await tx.subscriptions.find_next_slot()
        if first is None or first > now:
            return first
        while True:
            async with self._store.begin() as tx:
                due_now = await tx.subscriptions.list_due_paced(now, _BATCH)
                by_story: dict[str, list[Subscription]] = defaultdict(list)
                for subscription in due_now:
                    by_story[subscription.story].append(subscription)
                for slug, members in by_story.items():
                    record = await tx.stories.get(slug)
                    if record is not None:
                        await plan_own_schedule_deliveries(
                            tx, record.story, members, now, gap=self._gap(record.story, now)
                        )
                if len(due_now) < _BATCH:
                    return await tx.subscriptions.find_next_slot()

    async def _release_due(self, record: StoryRecord, serial: Serial, now: datetime) -> None:
        """Release what is due of one story, all of it together with the mark that it was, or nothing."""
        story, state = serial.story, calendar_state_of(record)
        result = check_calendar(serial.entries, story.release_rules, state, now=now)
        if not _changes(story, state, result, now):
            return
        chapters = [(serial.chapter(key), key) for key in result.backlog]
        news = [
            await self._new(
                serial,
                PlannedRelease(key, chapter.publish_at or now, late=True, slot=False),
                now,
                backlog=True,
            )
            for chapter, key in chapters
            if chapter is not None
        ]
        news += [await self.build_release(serial, release, now) for release in result.releases]
        async with self._store.begin() as tx:
            if await tx.stories.advance_slots(
                story.slug, was=record.calendar.settled_until, until=result.settled_until, seen=result.seen
            ):
                await self.record_releases(tx, story, news, now, slot=_slot_passed(story, state, now))

    async def build_release(self, serial: Serial, release: PlannedRelease, now: datetime) -> NewRelease:
        """Build the record of a due chapter and read its pictures from the files."""
        return await self._new(serial, release, now, backlog=False)

    async def _new(
        self, serial: Serial, release: PlannedRelease, now: datetime, *, backlog: bool
    ) -> NewRelease:
        chapter = serial.chapter(release.chapter)
        if chapter is None:
            raise ValueError(f"{release.chapter} is not among the chapters it was found in")
        return NewRelease(
            story=serial.story.slug,
            chapter=chapter,
            at=release.at,
            released_at=now,
            words=count_words(chapter.text),
            backlog=backlog,
            pictures=await read_pictures(self._content, serial.story.slug, chapter, serial.story.cover),
        )

    async def record_releases(
        self,
        tx: Transaction,
        story: Story,
        news: Sequence[NewRelease],
        now: datetime,
        *,
        slot: bool = False,
    ) -> list[Release]:
        """Record releases and plan their deliveries inside the caller's transaction.

        A backlog is not announced to subscriptions that have everything before it. With `slot` a slot has passed; even
        one that found no chapter moves the subscriptions forward that the catch-up rule `ONE` keeps behind. The people
        behind credited suggestions are notified.
        """
        level = await tx.releases.count(story.slug)
        released = []
        for new in news:
            release = await tx.releases.add(new)
            if release is not None:
                released.append(release)
                await credit_release(tx, story, release, new.chapter.thanks, now)
        backlog = sum(release.backlog for release in released)
        if backlog:
            await tx.subscriptions.move_all(story.slug, was=level, to=level + backlog)
        for release in released:
            _log.info(
                "%s: chapter %d, %s, is out",
                story.slug,
                release.number,
                release.chapter,
                extra={"action": "release", "story": story.slug, "chapter": release.chapter},
            )
        fresh = len(released) - backlog
        if fresh or slot:
            subscriptions = await tx.subscriptions.list_by_story(story.slug, paced=False)
            await plan_deliveries(
                tx, story, subscriptions, now, gap=self._gap(story, now), most=max(1, fresh)
            )
        return released


def _changes(story: Story, state: CalendarState, result: CalendarUpdate, now: datetime) -> bool:
    """Return whether there is something to store: a release, a passed slot, or a chapter seen for the first time."""
    if result.releases or result.backlog or result.seen != state.seen:
        return True
    return _slot_passed(story, state, now)


def _slot_passed(story: Story, state: CalendarState, now: datetime) -> bool:
    slot = next_slot(story.release_rules, state, now=state.settled_until)
    return slot is not None and slot <= now
