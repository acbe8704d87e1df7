"""Parser of the schedule language: the parts of a schedule in any order, with a time zone at the end.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from bot.domain.schedule.cron import read_cron
from bot.domain.schedule.german_examples import german_interval, german_text
from bot.domain.schedule.german_words import SPELLED
from bot.domain.schedule.interval_parser import read_every, read_repeats
from bot.domain.schedule.month_day_parser import is_date_next, read_dates
from bot.domain.schedule.parsed_schedule import ParsedSchedule, combine_parts
from bot.domain.schedule.parts_of_day import read_parts_of_day
from bot.domain.schedule.recurrence import Rule, WeekdayRule
from bot.domain.schedule.schedule_refusals import FORMS, not_known, unknown_word, which_days
from bot.domain.schedule.schedule_word import Example, Word, typed, typed_text
from bot.domain.schedule.spoken_times import refuse_spoken_time
from bot.domain.schedule.time_of_day_parser import is_time_next, read_times
from bot.domain.schedule.time_zones import has_city, is_zone, parse_zone
from bot.domain.schedule.tokens import Words, is_cron, normalize_signs, peek, split_words, take, take_link
from bot.domain.schedule.vocabulary import (
    DAYS,
    ELSEWHERE,
    LONGEST_TEXT,
    MONTHS,
    NUMBERS,
    PARTS_OF_DAYS,
    REPEATS,
    VOCABULARY,
    ScheduleError,
)
from bot.domain.schedule.weekday_parser import is_day_next, read_days

_TIMES_A_UNIT = re.compile(
    rf"\b(?:twice|thrice|(?:\d{{1,9}}|{'|'.join(NUMBERS)}|few|several|many) ?(?:times|x))"
    r" (?:(?:a|an|per|each|every|in|in a|of|on|the) )?"
    r"(?P<unit>hour|day|night|week|month|year|daily|weekly|monthly|weekend)\b",
    re.ASCII,
)
_SEVERAL = {
    **dict.fromkeys(("day", "daily", "night"), "daily at 08:00 and 18:00"),
    **dict.fromkeys(("week", "weekly"), "tue, fri at 18:00"),
    **dict.fromkeys(("month", "monthly"), "1st, 15th of the month at 18:00"),
    "hour": "every 20 minutes",
    "year": "0 18 1 1,7 *",
    "weekend": "weekends at 18:00",
}
"""Examples in the schedule language for several times a unit."""

_ONCE = {
    _SEVERAL["day"]: "daily at 18:00",
    _SEVERAL["week"]: "fri at 18:00",
    _SEVERAL["month"]: "1st of the month at 18:00",
    _SEVERAL["hour"]: "every hour",
    _SEVERAL["year"]: ELSEWHERE["year"],
}
"""What each of those examples is for once a unit."""

_FILLERS = ("on", "from", "once")


def read_schedule(text: str) -> tuple[Rule, ZoneInfo | None]:
    """Return the rule that `text` describes, and the zone it names.

    Raises:
        ScheduleError: `text` makes no sense, or names slots that never come.
    """
    if len(text) > LONGEST_TEXT:
        raise ScheduleError("That schedule is too long. It looks like {forms}.", forms=FORMS)
    text = normalize_signs(text)
    fields = text.split()
    if is_cron(fields):
        return _read_cron_line(fields)
    words = split_words(text)
    if not words:
        raise ScheduleError("There is no schedule. It looks like {forms}.", forms=FORMS)
    said = tuple(words)
    try:
        refuse_spoken_time(" ".join(fields))
        _refuse_several(said)
        return _Reader(read_parts_of_day(words)).read()
    except ScheduleError as error:
        raise _in_their_language(error, said) from None


def _in_their_language(error: ScheduleError, words: Sequence[Word]) -> ScheduleError:
    """Return the refusal with its examples in the language of the words, where these tell one."""
    german = any(word.german for word in words) or str(error.message.facts.get("near")).lower() in SPELLED
    english = sum(word in VOCABULARY and not word.german for word in words)
    if german and sum(word.german for word in words) >= english:
        return error.show_examples(_to_german)
    return error.show_examples(str) if english else error


def _to_german(example: str) -> str:
    """Return an example in German, or as it is where it is not a whole schedule."""
    if interval := german_interval(example):
        return interval
    try:
        return german_text(read_schedule(example)[0])
    except ScheduleError:
        return example


def _read_cron_line(fields: list[str]) -> tuple[Rule, ZoneInfo | None]:
    if len(fields) not in (5, 6):
        raise ScheduleError(
            "Cron has five fields (minute, hour, day of month, month, weekday), such as “0 18 * * 2,5”; "
            "here are {number}. Or write it in words: “tue, fri at 18:00”.",
            number=len(fields),
        )
    if len(fields) == 6 and re.match(r"[\d*]", fields[5]):
        raise ScheduleError(
            "Cron has five fields here, without seconds: minute, hour, day of month, month, weekday, "
            "such as “0 18 * * 2,5”. For a short beat write “every 20 seconds”."
        )
    rule = read_cron(fields[:5])
    return rule, parse_zone(fields[5]) if len(fields) == 6 else None


def _refuse_several(words: Sequence[Word]) -> None:
    """Refuse `twice a week`, which does not say on which days."""
    text = " ".join(words)
    if found := _TIMES_A_UNIT.search(text.replace("-", " ")):
        example = _SEVERAL[found["unit"]]
        if found[0].startswith(("3 ", "3x", "three")):
            example = example.replace("tue, fri", "mon, wed, fri")
        elif found[0].startswith(("1 ", "1x", "one")):
            example = _ONCE.get(example, example)
        first, last = (text.count(" ", 0, end) for end in found.span())
        raise not_known(typed_text(words[first : last + 1]), example)


class _Reader:
    """Reads one part after the other. A day that has its time may be followed by another with its own."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._monthly = any(word in MONTHS for word in words)
        self._parts = [ParsedSchedule()]
        self._zone: ZoneInfo | None = None

    def read(self) -> tuple[Rule, ZoneInfo | None]:
        """Return the rule and the zone.

        Raises:
            ScheduleError: Something is not understood, or is missing.
        """
        while self._words and self._read_part():
            pass
        if self._words and not (
            self._last.whole
            or peek(self._words) in ("at", "@")
            or (self._last.how_often and self._stands_zone())
        ):
            raise self._not_understood()
        if take(self._words, "at", "@"):
            raise ScheduleError("Say at what time: “{example}”.", example=Example(self._last.example()))
        rule = combine_parts(self._parts)
        return rule, self._read_zone() if self._words else self._zone

    @property
    def _last(self) -> ParsedSchedule:
        return self._parts[-1]

    def _read_part(self) -> bool:
        """Read the next words and return whether they were understood."""
        words = self._words
        if self._last.times or self._last.how_often:
            take_link(words)
        if len(words) > 1:
            take(words, *_FILLERS)
        if peek(words) == "the" and peek(words, 1) in DAYS:
            take(words, "the")
        if is_date_next(words):
            self._add(ParsedSchedule(dates=read_dates(words, monthly=self._monthly)))
        elif is_time_next(words):
            self._read_times()
        elif peek(words) == "alternate" or take(words, "every", "each"):
            self._add(read_every(words, monthly=self._monthly))
        elif is_day_next(words):
            self._add(ParsedSchedule(days=read_days(words)))
        elif repeats := read_repeats(words):
            self._add(repeats)
        elif len(words) > 1 and not self._last.whole and self._zone is None and is_zone(typed(words[0])):
            self._zone = parse_zone(typed(words.popleft()))
        else:
            return False
        return True

    def _add(self, more: ParsedSchedule) -> None:
        if self._last.is_followed_by(more):
            self._parts.append(more)
        else:
            self._last.add(more)

    def _read_times(self) -> None:
        if self._last.times_first and self._last.how_often:
            self._parts.append(ParsedSchedule())
        last = self._last
        last.times_first = last.times_first or not last.how_often
        last.times = tuple(sorted({*last.times, *read_times(self._words)}))

    def _stands_zone(self) -> bool:
        return len(self._words) == 1 and ("/" in self._words[0] or is_zone(typed(self._words[0])))

    def _not_understood(self) -> ScheduleError:
        word = peek(self._words)
        if self._last.how_often:
            return self._not_understood_behind(word)
        if word[:1].isdigit():
            return which_days()
        return unknown_word(word, (*DAYS, *REPEATS, "every", "last"))

    def _not_understood_behind(self, word: Word) -> ScheduleError:
        """Refuse a word behind the days; a part of the day has no place there."""
        days = self._last.days
        if word.removesuffix("s") in PARTS_OF_DAYS and days:
            hour = "10:00" if word.startswith(("morning", "afternoon")) else "20:00"
            return not_known(word, f"{WeekdayRule(days, (time.fromisoformat(hour),)).text}")
        return unknown_word(word, (*DAYS, "at"))

    def _read_zone(self) -> ZoneInfo:
        if len(self._words) > 1:
            take(self._words, "in")
        named = typed_text(self._words)
        if self._zone is None and (len(self._words) == 1 or is_zone(named) or has_city(named)):
            return parse_zone(named)
        raise ScheduleError(
            "I do not understand “{words}” at the end. Only a time zone may stand there.", words=named
        )
