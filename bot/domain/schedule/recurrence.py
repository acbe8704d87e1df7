"""Recurrence rules: the forms of the schedule language, and the slots that they yield.

Rules with times of day find slots in naive local time, where every day has 24 hours, and convert them by `to_instants`.
Counted seconds, minutes and hours are independent of local time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import merge
from itertools import groupby
from typing import Protocol

from cronsim import CronSim

from bot.domain.schedule.local_time import (
    EARLIEST,
    LATEST,
    earliest_local,
    localize,
    shortest_gap,
    to_instants,
    to_local,
)

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Rule(Protocol):
    """One form of the schedule language."""

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        ...

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        ...

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest regular gap between two slots near the anchor."""
        ...

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        ...


def join(words: Sequence[str]) -> str:
    """Join words: `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def short_names(days: Sequence[int]) -> list[str]:
    """Return the short names of weekdays: `tue`, `fri`."""
    return [DAY_NAMES[day][:3].lower() for day in days]


def clock_times(times: Sequence[time]) -> str:
    """Return the text of times of day: `08:00 and 18:00`."""
    return join([f"{moment:%H:%M}" for moment in times])


@dataclass(frozen=True, slots=True)
class ElapsedTimeRule:
    """`every 20 seconds`: counted from the anchor, independent of local time. `unit` is singular."""

    count: int
    unit: str

    @property
    def step(self) -> timedelta:
        """The time between two slots."""
        return self.count * timedelta(**{f"{self.unit}s": 1})

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        return f"every {self.unit}" if self.count == 1 else f"every {self.count} {self.unit}s"

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the anchor and whole steps after it that are after `after`."""
        del zone
        first = max(0, (after - anchor) // self.step + 1)
        slot = anchor.astimezone(UTC) + first * self.step
        while slot.year < LATEST.year:
            yield slot
            slot += self.step

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the step."""
        del zone, anchor
        return self.step

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        return self.text.capitalize()


@dataclass(frozen=True, slots=True)
class WeekdayRule:
    """`tue, fri at 18:00`, `daily at 08:00 and 18:00`. Monday is 0; both are ascending and not empty."""

    days: tuple[int, ...]
    times: tuple[time, ...]

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        names = {range(7): "daily", range(5): "weekdays", range(5, 7): "weekends"}
        common = next((name for days, name in names.items() if tuple(days) == self.days), None)
        days = common or ", ".join(short_names(self.days))
        return f"{days} at {clock_times(self.times)}"

    def locals_after(self, local: datetime) -> Iterator[datetime]:
        """Yield the naive slots after `local`."""
        day = local.date()
        while day.year < LATEST.year:
            if day.weekday() in self.days:
                yield from (slot for at in self.times if (slot := datetime.combine(day, at)) > local)
            day += timedelta(days=1)

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        del anchor
        return to_instants(self.locals_after(earliest_local(after, zone)), after, zone)

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest gap in local time."""
        return shortest_gap(self.locals_after(to_local(anchor, zone)))

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        if self.days in (tuple(range(7)), tuple(range(5)), (5, 6)):
            return self.text.capitalize()
        return f"{join([f'{DAY_NAMES[day]}s' for day in self.days])} at {clock_times(self.times)}"


@dataclass(frozen=True, slots=True)
class CombinedRule:
    """`tue at 18:00 and fri at 20:00`: days with times of their own, two or more of them."""

    rules: tuple[WeekdayRule, ...]

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        return " and ".join(rule.text for rule in self.rules)

    def locals_after(self, local: datetime) -> Iterator[datetime]:
        """Yield the naive slots after `local`; one that two rules share comes twice."""
        return merge(*(rule.locals_after(local) for rule in self.rules))

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        del anchor
        return to_instants(self.locals_after(earliest_local(after, zone)), after, zone)

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest gap in local time."""
        return shortest_gap(slot for slot, _ in groupby(self.locals_after(to_local(anchor, zone))))

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        first, *others = (rule.describe() for rule in self.rules)
        return join([first, *(said if said.startswith(DAY_NAMES) else said.lower() for said in others)])


@dataclass(frozen=True, slots=True)
class DayIntervalRule:
    """`every 3 days at 18:00`: calendar days, counted from the first that has a slot at or after the anchor.

    With `weeks` the count is of weeks. Without `times` the anchor's own time of day is meant. `weekdays` are
    the days of `every 2 weeks on tue, fri`, ascending: those of the week (from Monday) with the first slot, then
    of every second week.
    """

    count: int
    times: tuple[time, ...] = ()
    weeks: bool = False
    weekdays: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        unit = "week" if self.weeks else "day"
        every = f"every {unit}" if self.count == 1 else f"every {self.count} {unit}s"
        on = f" on {', '.join(short_names(self.weekdays))}" if self.weekdays else ""
        return every + on + (f" at {clock_times(self.times)}" if self.times else "")

    @property
    def step(self) -> timedelta:
        """The days between two days with slots."""
        return timedelta(days=self.count * (7 if self.weeks else 1))

    def locals_after(self, local: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the naive slots after `local`, none before the anchor."""
        times = self.times or (to_local(anchor, zone).time(),)
        first = self._first_day(times, zone, anchor)
        shifts = [day - first.weekday() for day in self.weekdays] or [0]
        start = first + max(0, (local.date() - first) // self.step) * self.step
        while start.year < LATEST.year:
            for day in (start + timedelta(days=shift) for shift in shifts):
                slots = (datetime.combine(day, at) for at in times if day >= first)
                yield from (
                    slot for slot in slots if slot > local and (day > first or localize(slot, zone) >= anchor)
                )
            start += self.step

    def _first_day(self, times: Sequence[time], zone: tzinfo, anchor: datetime) -> date:
        day = to_local(anchor, zone).date()
        if not self._fits(day) or all(localize(datetime.combine(day, at), zone) < anchor for at in times):
            day += timedelta(days=1)
        while not self._fits(day):
            day += timedelta(days=1)
        return day

    def _fits(self, day: date) -> bool:
        return not self.weekdays or day.weekday() in self.weekdays

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        return to_instants(self.locals_after(earliest_local(after, zone), zone, anchor), after, zone)

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest gap in local time."""
        return shortest_gap(self.locals_after(to_local(anchor, zone) - timedelta(days=1), zone, anchor))

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        said = self.text.capitalize()
        names = join([DAY_NAMES[day] for day in self.weekdays]) if self.weekdays else ""
        return said.replace(", ".join(short_names(self.weekdays)), names) if names else said


@dataclass(frozen=True, slots=True)
class CronRule:
    """Five-field cron, weekdays numbered as cron numbers them; `expression` has been checked.

    cronsim is given naive times only, which leaves clock changes to `to_instants`.
    """

    expression: str

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        return self.expression

    def locals_after(self, local: datetime) -> Iterator[datetime]:
        """Yield the naive slots after `local`."""
        for slot in CronSim(self.expression, local):
            if slot.year >= LATEST.year:
                return
            yield slot

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        del anchor
        return to_instants(self.locals_after(earliest_local(after, zone)), after, zone)

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest gap in local time."""
        return shortest_gap(self.locals_after(to_local(anchor, zone)))

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        return CronSim(self.expression, EARLIEST.replace(tzinfo=None)).explain()
