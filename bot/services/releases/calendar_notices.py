"""Notices of a hiatus, its end or a delay: to subscribed channels, and to followers through the outbox.

They are sent only when an author asks for it, once for each change and destination.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.message_templates import Reason
from bot.domain.releases.calendar_news import (
    CALENDAR_NEWS,
    CalendarChange,
    CalendarNews,
    CalendarNoticeState,
    NewsKind,
)
from bot.domain.releases.release_refusals import HoldChanged
from bot.domain.stories.story import Story
from bot.kit.message_nonces import new_nonce
from bot.services.releases.calendar_audience import CalendarAudience, find_audience
from bot.services.releases.calendar_notice_sender import CalendarNoticeSender
from bot.services.stories.story_lookup import find_story
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.notifications.notice_records import NewNotice
from bot.store.releases.calendar_notice_records import NewCalendarNotice
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_PATIENCE = timedelta(seconds=8)
"""How long an author waits for the channels to be told before the answer comes anyway."""

_KEY = "calendar"
"""Begins the keys of direct messages about a calendar, before subscription and change."""

_ASKED_FOLLOWERS = 20
"""Followers whose messages are looked through for a story's notes."""


@dataclass(frozen=True, slots=True)
class NewsPreview:
    """News that would be told, and its audience."""

    story: Story
    change: CalendarChange
    news: CalendarNews
    audience: CalendarAudience
    silent_forums: int
    """Forums among the channels in which no chapter was posted yet, so there is no place for a notice."""
    has_reason: bool
    """Set if the author has left a note, told or not."""


@dataclass(frozen=True, slots=True)
class NewsReport:
    """Progress of telling the channels and followers."""

    story: Story
    change: CalendarChange
    told: int
    waiting: int
    refusals: Sequence[tuple[Reason, int]]
    """The reasons of channels that did not take it, each with their number."""
    followers: int
    """Followers who get it by direct message."""
    audience: CalendarAudience
    silent_forums: int
    has_reason: bool


