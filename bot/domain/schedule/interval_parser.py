"""Parser of intervals after “every”: `3 days`, `other friday`, `2nd week`, `first monday of the month`.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re

from bot.domain.schedule.month_day_parser import are_dates_next, parse_ordinal, read_dates
from bot.domain.schedule.parsed_schedule import ParsedSchedule, interval_text
from bot.domain.schedule.schedule_refusals import COUNTED, HOURS, unknown_word
from bot.domain.schedule.schedule_word import Example, Word, typed
from bot.domain.schedule.tokens import Words, peek, take
from bot.domain.schedule.vocabulary import (
    AMOUNT,
    DAYS,
    ELSEWHERE,
    FORTNIGHTS,
    MONTHS,
    NAMED_TIMES,
    NUMBERS,
    PARTS_OF_DAYS,
    REPEATS,
    UNITS,
    ScheduleError,
    check_length,
)
from bot.domain.schedule.weekday_parser import is_day_next, read_days


def read_every(words: Words, *, monthly: bool) -> ParsedSchedule:
    """Consume and return the interval that comes next; “every” has been consumed.

    Args:
        words: The remaining words.
        monthly: Set if the text speaks of months.

    Raises:
        ScheduleError: Nothing that can be counted comes next, or it would never come.
    """
    if not words:
        raise ScheduleError("Every what? Write “{counted}” or “{hours}”.", counted=COUNTED, hours=HOURS)
    if are_dates_next(words):
        return ParsedSchedule(dates=read_dates(words, monthly=monthly))
    part = take(words, *PARTS_OF_DAYS)
    if part or peek(words) in NAMED_TIMES:
        return ParsedSchedule(days=DAYS["daily"], part_of_day=part or "")
    if month := take(words, "month"):
        return ParsedSchedule(months=month)
    count = _read_count(words)
    if take(words, *FORTNIGHTS):
        return _counted(2 * count, "week")
    if is_day_next(words):
        return _counted_weekdays(words, count)
    word = words.popleft() if peek(words) not in ("", "at", "on") else Word("")
    if word not in UNITS:
        raise _not_a_unit(word, count)
    return _counted(count, UNITS[word])


def read_repeats(words: Words) -> ParsedSchedule | None:
    """Consume and return `fortnightly`, `monthly` or `once a week`, if such words come next."""
    if word := take(words, *REPEATS):
        return ParsedSchedule(every=REPEATS[word], biweekly=word in ("biweekly", "bi-weekly"))
    if month := take(words, "monthly"):
        return ParsedSchedule(months=month)
    if peek(words) in ("a", "an", "per", "of", "in") and peek(words, 1) in MONTHS:
        words.popleft()
        return ParsedSchedule(months=words.popleft())
    if peek(words) in ("a", "an", "per") and peek(words, 1) in UNITS:
        words.popleft()
        return ParsedSchedule(every=(1, UNITS[words.popleft()]))
    return None


def _counted(count: int, unit: str) -> ParsedSchedule:
    if count == 0:
        raise ScheduleError(
            "“{said}” would never come. Write 1 or more: “{one}” or “{two}”.",
            said=Example(interval_text(count, unit)),
            one=Example(interval_text(1, unit)),
            two=Example(interval_text(2, unit)),
        )
    check_length(count, unit)
    return ParsedSchedule(every=(count, unit))


def _counted_weekdays(words: Words, count: int) -> ParsedSchedule:
    """Read `every friday`, `every 2 fridays`. Every second weekday need not be in every second week."""
    if count == 1:
        return ParsedSchedule(days=read_days(words))
    if len(DAYS.get(peek(words), ())) > 2:
        raise _not_countable(peek(words), "mon, wed, fri at 18:00")
    said = _counted(count, "week")
    behind = words.copy()
    said.days = read_days(words)
    read = list(behind)[: len(behind) - len(words)]
    if not read[0].endswith("s") and any(day.endswith("days") for day in read):
        # “every other friday and mondays”: the plural is no longer counted.
        said.counted_days = True
        said.add(ParsedSchedule(days=said.days))
    said.counted_days = True
    return said


def _read_count(words: Words) -> int:
    if take(words, "other", "alternate"):
        return 2
    if take(words, "single"):
        return 1
    if peek(words) in NUMBERS:
        return NUMBERS[words.popleft()]
    number = parse_ordinal(peek(words))
    if number is not None and number > 1 and _can_be_counted(words):
        words.popleft()
        return number
    if glued := AMOUNT.fullmatch(words[0]):
        words.popleft()
        words.extendleft((Word(glued[2]), Word(glued[1])))
    if not re.match(r"[-+]?\d", words[0]):
        return 1
    word = words.popleft()
    if not (word.isascii() and word.isdigit()):
        raise ScheduleError(
            "“{word}” is not a whole number. Write 1 or more: “{counted}”.", word=typed(word), counted=COUNTED
        )
    return int(word)


def _can_be_counted(words: Words) -> bool:
    """Return whether an ordinal is followed by a unit: “every second” alone is a unit."""
    behind = words.copy()
    behind.popleft()
    return peek(behind) in (*UNITS, *FORTNIGHTS, *MONTHS) or is_day_next(behind)


def _not_a_unit(word: str, count: int) -> ScheduleError:
    if not word:
        return ScheduleError(
            "Every {number} what? Write “{days}” or “{hours}”.",
            number=count,
            days=Example(f"every {count} days at 18:00"),
            hours=Example(f"every {count} hours"),
        )
    if word in ("month", "months") and count in (2, 3, 4, 6):
        return _not_countable(word, f"0 18 1 */{count} *")
    if word in ELSEWHERE:
        return _not_countable(word, ELSEWHERE[word])
    return unknown_word(word, (*UNITS, *DAYS))


def _not_countable(word: str, example: str) -> ScheduleError:
    return ScheduleError(
        "“{word}” cannot be counted here. Write, for example, “{example}”.",
        word=typed(word),
        example=Example(example),
    )
