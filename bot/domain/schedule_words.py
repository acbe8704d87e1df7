"""The words of the schedule language: days, times, units and zones, and what to say when one is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.schedule_rules import DAY_NAMES

EXAMPLES = (
    "“daily at 18:00”, “weekdays at 07:30”, “tue, fri at 18:00”, “every 3 days at 18:00”, “every 2 hours” "
    "or cron such as “0 18 * * 2,5”"
)

_SHORT_FORMS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

DAYS: dict[str, tuple[int, ...]] = {
    **{form: (day,) for form, day in _SHORT_FORMS.items()},
    **{
        form: (day,)
        for day, name in enumerate(DAY_NAMES)
        for form in (name.lower(), f"{name.lower()}s", name[:3].lower())
    },
    **dict.fromkeys(("weekday", "weekdays"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("daily", "everyday"), (0, 1, 2, 3, 4, 5, 6)),
}
"""Every word for days, with the days it means, Monday being 0."""

UNITS: dict[str, str] = {
    form: unit
    for unit, forms in {
        "second": ("s", "sec", "secs", "second", "seconds"),
        "minute": ("m", "min", "mins", "minute", "minutes"),
        "hour": ("h", "hr", "hrs", "hour", "hours"),
        "day": ("d", "day", "days"),
        "week": ("w", "week", "weeks"),
    }.items()
    for form in forms
}
"""Every word for a unit of time, with the unit it means."""

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?P<half>[ap]m)?", re.ASCII)


ELSEWHERE = {
    "hourly": "every hour",
    "weekly": "fri at 18:00",
    "fortnightly": "every 2 weeks on fri at 18:00",
    "monthly": "0 18 1 * *",
    "yearly": "0 18 1 1 *",
    "annually": "0 18 1 1 *",
    "month": "0 18 1 * *",
    "months": "0 18 1 */2 *",
    "year": "0 18 1 1 *",
    "years": "0 18 1 1 *",
    "fortnight": "every 2 weeks on fri at 18:00",
    "@hourly": "every hour",
    "@daily": "daily at 00:00",
    "@midnight": "daily at 00:00",
    "@weekly": "sun at 00:00",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
"""Words one might try, and how it is said here."""

LONGEST_TEXT = 200
"""How many characters of a schedule or duration are read."""

AMOUNT = re.compile(r"(\d+)\s*([^\W\d_]+)", re.ASCII)
"""A number with its unit: `90s`, `2 hours`."""

_LONGEST = timedelta(days=3653)


class ScheduleError(ValueError):
    """A schedule, duration or zone that makes no sense; the message says what to write instead."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, if one does."""
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def unknown_word(word: str, known: Iterable[str]) -> ScheduleError:
    """The refusal of a word, naming the nearest known one, or else the forms there are."""
    near = nearest(word, (candidate for candidate in known if len(candidate) > 1))
    if near is None:
        return ScheduleError(f"I do not understand “{word}”. A schedule looks like {EXAMPLES}.")
    return ScheduleError(
        f"I do not understand “{word}”. Did you mean “{near}”? A schedule looks like “tue, fri at 18:00”."
    )


def read_time(word: str) -> time:
    """A time of day: `18:00`, `6pm`, `6:30 p.m.`, `noon`, `midnight`.

    Raises:
        ScheduleError: it is none, or could be morning or evening.
    """
    if word in ("noon", "midnight"):
        return time(12 if word == "noon" else 0)
    match = _TIME.fullmatch(word.replace(".m.", "m"))
    if match is None:
        raise ScheduleError(f"“{word}” is not a time of day. Write it like 18:00.")
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if match["minute"] is None and half is None:
        raise ScheduleError(f"“{word}” is not a full time of day. {_whole_hour(hour)}")
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ScheduleError(
            f"“{word}” is not a time of day: they run from 00:00 to 23:59. Write it like 18:00."
        )
    return time(hour if half is None else hour % 12 + (12 if half == "pm" else 0), minute)


def check_length(count: int, unit: str) -> timedelta:
    """That many units, a unit being singular.

    Raises:
        ScheduleError: they are more than ten years.
    """
    one = timedelta(**{f"{unit}s": 1})
    if count > _LONGEST / one:
        raise ScheduleError(f"“{count} {unit}s” is more than ten years. Choose fewer {unit}s.")
    return count * one


def _whole_hour(hour: int) -> str:
    if 1 <= hour <= 11:
        return f"Write {hour:02}:00 for the morning, {hour + 12}:00 for the evening."
    return f"Write {hour:02}:00." if hour < 24 else "Write it like 18:00."


def parse_zone(name: str) -> ZoneInfo:
    """The time zone of that name, such as `Europe/London`; case does not matter.

    Raises:
        ScheduleError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        key = _zone_names().get(name.casefold())
    if key is None:
        raise ScheduleError(f"There is no time zone “{name}”. {_zone_hint(name.casefold())}")
    return ZoneInfo(key)


@cache
def _zone_names() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones()}


def _zone_hint(name: str) -> str:
    cities = {known.rpartition("/")[2]: key for known, key in _zone_names().items() if "/" in known}
    candidates = {**cities, **_zone_names()}
    near = nearest(name.replace(" ", "_"), candidates)
    return f"Did you mean {candidates[near]}?" if near else "Write it like Europe/London or America/New_York."
