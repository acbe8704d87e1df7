"""Times of day in words, such as `half past six` and `halb sieben`: they may be morning or evening.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re

from bot.domain.schedule.german_words import GERMAN
from bot.domain.schedule.schedule_word import fold_german
from bot.domain.schedule.vocabulary import NUMBERS, ScheduleError

_HOURS = {**NUMBERS, "eins": 1} | {
    form: int(number) for form, number in GERMAN.items() if number.isdigit() and 1 <= int(number) <= 12
}
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)}|fünf|zwölf)\b"
_SPOKEN = tuple(
    (re.compile(rf"\b{said} {_HOUR}", re.IGNORECASE), minutes)
    for said, minutes in {
        "half(?: past)?": 30,
        "quarter (?:past|after)": 15,
        "quarter (?:to|of|before)": -15,
        "halb": -30,
        "viertel nach": 15,
        "(?:viertel vor|drei ?viertel)": -15,
        "viertel": -45,
    }.items()
)
"""Patterns, each with the minutes to add to the hour that it names."""


def morning_or_evening(word: str, minutes: int) -> ScheduleError:
    """Return the refusal of a time that is so many minutes after midnight, or after noon."""
    hour, minute = divmod(minutes % 720, 60)
    return ScheduleError(
        "“{word}” is not a full time of day. Write {morning} for the morning, {evening} for the evening.",
        word=word,
        morning=f"{hour:02}:{minute:02}",
        evening=f"{hour + 12}:{minute:02}",
    )


def refuse_spoken_time(text: str) -> None:
    """Refuse a text that has such a time.

    Raises:
        ScheduleError: It has; the message asks which half of the day is meant.
    """
    for pattern, minutes in _SPOKEN:
        if found := pattern.search(text):
            said = fold_german(found["hour"])
            hour = int(said) if said.isdigit() else _HOURS[said]
            if 1 <= hour <= 12:
                raise morning_or_evening(found[0], hour * 60 + minutes)
