"""Parser of days of the week: `tue, fri`, `mon-fri`, `monday through friday`, `weekends`.

Seen by: authors, server managers.
"""

from __future__ import annotations

from bot.domain.schedule.recurrence import DAY_NAMES
from bot.domain.schedule.schedule_word import Example
from bot.domain.schedule.tokens import Words, peek, take_link
from bot.domain.schedule.vocabulary import DAYS, ScheduleError

_TO = ("to", "-", "through", "thru", "until", "till")


def is_day_next(words: Words) -> bool:
    """Return whether a day, or a range of days, comes next."""
    first, dash, last = peek(words).partition("-")
    return peek(words) in DAYS or (bool(dash) and first in DAYS and (last in DAYS or not last))


def read_days(words: Words) -> tuple[int, ...]:
    """Consume and return the days that come next, ascending; days after `daily` only say which.

    Raises:
        ScheduleError: A range begins or ends with several days.
    """
    days = set(_read_one(words))
    while True:
        ahead = words.copy()
        take_link(ahead)
        if not is_day_next(ahead):
            return tuple(sorted(days))
        take_link(words)
        more = _read_one(words)
        days = {*more} if len(days) == len(DAY_NAMES) else days.union(more)


def _read_one(words: Words) -> tuple[int, ...]:
    first, dash, last = words.popleft().partition("-")
    if dash and last:
        return _span(DAYS[first], DAYS[last])
    if not dash and peek(words).startswith("-") and peek(words)[1:] in DAYS:
        return _span(DAYS[first], DAYS[words.popleft()[1:]])
    if (dash or peek(words) in _TO) and peek(words, 0 if dash else 1) in DAYS:
        if not dash:
            words.popleft()
        return _span(DAYS[first], DAYS[words.popleft()])
    return DAYS[first]


def _span(first: tuple[int, ...], last: tuple[int, ...]) -> tuple[int, ...]:
    if len(first) > 1 or len(last) > 1:
        raise ScheduleError(
            "A range goes from one day to another, such as “{example}”.", example=Example("mon-fri at 18:00")
        )
    return tuple((first[0] + step) % 7 for step in range((last[0] - first[0]) % 7 + 1))
