"""Days inside a typed moment, in numbers of any language and in English and German words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.domain.schedule.german_words import WEEKDAYS as GERMAN_WEEKDAYS
from bot.domain.schedule.recurrence import DAY_NAMES

MONTH_FIRST = ("en-US", "ja", "ko", "zh", "hu", "lt")
"""Beginnings of the locales in which 12/1 is the first of December."""

_YEARS_SEARCHED = 9
"""A year of these has a 29 February."""

_MONTHS = {
    form: number
    for number, forms in enumerate(
        (
            ("january", "jan", "januar", "jänner"),
            ("february", "feb", "februar", "feber"),
            ("march", "mar", "märz", "mär", "maerz"),
            ("april", "apr"),
            ("may", "mai"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec", "dezember", "dez"),
        ),
        1,
    )
    for form in forms
}
_DAYS = {
    form: day
    for day, (english, german) in enumerate(zip(DAY_NAMES, GERMAN_WEEKDAYS, strict=True))
    for form in (
        *(english.lower(), english[:3].lower(), f"{english.lower()}s"),
        *(german.lower(), german[:2].lower(), f"{german.lower()}s"),
    )
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "sonnabend": 5}
_NAMED_DAYS = {
    "yesterday": -1, "gestern": -1, "today": 0, "heute": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "morgen": 1,
    "day after tomorrow": 2, "the day after tomorrow": 2, "übermorgen": 2, "uebermorgen": 2,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "vierzehn": 14, "a couple of": 2,
}  # fmt: skip
_UNITS = {
    **dict.fromkeys(("minute", "minutes", "min", "mins", "minuten"), "minutes"),
    **dict.fromkeys(("hour", "hours", "h", "hrs", "stunde", "stunden", "std"), "hours"),
    **dict.fromkeys(("day", "days", "d", "tag", "tage", "tagen"), "days"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "woche", "wochen"), "weeks"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnights"),
    **dict.fromkeys(("month", "months", "monat", "monate", "monaten"), "months"),
    **dict.fromkeys(("year", "years", "jahr", "jahre", "jahren"), "years"),
}


def _any(words: dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NEXT = r"(?:the )?(?:next|coming|following|nächste[nrs]?|naechste[nrs]?|kommende[nrs]?)"
_AMOUNT = re.compile(
    rf"(?:in |for )?(?P<count>\d{{1,4}}|{_any(_COUNTS)}) ?(?P<unit>{_any(_UNITS)})(?: from now| later| time)?",
    re.ASCII,
)
_WEEKDAY = re.compile(
    rf"(?:on |this |am |diesen |an diesem )?(?:(?P<next>{_NEXT}) )?(?P<day>{_any(_DAYS)})\.?"
    rf"(?: (?P<week>{_NEXT} (?:week|woche)))?"
)
_WEEKDAY_BEHIND = re.compile(rf"(?P<week>{_NEXT} (?:week|woche))(?: on| am)? (?P<day>{_any(_DAYS)})\.?")
_PERIOD = re.compile(
    rf"(?P<start>{_NEXT}|(?:the )?(?:start|beginning) of next|anfang {_NEXT}|in der nächsten|im nächsten|"
    r"(?:at )?(?:the )?end of(?: the| this)?|(?:am )?ende (?:des|der|dieses|dieser)) "
    r"(?P<unit>weekend|wochenende|week|woche|month|monats?|year|jahre?s?)"
    r"|(?:am |zum |at )?(?P<ends>monatsende|jahresende|month end|year end)"
)
_WEEKEND = re.compile(rf"(?:on |at |this |am |dieses |{_NEXT} )?(?:the )?(?:weekend|wochenende)")
_DAY_OF_MONTH = re.compile(
    r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?: of the month)?|am (?P<tag>\d{1,2})\.", re.ASCII
)
_DAY_MONTH = re.compile(
    rf"(?:on |am |the )*(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? ?(?:of )?(?P<month>{_any(_MONTHS)})\.?"
    r"(?:,? ?(?P<year>\d{4}))?",
    re.ASCII,
)
_MONTH_DAY = re.compile(
    rf"(?:on )?(?P<month>{_any(_MONTHS)})\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?",
    re.ASCII,
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:[-/.] ?|年 ?|년 ?)(?P<month>\d{1,2})(?:[-/.] ?|月 ?|월 ?)(?P<day>\d{1,2})(?:\.|日|号|號|일)?",
    re.ASCII,
)
_CHARACTERS = re.compile(r"(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日号號일]", re.ASCII)
_DOTTED = re.compile(
    r"(?:on |am )?(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:(?P<closed>\.)|(?=$))(?: ?(?P<year>\d{4}|\d{2}))?",
    re.ASCII,
)
_STROKES = re.compile(
    r"(?:on |am )?(?P<one>\d{1,2})([/-])(?P<two>\d{1,2})(?:\2(?P<year>\d{4}|\d{2}))?", re.ASCII
)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_amount(text: str) -> tuple[int, str] | None:
    """Read `in 3 days`, `in einer Woche`: the count and the unit, a plural in English."""
    found = _AMOUNT.fullmatch(text)
    if found is None or (found["unit"] in ("h", "d") and not text.startswith("in ")):
        return None
    count, unit = _COUNTS.get(found["count"]), _UNITS[found["unit"]]
    count = int(found["count"]) if count is None else count
    return (2 * count, "weeks") if unit == "fortnights" else (count, unit)


def add_amount(day: date, count: int, unit: str) -> date:
    """Return the day that many days, weeks, months or years later."""
    if unit in ("months", "years"):
        return add_months(day, count * (12 if unit == "years" else 1))
    return day + timedelta(**{unit: count})


def next_weekday(today: date, weekday: int, *, today_too: bool) -> date:
    """Return the next such weekday; that of today only with `today_too`."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if today_too else 7))


