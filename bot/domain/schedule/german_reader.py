"""Reading of German: its words are replaced by the English ones of the schedule language."""

from __future__ import annotations

import re
from collections import deque

from bot.domain.schedule.german_words import GERMAN, LONGEST_PHRASE, PARTS_OF_DAYS, PHRASES, SHARED
from bot.domain.schedule.monthly_recurrence import ordinal
from bot.domain.schedule.schedule_word import Word, fold_german, typed_text
from bot.domain.schedule.vocabulary import DAYS

_LINKS = (",", ";", "&", "+", "und")
_ORDINAL = re.compile(r"(\d{1,2})\.", re.ASCII)
_OF_A_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)
_GLUED = re.compile(r"(\d{1,2}(?:[:.]\d{2})?)(uhr)(\d{2})?", re.ASCII)
_MINUTES = re.compile(r"[0-5]\d", re.ASCII)
_HALVES = {
    **dict.fromkeys(("morgens", "frueh", "vormittags"), (0, 11, 0)),
    **dict.fromkeys(("nachmittags", "abends"), (1, 11, 12)),
    "mittags": (1, 3, 12),
    "nachts": (9, 11, 12),
}
"""Words behind an hour, with the first and last hour that they change, and the hours to add."""


def is_german_day(word: str) -> bool:
    """Return whether this is a weekday in German."""
    return GERMAN.get(fold_german(word.strip(".")), "") in DAYS


def read_german(words: deque[Word]) -> deque[Word]:
    """Return the words with English ones for the German ones; English words stay."""
    return _Reader(list(words)).read()


class _Reader:
    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._folded = [fold_german(word) for word in words]
        self._at = 0
        self._read: deque[Word] = deque()

    def read(self) -> deque[Word]:
        while self._at < len(self._words):
            if not (self._read_clock() or self._read_phrase()):
                self._read_word()
        return self._read

    def _next(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._folded[at] if at < len(self._folded) else ""

    def _add(self, meaning: str, length: int, *, german: bool = True) -> None:
        """Replace the next `length` words by those of `meaning`."""
        said = typed_text(self._words[self._at : self._at + length])
        self._read.extend(Word(each, said, german=german) for each in meaning.split())
        self._at += length

    def _read_phrase(self) -> bool:
        for length in range(LONGEST_PHRASE, 1, -1):
            if english := PHRASES.get(tuple(self._folded[self._at : self._at + length])):
                if english == "a day" and self._next(2) in ("des", "im", "jeden"):
                    return False
                self._add(english, length)
                return True
        return False

    def _read_word(self) -> None:
        word, folded = self._words[self._at], self._folded[self._at]
        if found := self._ordinal():
            self._add(found, 1, german=False)
        elif folded == "am" and self._is_am_german():
            self._add("on", 1)
        elif folded in PARTS_OF_DAYS:
            behind_a_day = bool(self._read) and self._read[-1] in DAYS
            self._add(f"{'' if behind_a_day else 'every '}{PARTS_OF_DAYS[folded]}", 1)
        elif folded in GERMAN:
            self._add(GERMAN[folded], 1, german=folded not in SHARED)
        elif days := _span(folded):
            self._add(days, 1, german=any(day not in DAYS for day in folded.split("-")))
        else:
            self._read.append(word)
            self._at += 1

    def _ordinal(self) -> str | None:
        """Return the English of `2.`, which is no time of day: that stands last, or behind “um”."""
        found = _ORDINAL.fullmatch(self._words[self._at].typed)
        before = self._folded[self._at - 1] if self._at else ""
        if not found or not self._next(1) or before in ("um", "at", "@") or not 1 <= int(found[1]) <= 31:
            return None
        return ordinal(int(found[1]))

    def _is_am_german(self) -> bool:
        """Return whether this is no “6 am”: a number before it and no German behind it."""
        following = self._next(1)
        german = following in GERMAN and following not in SHARED
        dotted = self._at + 1 < len(self._words) and _ORDINAL.fullmatch(self._words[self._at + 1].typed)
        after_hour = (
            self._at > 0 and self._folded[self._at - 1][:1].isdigit() and self._read[-1].typed.isdigit()
        )
        return bool(following) and (german or bool(dotted) or not after_hour)

    def _read_clock(self) -> bool:
        """Read `18 Uhr`, `18 Uhr 30`, `18.30 Uhr`, `8 Uhr abends`, and the 18 of `18 und 20 Uhr`."""
        clock, length = self._clock(self._at)
        if clock is None:
            return False
        hour, minute = clock
        first, last, more = _HALVES.get(self._next(length), (0, -1, 0))
        if self._next(length) in _HALVES and first <= hour:
            length += 1
            hour = (
                0
                if (hour, self._next(length - 1)) == (12, "nachts")
                else hour + (more if hour <= last else 0)
            )
        self._add(f"{hour:02}h{minute:02}" if hour < 24 else f"{hour}:{minute:02}", length)
        return True

    def _clock(self, at: int) -> tuple[tuple[int, int] | None, int]:
        """Return the time of day at a position, and the number of words it takes."""
        word = self._folded[at] if at < len(self._folded) else ""
        if glued := _GLUED.fullmatch(word):
            found, minutes, length, behind = glued[1], glued[3], 1, True
        else:
            found, minutes, length = GERMAN.get(word, word), None, 2
            behind = self._next(at + 1 - self._at) == "uhr"
        time = _OF_A_CLOCK.fullmatch(found)
        if time is None:
            return None, 0
        if not behind:
            linked = self._next(at + 1 - self._at) in _LINKS and self._clock(at + 2)[0] is not None
            return ((int(time[1]), int(time[2] or 0)), 1) if linked else (None, 0)
        following, then = (self._next(at + length + ahead - self._at) for ahead in (0, 1))
        if minutes is None and time[2] is None and _MINUTES.fullmatch(following) and then != "uhr":
            minutes, length = following, length + 1
        return (int(time[1]), int(time[2] or minutes or 0)), length


def _span(folded: str) -> str | None:
    """Return the English of `mo-fr`; a range may end on the dash."""
    first, dash, last = folded.replace(".", "").partition("-")
    first, last = GERMAN.get(first, first), GERMAN.get(last, last)
    return f"{first}-{last}" if dash and first in DAYS and (last in DAYS or not last) else None
