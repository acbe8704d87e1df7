"""Cron expressions with five fields, checked field by field so that a fault can be named.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re

from cronsim import CronSim, CronSimError

from bot.domain.schedule.local_time import EARLIEST
from bot.domain.schedule.recurrence import CronRule
from bot.domain.schedule.vocabulary import ScheduleError

_FIELDS = (
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of month", "1 to 31, or L for the last"),
    ("month", "1 to 12 or jan to dec"),
    ("weekday", "0 to 7 (0 and 7 are Sunday) or sun to sat"),
)
_TO_SUNDAY = re.compile(r"\b(MON|TUE|WED|THU|FRI|SAT|[1-6])-SUN\b")
_START = EARLIEST.replace(tzinfo=None, year=2000)


def read_cron(fields: list[str]) -> CronRule:
    """Return the rule of five cron fields. A weekday range may end on `sun`.

    Raises:
        ScheduleError: A field is wrong, or no date ever fits them all.
    """
    fields = [field.upper() for field in fields]
    fields[4] = _TO_SUNDAY.sub(r"\1-7", fields[4])
    for index, (name, allowed) in enumerate(_FIELDS):
        _check(fields[index], index, name, allowed)
    expression = " ".join(fields)
    try:
        next(CronSim(expression, _START))
    except (CronSimError, StopIteration):
        raise ScheduleError(
            "“{field}” would never come: no day fits its day of month, month and weekday. "
            "Choose a day that the month has, such as “0 9 28 2 *”.",
            field=expression,
        ) from None
    return CronRule(expression)


def _check(field: str, index: int, name: str, allowed: str) -> None:
    alone = ["*"] * 5
    alone[index] = field
    try:
        CronSim(" ".join(alone), _START)
    except CronSimError:
        raise ScheduleError(
            "“{field}” is no {name} in cron: write {allowed}, with * for every, "
            "1-5 for a range, 1,3 for a list, */2 for steps.",
            field=field.lower(),
            name=name,
            allowed=allowed,
        ) from None
