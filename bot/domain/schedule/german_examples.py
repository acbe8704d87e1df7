"""Schedules in German, as refusals show them to somebody who wrote German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from bot.domain.schedule.german_words import WEEKDAYS
from bot.domain.schedule.monthly_recurrence import MonthDay, MonthDayRule
from bot.domain.schedule.recurrence import CombinedRule, DayIntervalRule, ElapsedTimeRule, Rule, WeekdayRule
from bot.domain.schedule.vocabulary import LAST

_UNITS = {
    "second": ("jede Sekunde", "Sekunden"),
    "minute": ("jede Minute", "Minuten"),
    "hour": ("jede Stunde", "Stunden"),
    "day": ("jeden Tag", "Tage"),
    "week": ("jede Woche", "Wochen"),
}
"""By the English unit: one of it after “every”, and several."""

_INTERVAL = re.compile(
    r"(?P<every>every )?(?:(?P<count>\d+) )?(?P<unit>second|minute|hour|day|week)s?", re.ASCII
)


def german_text(rule: Rule) -> str:
    """Return the rule in German, in words that the schedule language reads; cron stays as it is."""
    match rule:
        case WeekdayRule():
            return f"{_weekdays(rule.days)} {_clock(rule.times)}"
        case CombinedRule():
            return " und ".join(map(german_text, rule.rules))
        case ElapsedTimeRule():
            return _interval(rule.count, rule.unit)
        case DayIntervalRule():
            days = f" am {_join([WEEKDAYS[day] for day in rule.weekdays])}" if rule.weekdays else ""
            at = f" {_clock(rule.times)}" if rule.times else ""
            return _interval(rule.count, "week" if rule.weeks else "day") + days + at
        case MonthDayRule():
            fully = any(day.weekday is not None for day in rule.days)
            said = [_day_of_month(day, fully=fully or day.place == LAST) for day in rule.days]
            return f"am {_join(said)} des Monats {_clock(rule.times)}"
    return rule.text


def _weekdays(days: tuple[int, ...]) -> str:
    for common, name in {range(7): "täglich", range(5): "werktags", range(5, 7): "am Wochenende"}.items():
        if tuple(common) == days:
            return name
    return _join([f"{WEEKDAYS[day].lower()}s" for day in days])


def german_interval(text: str) -> str | None:
    """Return the German of `every 3 days` or of `3 days`; None for anything else."""
    found = _INTERVAL.fullmatch(text)
    if found is None:
        return None
    one, several = _UNITS[found["unit"]]
    if found["every"]:
        return _interval(int(found["count"] or 1), found["unit"])
    return f"{found['count']} {several}" if found["count"] else several if text.endswith("s") else one


def _interval(count: int, unit: str) -> str:
    one, several = _UNITS[unit]
    return one if count == 1 else f"alle {count} {several}"


def _day_of_month(day: MonthDay, *, fully: bool) -> str:
    place = "letzten" if day.place == LAST else f"{day.place}."
    if day.weekday is None:
        return f"{place} Tag" if fully else place
    return f"{place} {WEEKDAYS[day.weekday]}"


def _clock(times: Sequence[time]) -> str:
    said = [f"{at.hour} Uhr" if at.minute == 0 else f"{at.hour}:{at:%M} Uhr" for at in times]
    return f"um {_join(said)}"


def _join(words: Sequence[str]) -> str:
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1])))