class CalendarNotices:
    """Tells channels and followers of a change of a story's calendar."""

    def __init__(
        self, store: Database, upcoming: UpcomingReleases, sender: CalendarNoticeSender, clock: Clock
    ) -> None:
        self._store = store
        self._upcoming = upcoming
        self._sender = sender
        self._clock = clock
        self._running: set[asyncio.Task[datetime | None]] = set()

    async def preview(
        self, viewer: Viewer, story: str, change: CalendarChange, *, with_reason: bool = True
    ) -> NewsPreview:
        """Return what would be told.

        Raises:
            Refusal: The story is not theirs.
            HoldChanged: The calendar has changed since.
        """
        async with self._store.read() as tx:
            record = await self._require(tx, viewer, story, change)
            audience, threads = await self._find_places(tx, record)
            news = await self._news(tx, record, change)
        silent = sum(each.id not in threads for each in audience.channels)
        shown = news if with_reason else news.without_reason()
        return NewsPreview(record.story, change, shown, audience, silent, bool(news.reason))

    async def send(
        self, viewer: Viewer, story: str, change: CalendarChange, *, with_reason: bool = True
    ) -> NewsReport:
        """Tell everybody who was not told of that change yet, and return how far it went within a few seconds.

        Raises:
            Refusal: The story is not theirs.
            HoldChanged: The calendar has changed since.
        """
        async with self._store.begin() as tx:
            record = await self._require(tx, viewer, story, change)
            audience, threads = await self._find_places(tx, record)
            news = await self._news(tx, record, change)
            news = news if with_reason else news.without_reason()
            await self._enter(tx, record, change.number, news, (audience, threads))
        await self.sweep_for_a_while()
        return await self.report(viewer, story, change)

    async def find_note_audience(self, record: StoryRecord) -> tuple[CalendarAudience, int]:
        """Return who gets a note, and the number of forums that have no place for it."""
        async with self._store.read() as tx:
            audience, places = await self._find_places(tx, record, with_paced=True)
        return audience, sum(each.id not in places for each in audience.channels)

    async def list_notes(self, story: str, since: int) -> frozenset[int]:
        """Return the numbers of a story's notes from the number `since` on; later ones are lower."""
        async with self._store.read() as tx:
            posted = await tx.calendar_notices.list_note_numbers(story, since)
            # A story that nobody but followers reads has no notices to channels. Whoever follows longest has all.
            followers = (await find_audience(tx, story)).followers[:_ASKED_FOLLOWERS]
            keys = [key for each in followers for key in await tx.notices.list_keys(f"{_KEY}:{each.id}:-")]
        told = {int(key.rpartition(":")[2]) for key in keys}
        return posted | {number for number in told if number <= since}

    async def enter_note(self, record: StoryRecord, number: int, by: str, text: str) -> int:
        """Owe a note to everybody; return its number, which is the next free one if another note has it.

        The same note with the same number is owed once.
        """
        news = CalendarNews(NewsKind.NOTE, reason=text, by=by)
        async with self._store.begin() as tx:
            while any(
                each.news != news
                for each in await tx.calendar_notices.list_by_change(record.story.slug, number)
            ):
                number -= 1
            places = await self._find_places(tx, record, with_paced=True)
            await self._enter(tx, record, number, news, places)
        return number

    async def _enter(
        self,
        tx: Transaction,
        record: StoryRecord,
        number: int,
        news: CalendarNews,
        places: tuple[CalendarAudience, dict[int, int]],
    ) -> None:
        now, slug = self._clock.now(), record.story.slug
        audience, threads = places
        await tx.calendar_notices.add_all(
            [
                NewCalendarNotice(each.id, slug, number, threads[each.id], news, new_nonce())
                for each in audience.channels
                if each.id in threads
            ],
            now,
        )
        await tx.notices.add_all(
            [
                NewNotice(
                    each.user_id,
                    CALENDAR_NEWS,
                    news.to_facts() | {"story": record.story.title, "slug": slug},
                    f"{_KEY}:{each.id}:{number}",
                    new_nonce(),
                )
                for each in audience.followers
                if each.user_id is not None
            ],
            now=now,
        )

    async def sweep_for_a_while(self) -> None:
        """Send what is due for a few seconds; it goes on in the background where it takes longer."""
        task = asyncio.create_task(self.sweep())
        self._running.add(task)
        task.add_done_callback(self._finish)
        await asyncio.wait([task], timeout=_PATIENCE.total_seconds())

    async def report(self, viewer: Viewer, story: str, change: CalendarChange) -> NewsReport:
        """Return how far the channels have been told of a change, even if the calendar has changed again.

        Raises:
            Refusal: The story is not theirs.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            is_note = change.kind is NewsKind.NOTE
            audience, threads = await self._find_places(tx, record, with_paced=is_note)
            notices = await tx.calendar_notices.list_by_change(record.story.slug, change.number)
        states = Counter(each.state for each in notices)
        refused = [each.fault for each in notices if each.state is CalendarNoticeState.REFUSED and each.fault]
        return NewsReport(
            story=record.story,
            change=change,
            told=states[CalendarNoticeState.SENT],
            waiting=states[CalendarNoticeState.DUE],
            refusals=_count(refused),
            followers=sum(each.user_id is not None for each in audience.followers),
            audience=audience,
            silent_forums=sum(each.id not in threads for each in audience.channels),
            has_reason=any(each.news.reason for each in notices),
        )

    async def sweep(self) -> datetime | None:
        """Send what is due. Return when there will be more, if that is known."""
        return await self._sender.sweep()

    def _finish(self, task: asyncio.Task[datetime | None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The background job tries again.
            _log.warning("a sweep ended early (%s)", error, extra={"action": "calendar_notices_later"})

    async def _require(
        self, tx: Transaction, viewer: Viewer, story: str, change: CalendarChange
    ) -> StoryRecord:
        record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        if record.hold_changes != change.number:
            raise HoldChanged(story=record.story.title)
        return record

    async def _find_places(
        self, tx: Transaction, record: StoryRecord, *, with_paced: bool = False
    ) -> tuple[CalendarAudience, dict[int, int]]:
        """Return the audience, and by subscription the channel or thread that takes a message."""
        audience = await find_audience(tx, record.story.slug, with_paced=with_paced)
        if record.story.rating.age_restricted:
            # Such a story comes to nobody by direct message, and neither does news of it.
            audience = replace(audience, followers=())
        places = {}
        for each in audience.channels:
            place = await tx.calendar_notices.find_forum_thread(each.id) if each.forum else each.channel_id
            if place is not None:
                places[each.id] = place
        return audience, places

    async def _news(self, tx: Transaction, record: StoryRecord, change: CalendarChange) -> CalendarNews:
        next_at = self._upcoming.next_at(record, self._clock.now())
        number = await tx.releases.count(record.story.slug) + 1 if next_at is not None else None
        match change.kind:
            case NewsKind.HIATUS:
                return CalendarNews(change.kind, reason=record.hiatus_reason or "")
            case NewsKind.BACK:
                return CalendarNews(change.kind, number, next_at)
            case _:
                at = next_at or record.calendar.delayed_until
                reason = record.delay_reason or ""
                return CalendarNews(NewsKind.DELAY, number, at, change.instead_of, reason)


def _count(reasons: Sequence[Reason]) -> list[tuple[Reason, int]]:
    """Count reasons, the most frequent first. They hold facts, so that they can be compared and no more."""
    found: list[tuple[Reason, int]] = []
    for reason in reasons:
        if all(reason != each for each, _ in found):
            found.append((reason, reasons.count(reason)))
    return sorted(found, key=lambda each: -each[1])
