"""Questions before a chapter goes out or a hiatus begins, and the answers to them.

An answer counts only for what its question showed; otherwise the question is put anew.
"""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.releases.release_refusals import AlreadyOnHiatus, NothingToPublish
from bot.services.releases.calendar_audience import find_audience
from bot.services.releases.calendar_overrides import Calendar, CalendarOverrides
from bot.services.releases.calendar_questions import (
    AlreadyReleased,
    HiatusMark,
    HiatusQuestion,
    Outdated,
    PublicationMark,
    PublicationQuestion,
    build_publication_question,
    planned_token,
    split_plan,
)
from bot.services.releases.next_publication import NextPublication, find_next_publication
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.stories.story_lookup import find_story
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord

_COUNTED = 100


class CalendarConfirmations:
    """Asks before it changes a calendar, for the story's authors."""

    def __init__(
        self, store: Database, upcoming: UpcomingReleases, overrides: CalendarOverrides, clock: Clock
    ) -> None:
        self._store = store
        self._upcoming = upcoming
        self._overrides = overrides
        self._clock = clock

    async def ask_publication(self, viewer: Viewer, story: str) -> PublicationQuestion:
        """Return what publishing the next chapter would do.

        Raises:
            Refusal: As for `CalendarOverrides.publish`.
        """
        record = await self._overrides.settle(viewer, story)
        self._overrides.require_right_clock()
        return (await self._publication(record))[1]

    async def confirm_publication(
        self, viewer: Viewer, story: str, mark: PublicationMark
    ) -> Calendar | PublicationQuestion | AlreadyReleased:
        """Publish the chapter that was asked about, or return why not: it is out, or the question anew.

        Raises:
            Refusal: As for `CalendarOverrides.publish`.
        """
        record = await self._overrides.settle(viewer, story)
        if (out := await self._find_released(record, mark)) is not None:
            return out
        self._overrides.require_right_clock()
        try:
            answer = await self._publish_as_asked(record, mark)
        except NothingToPublish:
            # It was the last chapter, and whoever pressed at the same moment was first.
            if (out := await self._find_released(record, mark)) is not None:
                return out
            raise
        if isinstance(answer, Calendar) and answer.published:
            return answer
        # Whoever pressed at the same moment may have been first.
        return await self._find_released(record, mark) or answer

    async def _publish_as_asked(
        self, record: StoryRecord, mark: PublicationMark
    ) -> Calendar | PublicationQuestion:
        """Publish the next chapter if the question showed it as it is, or return the question anew."""
        next_one, question = await self._publication(record)
        if not mark.means(question.mark):
            same = question.mark.chapter == mark.chapter
            return replace(question, outdated=Outdated.CHANGED if same else Outdated.ANOTHER_NEXT)
        return await self._overrides.release(record, next_one)

    async def _find_released(self, record: StoryRecord, mark: PublicationMark) -> AlreadyReleased | None:
        async with self._store.read() as tx:
            releases = await tx.releases.list_by_story(record.story.slug)
        out = next((each for each in releases if chapter_token(each.chapter) == mark.chapter), None)
        return AlreadyReleased(record.story, out) if out is not None else None

    async def _publication(self, record: StoryRecord) -> tuple[NextPublication, PublicationQuestion]:
        now = self._clock.now()
        next_one = find_next_publication(self._upcoming, record, now)
        async with self._store.read() as tx:
            audience = await find_audience(tx, record.story.slug)
            number = await tx.releases.count(record.story.slug) + 1
        hold = self._upcoming.hold(record, now)
        return next_one, build_publication_question(next_one, number, hold=hold, audience=audience)

    async def ask_hiatus(self, viewer: Viewer, story: str, reason: str | None) -> HiatusQuestion:
        """Return what a hiatus would stop.

        Raises:
            Refusal: The story is not theirs.
            AlreadyOnHiatus: It is on hiatus.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        return await self._hiatus(record, reason)

    async def confirm_hiatus(
        self, viewer: Viewer, story: str, mark: HiatusMark, reason: str | None
    ) -> Calendar | HiatusQuestion:
        """Start the hiatus that was asked about, or return the question anew if the calendar has changed.

        Raises:
            Refusal: The story is not theirs.
            AlreadyOnHiatus: It is on hiatus.
        """
        record = await self._overrides.settle(viewer, story)
        question = await self._hiatus(record, reason)
        if question.mark != mark:
            return replace(question, outdated=True)
        return await self._overrides.start_hiatus(viewer, record.story.slug, reason)

    async def _hiatus(self, record: StoryRecord, reason: str | None) -> HiatusQuestion:
        now, slug = self._clock.now(), record.story.slug
        if record.calendar.hiatus_since is not None:
            raise AlreadyOnHiatus(story=record.story.title)
        plan = self._upcoming.list_next(record, now, _COUNTED)
        shown, more = split_plan(plan)
        serial = self._upcoming.serial(slug)
        async with self._store.read() as tx:
            audience = await find_audience(tx, slug)
        return HiatusQuestion(
            story=record.story,
            stopped=shown,
            more=more,
            titles={chapter.key: chapter.title for chapter in serial.chapters} if serial else {},
            hold=self._upcoming.hold(record, now),
            reason=reason,
            audience=audience,
            mark=HiatusMark(record.hold_changes, planned_token(plan)),
        )
