"""Reading the schedule language. Each function reads one part of it from the words that are left."""

from __future__ import annotations

import re
from collections import deque
from datetime import time
from zoneinfo import ZoneInfo

from bot.domain.schedule_cron import read_cron
from bot.domain.schedule_rules import Elapsed, EveryDays, OnWeekdays, Rule
from bot.domain.schedule_words import (
    AMOUNT,
    DAYS,
    ELSEWHERE,
    EXAMPLES,
    LONGEST_TEXT,
    UNITS,
    ScheduleError,
    check_length,
    parse_zone,
    read_time,
    unknown_word,
)

_WORD = re.compile(r"[^\s,&]+|[,&]")
_CRON_FIELD = re.compile(r"[\d*][\d*,/-]*", re.ASCII)
_LINKS = (",", "&", "and")
_Words = deque[str]


def read_schedule(text: str) -> tuple[Rule, ZoneInfo | None]:
    """The rule that `text` says, and the zone it names.

    Raises:
        ScheduleError: `text` makes no sense, or names slots that never come.
    """
    if len(text) > LONGEST_TEXT:
        raise ScheduleError(f"That schedule is too long. It looks like {EXAMPLES}.")
    fields = text.split()
    if fields and _CRON_FIELD.fullmatch(fields[0]) and not _is_clock_first(fields):
        return _read_cron_line(fields)
    words = deque(_WORD.findall(text))
    if not words:
        raise ScheduleError(f"There is no schedule. It looks like {EXAMPLES}.")
    rule = _read_every(words) if _take(words, "every", "each") else _read_days(words)
    return rule, _read_zone(words)


def _is_clock_first(fields: list[str]) -> bool:
    return len(fields) < 5 and any(field.lower() in (*DAYS, *UNITS) for field in fields)


def _read_cron_line(fields: list[str]) -> tuple[Rule, ZoneInfo | None]:
    if len(fields) not in (5, 6):
        raise ScheduleError(
            f"Cron has five fields (minute, hour, day of month, month, weekday), such as “0 18 * * 2,5”; "
            f"here are {len(fields)}. Or write it in words: “tue, fri at 18:00”."
        )
    if len(fields) == 6 and re.match(r"[\d*]", fields[5]):
        raise ScheduleError(
            "Cron has five fields here, without seconds: minute, hour, day of month, month, weekday, "
            "such as “0 18 * * 2,5”. For a short beat write “every 20 seconds”."
        )
    rule = read_cron(fields[:5])
    return rule, parse_zone(fields[5]) if len(fields) == 6 else None


def _take(words: _Words, *wanted: str) -> str | None:
    """The next word, in lower case, if it is one of those."""
    return words.popleft().lower() if words and words[0].lower() in wanted else None


def _read_days(words: _Words) -> OnWeekdays:
    _take(words, "on")
    days: set[int] = set()
    while words:
        days.update(_read_day(words))
        if not (_take_link(words) or (words and words[0].lower() in DAYS)):
            break
    return OnWeekdays(tuple(sorted(days)), _read_times(words, _said(days)))


def _take_link(words: _Words) -> bool:
    """Whether a comma, an “and”, or both stand between two items."""
    linked = False
    while _take(words, *_LINKS):
        linked = True
    return linked


def _said(days: set[int]) -> str:
    return OnWeekdays(tuple(sorted(days)), (time(18),)).text


def _read_day(words: _Words) -> tuple[int, ...]:
    word = words.popleft().lower()
    if word in DAYS:
        last = (
            DAYS.get(words[1].lower(), ()) if len(words) > 1 and words[0].lower() in ("to", "-", "–") else ()
        )
        if not last:
            return DAYS[word]
        del words[0], words[0]
        return _span(DAYS[word], last)
    first, dash, end = re.sub("[–—]", "-", word).partition("-")
    if dash and first in DAYS and end in DAYS:
        return _span(DAYS[first], DAYS[end])
    raise _not_a_day(word)


def _span(first: tuple[int, ...], last: tuple[int, ...]) -> tuple[int, ...]:
    if len(first) > 1 or len(last) > 1:
        raise ScheduleError("A range goes from one day to another, such as “mon-fri at 18:00”.")
    return tuple((first[0] + step) % 7 for step in range((last[0] - first[0]) % 7 + 1))


