"""Moments as people type them: `tomorrow 18:00`, `next friday`, `in 3 Tagen`, `1.12. um 18 Uhr`, `vendredi à 18h`.

A moment is always the next that fits, in the story's zone. A day without a time means its first moment.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.local_time import localize, to_local
from bot.services.releases.moment_days import read_amount, read_date, read_words
from bot.services.releases.moment_library import read_with_library
from bot.services.releases.moment_time_of_day import TypedTime, split_time

LONGEST_TEXT = 100
"""Number of characters of a moment that are read."""

_STAMP = re.compile(r"<t:(-?\d{1,13})(?::[a-zA-Z])?>", re.ASCII)
_ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
_YEARS = range(1970, 9000)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_TODAY = re.compile(r"^(?:this (?=evening|afternoon|morning)|heute (?=abend|nachmittag|nacht|am morgen))")
_TONIGHT = re.compile(r"^(?:tonight|ce soir|esta noche|hoje à noite|stasera|今夜|今晚)")
_LATE_TONIGHT = re.compile(r"^(?:late tonight|late this evening|heute nacht|heute spät|spät heute abend)$")
_ENGLISH_HOURS = re.compile(r"^(?=\d{1,3} ?h$)")
_BARE_HOUR = re.compile(r"^(?:at )?(?=\d{1,2}$)")
_GERMAN_MORNING = re.compile(r"(?:(?<=tag)|(?<=woch)|(?<=heute)) morgen$")
_GLUED = re.compile(r"^(?P<day>\w+tag)(?P<part>abend|nachmittag|morgen|mittag|vormittag)s?\b")


def parse_typed_moment(text: str, zone: ZoneInfo, now: datetime, locale: str = "") -> datetime | None:
    """Parse a moment, in UTC.

    Args:
        text: What somebody typed: ISO, Discord's `<t:…>`, or words of English, German or the locale's language.
        zone: The story's time zone.
        now: The present instant.
        locale: The person's locale in Discord, such as `en-GB`, which also decides on the order of `1/12`.

    Returns:
        The moment, which is in the past only where the text says so; None if the text is none.
    """
    typed = _plain(text)
    if not typed or len(text) > LONGEST_TEXT:
        return None
    try:
        moment = _exact(typed, zone) or _in_words(typed.lower(), zone, now, locale)
    except (OverflowError, ValueError):
        return None
    return moment.astimezone(UTC) if moment is not None and moment.year in _YEARS else None


def _plain(text: str) -> str:
    """Return the text with one kind of blank, dash and digit."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    digits = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in plain)
    return " ".join("".join(digits).split())


def _exact(typed: str, zone: ZoneInfo) -> datetime | None:
    if stamp := _STAMP.fullmatch(typed):
        return datetime.fromtimestamp(int(stamp[1]), UTC)
    for form in _ISO:
        try:
            local = datetime.strptime(typed, form)  # noqa: DTZ007 - placed in the story's zone below
        except ValueError:
            continue
        return localize(local, zone) if local.year in _YEARS else None
    if not typed[:4].isdigit() or (typed.isdigit() and len(typed) != len("20261201")):
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None or moment.year not in _YEARS else localize(moment, zone)


def _in_words(typed: str, zone: ZoneInfo, now: datetime, locale: str) -> datetime | None:
    if locale.startswith("en"):
        # In English “2h” is a span; elsewhere it may be a time of day.
        typed = _ENGLISH_HOURS.sub("in ", typed)
    amount = read_amount(typed)
    if amount is not None and amount[1] in ("hours", "minutes"):
        return now + timedelta(**{amount[1]: amount[0]})
    found = _split(typed)
    if found is None:
        return None
    local = to_local(now, zone)
    today, at = local.date(), found.at or time(0)
    today_too = found.at is not None and localize(datetime.combine(today, at), zone) > now
    day = _read_day(found, today, locale, today_too=today_too)
    if isinstance(day, timedelta):
        return now + day if found.at is None else None
    return None if day is None else localize(datetime.combine(day, at), zone)


def _split(typed: str) -> TypedTime | None:
    """Split the time of day from the words; `tonight` is a day and a time."""
    if _LATE_TONIGHT.match(typed):
        return TypedTime(time(23), "today")
    typed = _GLUED.sub(r"\g<day> \g<part>", typed)
    typed = _GERMAN_MORNING.sub(" am morgen", typed)
    if tonight := _TONIGHT.match(typed):
        found = split_time(_BARE_HOUR.sub("evening at ", typed[tonight.end() :].strip()))
        return found and TypedTime(found.at or time(20), f"today {found.rest}".strip())
    return split_time(_TODAY.sub("today ", typed))


def _read_day(found: TypedTime, today: date, locale: str, *, today_too: bool) -> date | timedelta | None:
    """Return the day of what is left beside the time: the next that has that time, if nothing is left."""
    rest = found.rest
    if not rest:
        return (today if today_too else today + timedelta(days=1)) if found.at is not None else None
    for read in (
        read_words(rest, today, today_too=today_too),
        read_date(rest, today, locale, today_too=today_too),
    ):
        if read is not None:
            return read
    return read_with_library(rest, today, locale, today_too=today_too)
