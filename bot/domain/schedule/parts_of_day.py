"""Hours that a part of the day makes plain: `8 in the evening`, `every evening at 8`, `friday nights at 10`."""

from __future__ import annotations

import re

from bot.domain.schedule.schedule_word import Word
from bot.domain.schedule.tokens import Words
from bot.domain.schedule.vocabulary import DAYS, NUMBERS, PARTS_OF_DAYS

_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?h?(?P<half>[ap]m)?", re.ASCII)
_FIRST_IN_DAY = {"morning": 0, "afternoon": 12, "evening": 15, "night": 18}
_LAST_IN_DAY = {"morning": 11, "afternoon": 19, "evening": 23, "night": 23}
_SMALL_HOURS = 5
"""The last hour that is still night."""

_BETWEEN = ("at", "@", ",")
_BEHIND_HOURS = ("o'clock", "o’clock", "oclock")


def read_parts_of_day(words: Words) -> Words:
    """Return the words with a full time of day for an hour beside a part of the day, which is left out beside days.

    An hour that does not lie in that part of the day is left as it is, for the parser to refuse.
    """
    if not any(word.removesuffix("s") in PARTS_OF_DAYS for word in words):
        return words
    read = list(words)
    place = len(read)
    while place:
        place -= 1
        if read[place].removesuffix("s") in PARTS_OF_DAYS:
            place = min(place, _read_one(read, place))
    return Words(read)


def _read_one(words: list[Word], place: int) -> int:
    """Read the part of the day at a place together with the hour beside it, and return where to go on."""
    start = _start(words, place)
    for hour in (_behind(words, place), _before(words, start)):
        time = _time(words[hour], words[place].removesuffix("s")) if 0 <= hour < len(words) else None
        if time is None:
            continue
        words[hour] = time
        others = [word for at, word in enumerate(words) if not start <= at <= place]
        counted = any(word in DAYS or word in ("day", "days", "month", "week", "weeks") for word in others)
        alone = words[start : place + 1]
        if counted or "in" in alone or "at" in alone:
            del words[start : place + 1]
            if hour > place and start and words[start] == ",":
                del words[start]
        elif alone[0] not in ("every", "each"):
            word = words[place]
            words[place : place + 1] = [
                Word(each, word.typed, german=word.german) for each in ("every", word.removesuffix("s"))
            ]
        return start
    return place


def _start(words: list[Word], place: int) -> int:
    """Return where `in the evening`, `at night` or `every evening` begins."""
    before = [str(word) for word in words[max(place - 2, 0) : place]]
    if before == ["in", "the"]:
        return place - 2
    return place - 1 if before[-1:] in (["in"], ["at"], ["every"], ["each"]) else place


def _behind(words: list[Word], place: int) -> int:
    return place + 2 if words[place + 1 : place + 2] and words[place + 1] in _BETWEEN else place + 1


def _before(words: list[Word], start: int) -> int:
    return start - 2 if start > 1 and words[start - 1] in _BEHIND_HOURS else start - 1


def _time(word: Word, part: str) -> Word | None:
    """Return the time of day that an hour is in a part of the day, or None if it is none of it."""
    found = _CLOCK.fullmatch(str(NUMBERS.get(word, word)))
    if found is None or (found["half"] and not 1 <= int(found["hour"]) <= 12):
        return None
    hour = int(found["hour"])
    if found["half"]:
        hours = [hour % 12 + (12 if found["half"] == "pm" else 0)]
    else:
        hours = [hour % 24, hour + 12] if hour < 12 else [hour % 12, hour] if hour == 12 else [hour]
    for each in hours:
        small = part == "night" and each <= _SMALL_HOURS
        if each < 24 and (small or _FIRST_IN_DAY[part] <= each <= _LAST_IN_DAY[part]):
            return Word(f"{each:02}:{found['minute'] or '00'}", word.typed, german=word.german)
    return None
