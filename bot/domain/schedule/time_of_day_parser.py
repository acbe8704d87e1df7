"""Parser of times of day: `18:00`, `6pm`, `18h30`, `noon`, and several of them.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re
from datetime import time

from bot.domain.schedule.schedule_word import typed
from bot.domain.schedule.spoken_times import morning_or_evening
from bot.domain.schedule.tokens import Words, peek, take, take_link
from bot.domain.schedule.vocabulary import DAYS, NAMED_TIMES, NUMBERS, ScheduleError

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?P<half>[ap]m|h)?", re.ASCII)
_HALVES = ("am", "pm", "a.m.", "p.m.", "a.m", "p.m", "h")
_OF_THE_CLOCK = ("o'clock", "o’clock", "oclock")
_BEHIND_AN_HOUR = (*_HALVES, *_OF_THE_CLOCK, "and", "every", "each", "on")
_TIME_OR_HOUR = re.compile(r"\d{1,2}(?:[:.h]\d{2})?(?:[ap]m|[ap]\.m\.?|h)?", re.ASCII)


def is_time_next(words: Words) -> bool:
    """Return whether a time of day comes next, or a number meant as one, with nothing counted behind it."""
    word, following = peek(words), peek(words, 1)
    if word in ("at", "@"):
        return bool(following)
    if word in NAMED_TIMES:
        return True
    if not word[:1].isdigit():
        return False
    if _TIME_OR_HOUR.fullmatch(word) and not word.isdigit():
        return True
    if not word.isdigit():
        return ":" in word
    several_days = len(DAYS.get(following, ())) > 1
    return several_days or following in _BEHIND_AN_HOUR or not following.isalpha()


def read_times(words: Words) -> tuple[time, ...]:
    """Consume and return the times that come next, ascending.

    Raises:
        ScheduleError: One is not a time of day.
    """
    take(words, "at", "@")
    times = {_read_one(words)}
    while _another_follows(words):
        take_link(words)
        take(words, "at", "@")
        times.add(_read_one(words))
    return tuple(sorted(times))


def _another_follows(words: Words) -> bool:
    ahead = words.copy()
    return take_link(ahead) and is_time_next(ahead)


def _read_one(words: Words) -> time:
    word = words.popleft()
    half = take(words, *_HALVES) if word not in NAMED_TIMES else None
    take(words, *_OF_THE_CLOCK)
    said = typed(word) + (half or "")
    return read_time(f"{NUMBERS[word]}{half or ''}" if word in NUMBERS else word + (half or ""), said)


def read_time(word: str, said: str) -> time:
    """Return a time of day: `18:00`, `6pm`, `6:30 p.m.`, `18h`, `18h30`, `noon`, `midnight`.

    Args:
        word: The time in small letters.
        said: The time as it was typed.

    Raises:
        ScheduleError: It is not one, or could be morning or evening.
    """
    if word in NAMED_TIMES:
        return NAMED_TIMES[word]
    match = _TIME.fullmatch(re.sub(r"\.m\.?$", "m", word))
    if match is None:
        raise ScheduleError("“{word}” is not a time of day. Write it like 18:00.", word=said)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if match["minute"] is None and half is None:
        raise _not_full(said, hour)
    if minute > 59 or hour > 23 or (half in ("am", "pm") and not 1 <= hour <= 12):
        raise ScheduleError(
            "“{word}” is not a time of day: they run from 00:00 to 23:59. Write it like 18:00.", word=said
        )
    return time(hour % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else hour, minute)


def _not_full(word: str, hour: int) -> ScheduleError:
    if 1 <= hour <= 11:
        return morning_or_evening(word, hour * 60)
    if hour < 24:
        return ScheduleError(
            "“{word}” is not a full time of day. Write {time}.", word=word, time=f"{hour:02}:00"
        )
    return ScheduleError("“{word}” is not a full time of day. Write it like 18:00.", word=word)
