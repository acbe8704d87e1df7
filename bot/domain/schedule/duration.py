"""Lengths of time, as configuration writes them."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.schedule.vocabulary import AMOUNT, LONGEST_TEXT, UNITS, ScheduleError, check_length, nearest


def parse_duration(text: str) -> timedelta:
    """A length of time as configuration writes it: `30 seconds`, `10 minutes`, `1 hour 30 minutes`, `2 days`.

    Raises:
        ScheduleError: it is none, or is longer than ten years.
    """
    readable = text.lower() if len(text) <= LONGEST_TEXT else ""
    amounts = AMOUNT.findall(readable)
    rest = re.sub(r"\band\b|[\s,]", "", AMOUNT.sub("", readable))
    if not amounts or rest:
        hint = f"{readable.strip()} what? " if readable.strip().isdigit() else ""
        raise ScheduleError(f"{hint}“{text[:40]}” is not a length of time. Write it like “10 minutes”.")
    return sum((_length(int(number), word) for number, word in amounts), timedelta())


def _length(count: int, word: str) -> timedelta:
    if word not in UNITS:
        near = nearest(word, UNITS) or "minutes"
        raise ScheduleError(
            f"I do not understand “{word}”. Did you mean “{near}”? Write it like “10 minutes”."
        )
    return check_length(count, UNITS[word])
