"""A pace of a channel's own: which slots call for a chapter of what is out already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.schedule.calendar_simulation import INSTANT
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.subscriptions.subscription import Pacing

AS_RELEASED = "as released"
"""What a pace is called that is none: every chapter comes when its story's calendar brings it."""


@lru_cache(maxsize=4096)
def pace_of(text: str) -> Schedule:
    """The schedule of a pace.

    Raises:
        ScheduleError: it is none.
    """
    return parse_schedule(text)


def started(schedule: Schedule, *, zone: ZoneInfo, now: datetime) -> Pacing:
    """A pace that begins at `now`: the first slot of `every …` is that very moment. `zone` is the story's."""
    settled = now - INSTANT
    return Pacing(now, settled, next(schedule.slots(after=settled, zone=zone, anchor=now), None))


def settled(
    pacing: Pacing, schedule: Schedule, *, zone: ZoneInfo, now: datetime, most: int
) -> tuple[int, Pacing]:
    """How many slots have come since the last look (`most` are counted), and the pace with them dealt with."""
    until = max(now, pacing.settled_until)
    slots = schedule.slots_between(after=pacing.settled_until, until=until, zone=zone, anchor=pacing.since)
    count = sum(1 for _ in islice(slots, most))
    following = next(schedule.slots(after=until, zone=zone, anchor=pacing.since), None)
    return count, replace(pacing, settled_until=until, next_at=following)


def coming(
    pacing: Pacing, schedule: Schedule, *, zone: ZoneInfo, now: datetime, count: int
) -> tuple[datetime, ...]:
    """The next slots after `now`."""
    after = max(now, pacing.settled_until)
    return tuple(islice(schedule.slots(after=after, zone=zone, anchor=pacing.since), count))


def first_from(pacing: Pacing, schedule: Schedule, *, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """The first slot at or after `moment` that has not been dealt with."""
    after = max(moment - INSTANT, pacing.settled_until)
    return next(schedule.slots(after=after, zone=zone, anchor=pacing.since), None)
