"""Monthly recurrence: `1st, 15th of the month at 18:00`, `last fri of the month at 18:00`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.schedule.local_time import LATEST, earliest_local, shortest_gap, to_instants, to_local
from bot.domain.schedule.recurrence import DAY_NAMES, clock_times, join
from bot.domain.schedule.vocabulary import LAST


def ordinal(place: int) -> str:
    """Return the ordinal of a place: `1st`, `22nd`, `last`."""
    if place == LAST:
        return "last"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10 if place // 10 != 1 else 0, "th")
    return f"{place}{ending}"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month: the `place`th day, or the `place`th of that weekday. `LAST` is the last."""

    place: int
    weekday: int | None = None

    def of(self, year: int, month: int) -> date | None:
        """Return that day of the month, if it has one."""
        _, length = monthrange(year, month)
        if self.place == LAST:
            last = date(year, month, length)
            return last if self.weekday is None else last - timedelta((last.weekday() - self.weekday) % 7)
        day = self.place
        if self.weekday is not None:
            day = 1 + (self.weekday - date(year, month, 1).weekday()) % 7 + 7 * (self.place - 1)
        return date(year, month, day) if day <= length else None


def sort_days(days: Iterable[MonthDay]) -> tuple[MonthDay, ...]:
    """Sort in ascending order, the last ones last."""
    return tuple(
        sorted(
            days, key=lambda day: (day.place == LAST, day.place, -1 if day.weekday is None else day.weekday)
        )
    )


@dataclass(frozen=True, slots=True)
class MonthDayRule:
    """Days of every month; a month that has none of them is skipped."""

    days: tuple[MonthDay, ...]
    times: tuple[time, ...]

    @property
    def text(self) -> str:
        """The rule in the schedule language."""
        mixed = any(day.weekday is not None for day in self.days)
        said = [_named(day, short=True, fully=mixed or day.place == LAST) for day in self.days]
        return f"{', '.join(said)} of the month at {clock_times(self.times)}"

    def locals_after(self, local: datetime) -> Iterator[datetime]:
        """Yield the naive slots after `local`."""
        year, month = local.year, local.month
        while year < LATEST.year:
            for day in sorted({day for each in self.days if (day := each.of(year, month))}):
                yield from (slot for at in self.times if (slot := datetime.combine(day, at)) > local)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def instants(self, after: datetime, zone: tzinfo, anchor: datetime) -> Iterator[datetime]:
        """Yield the slots after `after`, ascending, in UTC."""
        del anchor
        return to_instants(self.locals_after(earliest_local(after, zone)), after, zone)

    def interval(self, zone: tzinfo, anchor: datetime) -> timedelta:
        """Return the shortest gap in local time."""
        return shortest_gap(self.locals_after(to_local(anchor, zone)))

    def describe(self) -> str:
        """Return the rule as a reader would say it."""
        said = [f"the {_named(day, short=False, fully=day.place == LAST)}" for day in self.days]
        return f"On {join(said)} of the month at {clock_times(self.times)}"


def _named(day: MonthDay, *, short: bool, fully: bool) -> str:
    if day.weekday is None:
        return f"{ordinal(day.place)} day" if fully else ordinal(day.place)
    name = DAY_NAMES[day.weekday]
    return f"{ordinal(day.place)} {name[:3].lower() if short else name}"
