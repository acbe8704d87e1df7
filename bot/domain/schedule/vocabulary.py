"""Vocabulary of the schedule language, and durations.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time, timedelta
from difflib import get_close_matches

from bot.domain.message_templates import Fact, Message
from bot.domain.schedule.recurrence import DAY_NAMES
from bot.domain.schedule.schedule_word import Example

DAYS: dict[str, tuple[int, ...]] = {
    **{
        form: (day,)
        for day, name in enumerate(name.lower() for name in DAY_NAMES)
        for form in (name, f"{name}s", name[:3], name[:2])
    },
    "tues": (1,),
    "weds": (2,),
    "thur": (3,),
    "thurs": (3,),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("daily", "everyday", "nightly"), (0, 1, 2, 3, 4, 5, 6)),
}
"""Every word for days, with the days it means, Monday being 0."""

UNITS: dict[str, str] = {
    form: unit
    for unit, forms in {
        "second": ("s", "sec", "secs", "second", "seconds"),
        "minute": ("m", "min", "mins", "minute", "minutes"),
        "hour": ("h", "hr", "hrs", "hour", "hours"),
        "day": ("d", "day", "days"),
        "week": ("w", "wk", "wks", "week", "weeks"),
    }.items()
    for form in forms
}
"""Every word for a unit of time, with the unit it means."""

REPEATS: dict[str, tuple[int, str]] = {
    "hourly": (1, "hour"),
    "weekly": (1, "week"),
    "fortnightly": (2, "week"),
    "biweekly": (2, "week"),
    "bi-weekly": (2, "week"),
}
"""Words for an interval, as a count and a unit."""

FORTNIGHTS = ("fortnight", "fortnights")
PARTS_OF_DAYS = ("night", "evening", "morning", "afternoon")
"""Words that mean every day after “every”."""

MONTHS = ("month", "months", "monthly")

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS: dict[str, int] = {word: number for number, word in enumerate(_SMALL, 1)}

LAST = -1
ORDINALS: dict[str, int] = {
    **{word: number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: number for number, word in enumerate(("sixth", "seventh", "eighth", "ninth", "tenth"), 6)},
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "last": LAST,
}
"""Words for a place in a row; the last counts as `LAST`."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ELSEWHERE = {
    **dict.fromkeys(("month", "monthly"), "1st of the month at 18:00"),
    "yearly": "0 18 1 1 *",
    "annually": "0 18 1 1 *",
    "months": "0 18 1 */2 *",
    "year": "0 18 1 1 *",
    "years": "0 18 1 1 *",
    "quarter": "0 18 1 */3 *",
    "quarterly": "0 18 1 */3 *",
    "few": "every 3 days at 18:00",
    "couple": "every 2 weeks on fri at 18:00",
    "half": "every 30 minutes",
    **dict.fromkeys(("am", "pm"), "daily at 18:00"),
    "end": "last day of the month at 18:00",
    **dict.fromkeys(("semimonthly", "semi-monthly"), "1st, 15th of the month at 18:00"),
    **dict.fromkeys(("bi-monthly", "bimonthly"), "0 18 1 */2 *"),
    **dict.fromkeys(("semi-weekly", "semiweekly"), "tue, fri at 18:00"),
    "except": "mon-sat at 18:00",
    "or": "tue, fri at 18:00",
    **dict.fromkeys(("night", "nights", "evening", "evenings"), "fri at 20:00"),
    **dict.fromkeys(("morning", "mornings", "afternoon", "afternoons"), "fri at 10:00"),
    **dict.fromkeys(("dawn", "sunrise"), "daily at 06:00"),
    **dict.fromkeys(("dusk", "sunset"), "daily at 20:00"),
    "semiannually": "0 18 1 1,7 *",
    **{
        form: f"0 18 1 {number} *"
        for number, name in enumerate(_MONTHS, 1)
        for form in (name.lower(), name[:3].lower())
    },
    "@hourly": "every hour",
    "@daily": "daily at 00:00",
    "@midnight": "daily at 00:00",
    "@weekly": "sun at 00:00",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
