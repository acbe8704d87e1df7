"""Schedules: parsed texts of the schedule language, which yield slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.domain.schedule.local_time import EARLIEST, LATEST
from bot.domain.schedule.recurrence import Rule
from bot.domain.schedule.schedule_parser import read_schedule


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule for slots."""

    text: str
    """The normalized source."""
    zone: ZoneInfo | None
    """The zone that the source names, which takes precedence over others."""
    rule: Rule = field(repr=False, compare=False)

    def slots(self, *, after: datetime, zone: ZoneInfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots strictly after `after`: UTC, ascending, without repetition, until the end of the year 9899.

        Args:
            after: The instant after which slots are wanted.
            zone: The story's time zone.
            anchor: The instant from which `every …` counts: such a schedule has no slot before it and,
                where the anchor
                itself fits, its first slot there.

        Raises:
            ValueError: `after` or `anchor` is naive.
        """
        if after.tzinfo is None or anchor.tzinfo is None:
            raise ValueError("slots are counted between instants: after and anchor need a time zone")
        return self.rule.instants(_reachable(after), self.zone or zone, _reachable(anchor))

    def slots_between(
        self, *, after: datetime, until: datetime, zone: ZoneInfo, anchor: datetime
    ) -> Iterator[datetime]:
        """Yield the slots after `after` and not after `until`."""
        return takewhile(lambda slot: slot <= until, self.slots(after=after, zone=zone, anchor=anchor))

    def interval(self, *, zone: ZoneInfo, anchor: datetime) -> timedelta:
        """Return the shortest regular gap between two slots near the anchor, ignoring clock changes."""
        return self.rule.interval(self.zone or zone, _reachable(anchor))

    def describe(self) -> str:
        """Return the schedule as a reader would say it: `Tuesdays and Fridays at 18:00`."""
        said = self.rule.describe()
        return said if self.zone is None else f"{said} ({self.zone.key})"


def _reachable(instant: datetime) -> datetime:
    return min(max(instant, EARLIEST), LATEST)


def parse_schedule(text: str) -> Schedule:
    """Parse a schedule.

    Raises:
        ScheduleError: `text` is not in the schedule language, names an unknown zone, or can never fire.
    """
    rule, zone = read_schedule(text)
    return Schedule(text=rule.text if zone is None else f"{rule.text} {zone.key}", zone=zone, rule=rule)