def weekday_of_next_week(today: date, weekday: int) -> date:
    """Return that day of the week that begins on the next Monday."""
    return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)


def read_words(text: str, today: date, *, today_too: bool) -> date | None:
    """Read a day in English or German words.

    Args:
        text: The words, small.
        today: The present day.
        today_too: Set if today itself still has the time that is meant.
    """
    if text in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[text])
    if found := _WEEKDAY_BEHIND.fullmatch(text) or _WEEKDAY.fullmatch(text):
        day, week = _DAYS[found["day"]], found["week"]
        if week:
            return weekday_of_next_week(today, day)
        return next_weekday(today, day, today_too=today_too and not found.groupdict().get("next"))
    if _WEEKEND.fullmatch(text):
        return next_weekday(today, 5, today_too=today_too)
    if found := _PERIOD.fullmatch(text):
        return _next_period(today, found["unit"] or found["ends"])
    if amount := read_amount(text):
        return add_amount(today, *amount) if amount[1] not in ("hours", "minutes") else None
    return None


def _next_period(today: date, unit: str) -> date:
    """Return the first day of the next week, month or year, which is also where this one ends."""
    if "week" in unit or "woche" in unit:
        return weekday_of_next_week(today, 0)
    if "mon" in unit:
        return add_months(today.replace(day=1), 1)
    return date(today.year + 1, 1, 1)


def read_date(text: str, today: date, locale: str, *, today_too: bool) -> date | None:
    """Read a date in numbers, or with an English or German month; without a year it is the next such day.

    A weekday before it must be that of the date.
    """
    named, _, rest = text.partition(" ")
    weekday = _DAYS.get(named.rstrip(",."))
    if weekday is not None and rest:
        day = _read_date(rest.removeprefix("the "), today, locale, today_too=today_too)
        return day if day is not None and day.weekday() == weekday else None
    return _read_date(text, today, locale, today_too=today_too)


def _read_date(text: str, today: date, locale: str, *, today_too: bool) -> date | None:
    first = today if today_too else today + timedelta(days=1)
    if found := _DAY_OF_MONTH.fullmatch(text):
        return _next_date(first, int(found["day"] or found["tag"]))
    if found := _STROKES.fullmatch(text):
        month, day = int(found["one"]), int(found["two"])
        if not locale.startswith(MONTH_FIRST) or month > 12:
            month, day = day, month
        if month > 12:
            month, day = day, month
        return _dated(first, found["year"], month, day)
    for pattern in (_YEAR_FIRST, _CHARACTERS, _DOTTED, _DAY_MONTH, _MONTH_DAY):
        if found := pattern.fullmatch(text):
            if pattern is _DOTTED and locale.startswith("en") and not found["closed"]:
                return None
            month = _MONTHS.get(found["month"]) or int(found["month"])
            return _dated(first, found.groupdict().get("year"), month, int(found["day"]))
    return None


def _dated(first: date, year: str | None, month: int, day: int) -> date | None:
    if year is None:
        years = range(first.year, first.year + _YEARS_SEARCHED)
        days = (_date(each, month, day) for each in years)
        return next((each for each in days if each is not None and each >= first), None)
    return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _next_date(first: date, day: int) -> date | None:
    months = (add_months(first.replace(day=1), ahead) for ahead in range(3))
    days = (_date(each.year, each.month, day) for each in months)
    return next((each for each in days if each is not None and each >= first), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