def _not_a_day(word: str) -> ScheduleError:
    if word in ELSEWHERE:
        return ScheduleError(f"“{word}” is not known here. Write, for example, “{ELSEWHERE[word]}”.")
    if word == "at" or re.match(r"\d", word):
        return ScheduleError("Say how often: “daily at 18:00”, “tue, fri at 18:00” or “every 20 seconds”.")
    return unknown_word(word, (*DAYS, "every"))


def _read_times(words: _Words, example: str) -> tuple[time, ...]:
    said_at = _take(words, "at", "@")
    if not words or not (said_at or _looks_like_time(words[0])):
        if words and "/" not in words[0] and not said_at:
            raise unknown_word(words[0], (*DAYS, "at"))
        raise ScheduleError(f"Say at what time: “{example}”.")
    times: set[time] = set()
    while words:
        times.add(_read_one_time(words))
        if not _take_link(words):
            break
        _take(words, "at")
    return tuple(sorted(times))


def _looks_like_time(word: str) -> bool:
    return word[0].isdigit() or word.lower() in ("noon", "midnight")


def _read_one_time(words: _Words) -> time:
    word = words.popleft().lower()
    half = _take(words, "am", "pm", "a.m.", "p.m.")
    return read_time(word + (half or ""))


def _read_every(words: _Words) -> Rule:
    if not words:
        raise ScheduleError("Every what? Write “every 3 days at 18:00” or “every 2 hours”.")
    if words[0].lower() in DAYS:
        return _read_days(words)
    count = _read_count(words)
    word = words.popleft().lower() if words else ""
    if word not in UNITS:
        raise _not_a_unit(word, count)
    unit = UNITS[word]
    said = f"every {unit}" if count == 1 else f"every {count} {unit}s"
    _check_count(count, unit, said)
    if unit in ("day", "week"):
        return _read_every_days(words, count, unit, said)
    if words and (words[0].lower() in ("at", "on") or _looks_like_time(words[0])):
        raise ScheduleError(f"“{said}” has no time of day: write it alone, or write “every 3 days at 18:00”.")
    return Elapsed(count, unit)


def _read_count(words: _Words) -> int:
    if _take(words, "other"):
        return 2
    if glued := AMOUNT.fullmatch(words[0]):
        words.popleft()
        words.extendleft((glued[2], glued[1]))
    if not re.match(r"[-+]?\d", words[0]):
        return 1
    word = words.popleft()
    if not (word.isascii() and word.isdigit()):
        raise ScheduleError(f"“{word}” is not a whole number. Write 1 or more: “every 3 days at 18:00”.")
    return int(word)


def _not_a_unit(word: str, count: int) -> ScheduleError:
    if not word:
        return ScheduleError(
            f"Every {count} what? Write “every {count} days at 18:00” or “every {count} hours”."
        )
    if word in ELSEWHERE:
        return ScheduleError(f"“{word}” cannot be counted here. Write, for example, “{ELSEWHERE[word]}”.")
    return unknown_word(word, (*UNITS, *DAYS))


def _check_count(count: int, unit: str, said: str) -> None:
    if count == 0:
        raise ScheduleError(
            f"“{said}” would never come. Write 1 or more: “every {unit}” or “every 2 {unit}s”."
        )
    check_length(count, unit)


def _read_every_days(words: _Words, count: int, unit: str, said: str) -> Rule:
    weeks = unit == "week"
    weekday = None
    if weeks and _take(words, "on"):
        if count == 1:
            return _read_days(words)
        weekday = _read_only_day(words, said)
    elif not words or not (words[0].lower() in ("at", "@") or _looks_like_time(words[0])):
        return EveryDays(count, weeks=weeks)
    times = _read_times(words, f"{said} at 18:00")
    if unit == "day" and count == 1:
        return OnWeekdays(tuple(range(7)), times)
    return EveryDays(count, times, weeks=weeks, weekday=weekday)


def _read_only_day(words: _Words, said: str) -> int:
    days = _read_day(words) if words else ()
    if len(days) != 1 or _take_link(words):
        raise ScheduleError(f"Name one day: “{said} on fri at 18:00”.")
    return days[0]


def _read_zone(words: _Words) -> ZoneInfo | None:
    if not words:
        return None
    if len(words) > 1:
        raise ScheduleError(
            f"I do not understand “{' '.join(words)}” at the end. Only a time zone may stand there."
        )
    return parse_zone(words[0])