"""Words that are not in the language, with an example of how to write what they mean."""

NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}

_GRAMMAR = (
    "every",
    "each",
    "other",
    "alternate",
    "single",
    "at",
    "on",
    "the",
    "from",
    "to",
    "through",
    "once",
    "twice",
)
VOCABULARY = frozenset(
    (
        *DAYS,
        *UNITS,
        *REPEATS,
        *FORTNIGHTS,
        *PARTS_OF_DAYS,
        *MONTHS,
        *NUMBERS,
        *ORDINALS,
        *NAMED_TIMES,
        *_GRAMMAR,
    )
)
"""Words that have a meaning somewhere in a schedule."""

LONGEST_TEXT = 200
"""How many characters of a schedule or duration are read."""

AMOUNT = re.compile(r"(\d+)\s*([^\W\d_]+)", re.ASCII)
"""A number with its unit: `90s`, `2 hours`."""

_LONGEST = timedelta(days=3653)


class ScheduleError(ValueError):
    """A schedule or zone that makes no sense; the message says what to write instead."""

    def __init__(self, template: str, **facts: Fact) -> None:
        self.message = Message(template, facts)
        super().__init__(str(self.message))

    def show_examples(self, show: Callable[[str], str]) -> ScheduleError:
        """Return the error with every example as `show` writes it; examples are in English so far."""
        return ScheduleError(self.message.template, **_show_examples(self.message.facts, show))


def _show_examples(facts: Mapping[str, Fact], show: Callable[[str], str]) -> dict[str, Fact]:
    shown = dict(facts)
    for name, fact in facts.items():
        if isinstance(fact, Message) and fact.facts:
            shown[name] = Message(fact.template, _show_examples(fact.facts, show))
        elif isinstance(fact, Example | Message):
            shown[name] = show(str(fact))
    return shown


class DurationError(ScheduleError):
    """A duration that makes no sense. Only operators and authors write durations, so it is not translated."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most similar to `word`, if any; preferably one of the same letters."""
    candidates = sorted(known)
    letters = sorted(word)
    same = (candidate for candidate in candidates if sorted(candidate) == letters)
    return next(same, None) or next(iter(get_close_matches(word, candidates, n=1, cutoff=0.7)), None)


def check_length(count: int, unit: str) -> timedelta:
    """Return that many units, a unit being singular.

    Raises:
        ScheduleError: They are more than ten years.
    """
    one = timedelta(**{f"{unit}s": 1})
    if count > _LONGEST / one:
        raise ScheduleError(
            "“{length}” is more than ten years. Choose a smaller number.", length=Example(f"{count} {unit}s")
        )
    return count * one


def parse_duration(text: str) -> timedelta:
    """Parse a duration as configuration writes it: `30 seconds`, `10 minutes`, `1 hour 30 minutes`, `2 days`.

    Raises:
        ScheduleError: It is not one, or is longer than ten years.
    """
    readable = text.lower() if len(text) <= LONGEST_TEXT else ""
    amounts = AMOUNT.findall(readable)
    rest = re.sub(r"\band\b|[\s,]", "", AMOUNT.sub("", readable))
    if not amounts or rest:
        hint = f"{readable.strip()} what? " if readable.strip().isdigit() else ""
        raise DurationError(
            "{hint}“{text}” is not a length of time. Write it like “10 minutes”.", hint=hint, text=text[:40]
        )
    return sum((_length(int(number), word) for number, word in amounts), timedelta())


def _length(count: int, word: str) -> timedelta:
    if word not in UNITS:
        near = nearest(word, UNITS) or "minutes"
        raise DurationError(
            "I do not understand “{word}”. Did you mean “{near}”? Write it like “10 minutes”.",
            word=word,
            near=near,
        )
    return check_length(count, UNITS[word])
