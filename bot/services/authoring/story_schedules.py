"""The schedule of a story as its author sees and changes it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.authorization import Viewer
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.authoring_refusals import ScheduleChanged, ScheduleUnclear
from bot.domain.stories.story import Story
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.stories.upcoming import ReleaseHold

_SLOTS = 5


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule and its next slots."""

    story: Story
    schedule: str
    """As it is written; empty for none."""
    zone: str
    slots: Sequence[datetime]
    draft_id: str | None = None
    """The draft that holds it, if it is not written yet."""
    hold: ReleaseHold | None = None
    """The hiatus or delay that keeps chapters back whatever the schedule says."""


class StorySchedules:
    """Shows schedules, and changes them after a preview."""

    def __init__(self, parts: AuthoringParts) -> None:
        self._store = parts.store
        self._upcoming = parts.upcoming
        self._files = parts.files
        self._own = parts.own
        self._drafts = parts.drafts
        self._updates = parts.updates
        self._clock = parts.clock
        self._saving = asyncio.Lock()

    async def show(self, viewer: Viewer, story: str) -> ScheduleView:
        """Return the present schedule.

        Raises:
            Refusal: The story is not theirs.
        """
        found = await self._own.find(viewer, story)
        rules = found.release_rules
        slots = next_slots(rules.schedule, rules.zone, rules.start, self._clock.now())
        return ScheduleView(found, *_written(found), slots, hold=await self._hold(found))

    async def keep(self, viewer: Viewer, story: str, schedule: str, zone: str) -> str:
        """Keep what was typed, sense or not, so that the form can be opened with it again; return the draft's id.

        Raises:
            Refusal: The story is not theirs.
        """
        found = await self._own.find(viewer, story)
        facts = {
            "story": found.slug,
            "schedule": schedule.strip(),
            "zone": zone.strip(),
            "seen": [*_written(found)],
        }
        return (await self._drafts.create(viewer.user_id, facts)).id

    async def preview(self, viewer: Viewer, draft_id: str) -> ScheduleView:
        """Return what a kept schedule means.

        Raises:
            Refusal: The story is not theirs.
            DraftGone: It is kept no longer.
            ScheduleUnclear: It is no schedule, or its zone no time zone.
        """
        draft = await self._drafts.load(draft_id, viewer.user_id)
        found = await self._own.find(viewer, draft.facts["story"])
        parsed, zone = parse_typed_schedule(draft.facts["schedule"], draft.facts["zone"])
        slots = next_slots(parsed, zone, found.release_rules.start, self._clock.now())
        return ScheduleView(
            found, parsed.text if parsed else "", zone.key, slots, draft_id, await self._hold(found)
        )

    async def typed(self, viewer: Viewer, draft_id: str) -> ScheduleView:
        """Return a kept schedule as it was typed, without slots.

        Raises:
            Refusal: The story is not theirs.
            DraftGone: It is kept no longer.
        """
        draft = await self._drafts.load(draft_id, viewer.user_id)
        found = await self._own.find(viewer, draft.facts["story"])
        return ScheduleView(found, draft.facts["schedule"], draft.facts["zone"], (), draft_id)

    async def save(self, viewer: Viewer, draft_id: str) -> ScheduleView:
        """Write a kept schedule into the story's file.

        Raises:
            Refusal: As `preview`, or the file does not take it.
            ScheduleChanged: It has become another one since the preview.
        """
        async with self._saving:
            return await self._save(viewer, draft_id)

    async def _hold(self, story: Story) -> ReleaseHold | None:
        async with self._store.read() as tx:
            record = await tx.stories.get(story.slug)
        return None if record is None else self._upcoming.hold(record, self._clock.now())

    async def _save(self, viewer: Viewer, draft_id: str) -> ScheduleView:
        await self._updates.look()
        wanted = await self.preview(viewer, draft_id)
        draft, present = await self._drafts.load(draft_id, viewer.user_id), _written(wanted.story)
        # What is written already is no conflict: a crash came between the file and the end of the draft.
        if present not in (tuple(draft.facts["seen"]), (wanted.schedule, wanted.zone)):
            raise ScheduleChanged(story=wanted.story.title)
        changes = {"release.schedule": wanted.schedule or None, "release.timezone": wanted.zone}
        await self._files.set_settings(wanted.story.slug, changes)
        await self._updates.take_in(viewer, "schedule_set", wanted.story.slug)
        await self._drafts.delete(draft)
        return await self.show(viewer, wanted.story.slug)


def parse_typed_schedule(schedule: str, zone: str) -> tuple[Schedule | None, ZoneInfo]:
    """Read a schedule and a time zone as they were typed; without a schedule, chapters have times of their own.

    Raises:
        ScheduleUnclear: One of them makes no sense.
    """
    try:
        return (parse_schedule(schedule) if schedule.strip() else None), parse_zone(zone.strip() or "UTC")
    except ScheduleError as error:
        raise ScheduleUnclear(detail=error.message) from None


def _written(story: Story) -> tuple[str, str]:
    rules = story.release_rules
    return rules.schedule.text if rules.schedule is not None else "", rules.zone.key


def next_slots(
    schedule: Schedule | None, zone: ZoneInfo, start: datetime | None, now: datetime
) -> tuple[datetime, ...]:
    """Return the next times at which a chapter may come."""
    if schedule is None:
        return ()
    after = max(now, start) if start is not None else now
    return tuple(islice(schedule.slots(after=after, zone=zone, anchor=start or now), _SLOTS))
