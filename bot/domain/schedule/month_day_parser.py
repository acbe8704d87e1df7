"""Parser of days of the month: `1st and 15th of the month`, `first and third monday of each month`.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.schedule.monthly_recurrence import MonthDay, ordinal, sort_days
from bot.domain.schedule.recurrence import short_names
from bot.domain.schedule.schedule_refusals import ambiguous, not_known, unknown_word
from bot.domain.schedule.schedule_word import Example, Word, typed_text
from bot.domain.schedule.tokens import Words, peek, take, take_link
from bot.domain.schedule.vocabulary import DAYS, LAST, MONTHS, ORDINALS, UNITS, ScheduleError

_NUMBERED = re.compile(r"(\d{1,4})(?:st|nd|rd|th)", re.ASCII)
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Item:
    """An ordinal as it is written."""

    word: Word
    place: int
    """Its number."""
    counted: tuple[int, ...] | None
    """The weekdays that it counts: () for “day”, None for no word."""
    typed: str
    """All its words, as they were typed."""
    german: bool = False

    @property
    def said(self) -> str:
        """The item as a refusal quotes it."""
        return self.typed if self.german else str(self)

    def __str__(self) -> str:
        if not self.counted:
            return self.word if self.counted is None else f"{self.word} day"
        several = {DAYS["weekday"]: "weekday", DAYS["weekend"]: "weekend"}
        return f"{self.word} {several.get(self.counted) or ', '.join(short_names(self.counted))}"


def parse_ordinal(word: str) -> int | None:
    """Return the number of an ordinal: `3rd`, `third`, `last`."""
    found = _NUMBERED.fullmatch(word)
    return int(found[1]) if found else ORDINALS.get(word)


def is_date_next(words: Words) -> bool:
    """Return whether a day of the month comes next; a bare number is one if “of” follows the last of them."""
    ahead = words.copy()
    take(ahead, "the")
    if parse_ordinal(peek(ahead)) is not None:
        return True
    if not _NUMBER.fullmatch(peek(ahead)):
        return False
    while _NUMBER.fullmatch(peek(ahead)):
        ahead.popleft()
        take_link(ahead)
    return peek(ahead) == "of"


def are_dates_next(words: Words) -> bool:
    """Return whether the next words count within a month, as `first friday` does and `second friday` need not."""
    ahead = words.copy()
    items = _read_items(ahead) if is_date_next(ahead) else []
    return bool(items) and (_take_month(ahead) or _counts_in_months(items, peek(ahead)))


def read_dates(words: Words, *, monthly: bool) -> tuple[MonthDay, ...]:
    """Consume and return the days of the month that come next, ascending, the last ones last.

    Args:
        words: The remaining words.
        monthly: Set if another part says that days of the month are meant.

    Raises:
        ScheduleError: No month has such a day, or something else may be meant.
    """
    items = _read_items(words)
    if not (_take_month(words) or monthly or _counts_in_months(items, peek(words))):
        raise _unclear(items[0])
    counted: tuple[int, ...] = ()
    days: set[MonthDay] = set()
    for item in reversed(items):
        counted = counted if item.counted is None else item.counted
        days.update(_days(item, counted))
    return sort_days(days)


def _read_items(words: Words) -> list[_Item]:
    items = [_read_item(words)]
    while True:
        ahead = words.copy()
        take_link(ahead)
        if not is_date_next(ahead):
            return items
        take_link(words)
        items.append(_read_item(words))


def _read_item(words: Words) -> _Item:
    take(words, "the")
    whole = list(words)
    word = words.popleft()
    number = parse_ordinal(word)
    counted = () if take(words, "day", "days") else _read_weekdays(words)
    said = whole[: len(whole) - len(words)]
    german = any(each.german or each.typed.endswith(".") for each in said)
    return _Item(word, int(word) if number is None else number, counted, typed_text(said), german)


def _read_weekdays(words: Words) -> tuple[int, ...] | None:
    """Read `monday`, `saturday and sunday`, `weekday`."""
    days: set[int] = set()
    ahead = words.copy()
    while peek(ahead) in DAYS:
        days.update(DAYS[ahead.popleft()])
        while len(words) > len(ahead):
            words.popleft()
        take_link(ahead)
    return tuple(sorted(days)) or None


def _take_month(words: Words) -> bool:
    """Consume words such as “of the month” and return whether there were any."""
    if take(words, "of", "in"):
        take(words, "the", "each", "every", "a")
        if peek(words) not in MONTHS:
            raise unknown_word(peek(words) or "of", MONTHS)
        return bool(words.popleft())
    if take(words, "monthly"):
        return True
    if peek(words) in ("each", "every") and peek(words, 1) == "month":
        del words[0], words[0]
        return True
    return False


def _counts_in_months(items: list[_Item], following: str) -> bool:
    """Return whether days of the month are meant without “month”: `1st and 15th at 18:00`, `last friday`."""
    if following in UNITS:
        return False
    if all(item.counted is None for item in items):
        return all(_NUMBERED.fullmatch(item.word) for item in items)
    return len(items) > 1 or items[0].place in (1, LAST)


def _unclear(item: _Item) -> ScheduleError:
    if item.counted is None:
        return unknown_word(item.word, DAYS)
    on = f"weeks on {', '.join(short_names(item.counted))}" if item.counted else "days"
    return ambiguous(item.said, f"every {item.place} {on} at 18:00", f"{item} of the month at 18:00")


def _days(item: _Item, counted: tuple[int, ...]) -> set[MonthDay]:
    if item.place > 5 and item.counted is None:
        counted = ()
    if len(counted) > 2 or counted == DAYS["weekend"]:
        example = f"{ordinal(item.place)} {'sat' if 5 in counted else 'mon'} of the month at 18:00"
        if item.place == LAST and counted == DAYS["weekday"]:
            example = "0 18 LW * *"
        raise not_known(item.said, example)
    most, example = (
        (5, "last fri of the month at 18:00") if counted else (31, "last day of the month at 18:00")
    )
    if item.place != LAST and not 1 <= item.place <= most:
        raise ScheduleError(
            "“{word}” never comes in a month. Write, for example, “{example}”.",
            word=item.said,
            example=Example(example),
        )
    return {MonthDay(item.place, day) for day in counted} if counted else {MonthDay(item.place)}
