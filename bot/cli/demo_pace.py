"""The pace of the demo: one schedule for all stories, and no release while somebody is at work on something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release import PictureFile
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.recurrence import ElapsedTimeRule
from bot.domain.schedule.schedule import Schedule
from bot.domain.stories.story import Serial, Story
from bot.services.stories.content_source import ContentSource

QUIET = timedelta(seconds=15)
"""How long nobody must have done anything before a chapter comes out."""

LONGEST_WAIT = timedelta(minutes=3)
"""How long after its time a chapter waits for that at most."""

_MARGIN = timedelta(seconds=3)
"""A release this near is moved if somebody is busy."""


class PacedContent:
    """Content whose stories all keep one schedule, counted from `start`: None for when they are first seen."""

    def __init__(self, content: ContentSource, schedule: Schedule) -> None:
        self._content = content
        self._schedule = schedule
        self.start: datetime | None = None

    @property
    def step(self) -> timedelta | None:
        """The time between two releases; None for a schedule by the clock or the calendar, which cannot be moved."""
        rule = self._schedule.rule
        return rule.step if isinstance(rule, ElapsedTimeRule) else None

    def with_description(self, story: Story) -> Serial | None:
        """Return a story's chapters with the given description."""
        serial = self._content.with_description(story)
        return None if serial is None else self._on_schedule(serial)

    def serials(self) -> Mapping[str, Serial]:
        """Return the stories on the other schedule."""
        return {slug: self._on_schedule(serial) for slug, serial in self._content.serials().items()}

    def list_faults(self) -> tuple[Diagnostic, ...]:
        """Return the content's faults."""
        return self._content.list_faults()

    def problems(self) -> ContentProblems:
        """Return the content's problems."""
        return self._content.problems()

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """Return a picture of a story."""
        return await self._content.picture(slug, path)

    def _on_schedule(self, serial: Serial) -> Serial:
        # One at a time, also when the machine has slept for hours.
        release_rules = replace(
            serial.story.release_rules,
            schedule=self._schedule,
            start=self.start,
            catch_up=CatchUp.ONE,
        )
        return replace(serial, story=replace(serial.story, release_rules=release_rules))


class QuietSpellWait:
    """Decides when the next release has to wait for a quiet spell, and until when."""

    def __init__(self) -> None:
        self._chapter: str | None = None
        self._first_due: datetime | None = None
        self.waiting = False
        """Whether the next release was moved."""

    def move(self, chapter: str, due: datetime, now: datetime, *, busy: bool) -> datetime | None:
        """Return the moment to which the next release, that `chapter` at `due`, is moved; None to leave it.

        It is moved by the length of a quiet spell whenever somebody is busy just before it, up to the longest wait.
        """
        if chapter != self._chapter or self._first_due is None:
            self._chapter, self._first_due, self.waiting = chapter, due, False
        if not busy or due - now > _MARGIN:
            return None
        moved = min(now + QUIET, self._first_due + LONGEST_WAIT)
        if moved <= due:
            return None
        self.waiting = True
        return moved
