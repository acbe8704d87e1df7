"""The parts of a parsed schedule, and the rule that they make.

Seen by: authors, server managers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.domain.schedule.monthly_recurrence import MonthDay, MonthDayRule, sort_days
from bot.domain.schedule.recurrence import (
    CombinedRule,
    DayIntervalRule,
    ElapsedTimeRule,
    Rule,
    WeekdayRule,
    short_names,
)
from bot.domain.schedule.schedule_refusals import COUNTED, ambiguous, not_known, which_days
from bot.domain.schedule.schedule_word import Example
from bot.domain.schedule.vocabulary import ScheduleError

_ALL_WEEK = tuple(range(7))
_EVENING = (time(18),)
_TIMES_OF_PARTS = {"morning": time(8), "afternoon": time(15), "evening": time(20), "night": time(20)}
"""Times of day in examples for `every morning`."""


def interval_text(count: int, unit: str) -> str:
    """Return the text of an interval: `every 3 days`."""
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


@dataclass(slots=True)
class ParsedSchedule:
    """The parts of a schedule, in whatever order they were written."""

    every: tuple[int, str] | None = None
    """A count and a unit."""
    days: tuple[int, ...] = ()
    dates: tuple[MonthDay, ...] = ()
    times: tuple[time, ...] = ()
    times_first: bool = False
    months: str = ""
    """A word that only says that days of the month are meant."""
    part_of_day: str = ""
    """The word of `every evening`."""
    biweekly: bool = False
    counted_days: bool = False
    """Set for `every other friday`, which counts its own days alone."""

    @property
    def how_often(self) -> bool:
        """Return whether a part says on which days."""
        return bool(self.every or self.days or self.dates or self.months)

    @property
    def whole(self) -> bool:
        """Return whether no part is missing."""
        timeless = self.every is not None and not (self.days or self.dates or self.months)
        return self.how_often and (bool(self.times) or timeless)

    def is_followed_by(self, more: ParsedSchedule) -> bool:
        """Return whether `more` begins anew, as `fri` does after `tue at 18:00` and `every 2 weeks` does not."""
        begins = bool(more.days or more.dates)
        counted = self.every not in (None, (1, "day"))
        has_days = bool(self.days or self.dates) or (self.every is not None and not (counted and more.days))
        return bool(self.times) and not self.times_first and has_days and (begins or self.every is not None)

    def add(self, more: ParsedSchedule) -> None:
        """Add those parts; a day after `daily` only says which.

        Raises:
            ScheduleError: They contradict each other.
        """
        if more.every and self.every and more.every != self.every:
            raise ScheduleError(
                "“{one}” and “{two}” cannot stand in one schedule. Say only one of them.",
                one=Example(interval_text(*self.every)),
                two=Example(interval_text(*more.every)),
            )
        if self._differs_in_weeks(more):
            days = ", ".join(short_names(sorted({*self.days, *more.days})))
            raise ScheduleError(
                "Days of every week and days of some weeks cannot stand in one schedule. Write “{one}” or “{two}”.",
                one=Example(f"{days} at 18:00"),
                two=Example(
                    f"{interval_text(*(self.every or more.every or (2, 'week')))} on {days} at 18:00"
                ),
            )
        self.every = self.every or more.every
        self.days = (
            more.days if self.days == _ALL_WEEK and more.days else tuple(sorted({*self.days, *more.days}))
        )
        self.dates = sort_days({*self.dates, *more.dates})
        self.months = self.months or more.months
        self.part_of_day = self.part_of_day or more.part_of_day
        self.biweekly = self.biweekly or more.biweekly
        self.counted_days = self.counted_days or more.counted_days

    def _differs_in_weeks(self, more: ParsedSchedule) -> bool:
        """Return whether only one of them counts weeks, as in `mondays and every other friday`."""
        if not (self.days and more.days) or self.days == _ALL_WEEK:
            return False
        return (more.counted_days and self.every is None) or (self.counted_days and more.every is None)

    def example(self) -> str:
        """Return the schedule with a time of day, as an example in a refusal."""
        days = self.days or (() if self.every or self.dates else _ALL_WEEK)
        times = (_TIMES_OF_PARTS[self.part_of_day],) if self.part_of_day else _EVENING
        return ParsedSchedule(self.every, days, self.dates, times).rule().text

    def rule(self) -> Rule:
        """Return the rule.

        Raises:
            ScheduleError: The parts do not go together, or one is missing.
        """
        if self.months and not self.dates:
            raise not_known(self.months, MonthDayRule((MonthDay(1),), self.times or _EVENING).text)
        if self.dates and (self.days or self.every):
            raise ScheduleError(
                "Days of the week and days of the month cannot stand in one schedule. Write one of them: “{one}” or "
                "“{two}”.",
                one=Example("fri at 18:00"),
                two=Example("1st of the month at 18:00"),
            )
        if not self.how_often:
            raise which_days(WeekdayRule(_ALL_WEEK, self.times).text if self.times else "")
        if not self.whole:
            raise ScheduleError("Say at what time: “{example}”.", example=Example(self.example()))
        if self.part_of_day in ("evening", "afternoon") and all(1 <= at.hour < 12 for at in self.times):
            later = tuple(at.replace(hour=at.hour + 12) for at in self.times)
            raise ambiguous(
                self.part_of_day, *(WeekdayRule(self.days, each).text for each in (self.times, later))
            )
        if self.dates:
            return MonthDayRule(self.dates, self.times)
        return WeekdayRule(self.days, self.times) if self.every is None else self._counted(*self.every)

    def _counted(self, count: int, unit: str) -> Rule:
        said = interval_text(count, unit)
        if self.biweekly and len(self.days) != 1:
            days = ", ".join(short_names(self.days or (1, 4)))
            one = ", ".join(short_names(self.days)) or "fri"
            raise ambiguous("biweekly", f"every 2 weeks on {one} at 18:00", f"{days} at 18:00")
        if unit not in ("day", "week"):
            if self.days or self.times:
                raise ScheduleError(
                    "“{said}” has no time of day: write it alone, or write “{counted}”.",
                    said=Example(said),
                    counted=COUNTED,
                )
            return ElapsedTimeRule(count, unit)
        if self.days and unit == "day" and count % 7 == 0:
            count, unit = count // 7, "week"
        if count == 1 and (self.days or (unit == "day" and self.times)):
            return WeekdayRule(self.days or _ALL_WEEK, self.times)
        if self.days and unit == "day":
            raise ScheduleError(
                "“{said}” comes to every day of the week in turn. Write “{one}” or “{two}”.",
                said=Example(said),
                one=Example(f"{said} at 18:00"),
                two=Example(f"every 2 weeks on {', '.join(short_names(self.days))} at 18:00"),
            )
        return DayIntervalRule(count, self.times, weeks=unit == "week", weekdays=self.days)


def combine_parts(parts: list[ParsedSchedule]) -> Rule:
    """The rule of one schedule, or of several for days of the week that follow one another.

    Raises:
        ScheduleError: as `ParsedSchedule.rule`, or several stand together that cannot.
    """
    rules = [part.rule() for part in parts]
    if len(rules) == 1:
        return rules[0]
    weekly = tuple(rule for rule in rules if isinstance(rule, WeekdayRule))
    if len(weekly) < len(rules):
        raise ScheduleError(
            "Only days of the week can have times of their own in one schedule: “{example}”.",
            example=Example("tue at 18:00 and fri at 20:00"),
        )
    return CombinedRule(weekly)
