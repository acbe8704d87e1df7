"""Pace: a channel's own schedule, by which it receives chapters that are already out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.schedule.calendar_simulation import INSTANT
from bot.domain.schedule.schedule import Schedule, parse_schedule

AS_RELEASED = "as released"
"""The option's value for no pace: every chapter comes when its story's calendar brings it."""


@dataclass(frozen=True, slots=True)
class PaceState:
    """A subscription's progress through the slots of its pace."""

    since: datetime
    """The instant from which `every …` counts."""
    settled_until: datetime
    """Slots at or before this instant have been dealt with."""
    next_at: datetime | None
    """The first slot after `settled_until`; None if there will be none."""


@lru_cache(maxsize=4096)
def parse_pace(text: str) -> Schedule:
    """Parse the schedule of a pace.

    Raises:
        ScheduleError: `text` is not a schedule.
    """
    return parse_schedule(text)


def start_pace(schedule: Schedule, *, zone: ZoneInfo, now: datetime) -> PaceState:
    """Return a pace that begins at `now`, which is the first slot of `every …`. `zone` is the story's."""
    before = now - INSTANT
    return PaceState(now, before, next(schedule.slots(after=before, zone=zone, anchor=now), None))


def settle_slots(
    state: PaceState, schedule: Schedule, *, zone: ZoneInfo, now: datetime, most: int
) -> tuple[int, PaceState]:
    """Count the slots that have come since the last check, up to `most`, and return the advanced state with them."""
    until = max(now, state.settled_until)
    slots = schedule.slots_between(after=state.settled_until, until=until, zone=zone, anchor=state.since)
    count = sum(1 for _ in islice(slots, most))
    following = next(schedule.slots(after=until, zone=zone, anchor=state.since), None)
    return count, replace(state, settled_until=until, next_at=following)


def upcoming_slots(
    state: PaceState, schedule: Schedule, *, zone: ZoneInfo, now: datetime, count: int
) -> tuple[datetime, ...]:
    """Return the next `count` slots after `now`."""
    after = max(now, state.settled_until)
    return tuple(islice(schedule.slots(after=after, zone=zone, anchor=state.since), count))


def first_slot_from(
    state: PaceState, schedule: Schedule, *, zone: ZoneInfo, moment: datetime
) -> datetime | None:
    """Return the first slot at or after `moment` that has not been dealt with."""
    after = max(moment - INSTANT, state.settled_until)
    return next(schedule.slots(after=after, zone=zone, anchor=state.since), None)
