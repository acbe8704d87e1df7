"""Time zones by name, with suggestions for offsets, abbreviations and misspellings.

Seen by: authors, server managers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.message_templates import Listing, Message
from bot.domain.schedule.vocabulary import ScheduleError, nearest

_CITIES = """
    Europe/London America/New_York Europe/Berlin Europe/Paris America/Chicago America/Los_Angeles
    America/Denver America/Toronto America/Vancouver America/Phoenix America/Halifax America/St_Johns
    America/Anchorage Pacific/Honolulu America/Mexico_City America/Bogota America/Lima America/Caracas
    America/Sao_Paulo America/Argentina/Buenos_Aires America/Santiago Europe/Madrid Europe/Rome Africa/Cairo
    Europe/Helsinki Europe/Athens Europe/Kyiv Europe/Bucharest Europe/Lisbon Europe/Dublin Europe/Istanbul
    Europe/Moscow Atlantic/Azores Atlantic/Reykjavik Atlantic/Cape_Verde Africa/Abidjan Africa/Lagos
    Africa/Johannesburg Africa/Maputo Africa/Nairobi Africa/Casablanca Asia/Jerusalem Asia/Riyadh
    Asia/Tehran Asia/Dubai Asia/Baku Asia/Kabul Asia/Karachi Asia/Tashkent Asia/Kolkata Asia/Colombo
    Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Shanghai
    Asia/Hong_Kong Asia/Manila Australia/Perth Asia/Tokyo Asia/Seoul Australia/Darwin Australia/Adelaide
    Australia/Brisbane Australia/Sydney Australia/Melbourne Pacific/Guam Pacific/Noumea Pacific/Fiji
    Pacific/Auckland Pacific/Chatham Pacific/Apia
"""
_WELL_KNOWN = tuple(_CITIES.split())
"""Well-known cities, in the order in which they are suggested."""

_NOT_IN_THE_DATA = {
    "ART": ("America/Argentina/Buenos_Aires",),
    "AT": ("America/Halifax",),
    "BRT": ("America/Sao_Paulo",),
    "CLST": ("America/Santiago",),
    "CLT": ("America/Santiago",),
    "COT": ("America/Bogota",),
    "CT": ("America/Chicago",),
    "ET": ("America/New_York", "America/Toronto"),
    "GST": ("Asia/Dubai",),
    "HKST": ("Asia/Hong_Kong",),
    "ICT": ("Asia/Bangkok",),
    "IRST": ("Asia/Tehran",),
    "MEST": ("Europe/Berlin", "Europe/Paris"),
    "MESZ": ("Europe/Berlin",),
    "MEZ": ("Europe/Berlin",),
    "MT": ("America/Denver",),
    "MYT": ("Asia/Kuala_Lumpur",),
    "NPT": ("Asia/Kathmandu",),
    "PET": ("America/Lima",),
    "PHT": ("Asia/Manila",),
    "PT": ("America/Los_Angeles", "America/Vancouver"),
    "SGT": ("Asia/Singapore",),
    "TRT": ("Europe/Istanbul",),
    "EASTERN": ("America/New_York", "America/Toronto"),
    "CENTRAL": ("America/Chicago",),
    "MOUNTAIN": ("America/Denver",),
    "PACIFIC": ("America/Los_Angeles", "America/Vancouver"),
}
"""Abbreviations in use that the zone data lacks."""

_WITHOUT_ZONE = """
    Asia/Kolkata: mumbai delhi new_delhi bangalore bengaluru chennai hyderabad
    Asia/Shanghai: beijing shenzhen guangzhou
    Asia/Tokyo: osaka kyoto
    Asia/Ho_Chi_Minh: hanoi
    America/Los_Angeles: san_francisco seattle las_vegas san_diego
    America/New_York: boston washington miami atlanta philadelphia
    America/Chicago: houston dallas austin
    America/Toronto: montreal ottawa
    America/Sao_Paulo: rio rio_de_janeiro brasilia
    Europe/Madrid: barcelona
    Europe/Rome: milan
    Europe/Zurich: geneva
    Europe/London: england scotland manchester
    Australia/Sydney: canberra
"""
"""Places that no zone is named after."""

_IN_GERMAN = {
    "athen": "Europe/Athens",
    "brüssel": "Europe/Brussels",
    "bukarest": "Europe/Bucharest",
    "deutschland": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "kairo": "Africa/Cairo",
    "kiew": "Europe/Kyiv",
    "köln": "Europe/Berlin",
    "kopenhagen": "Europe/Copenhagen",
    "lissabon": "Europe/Lisbon",
    "moskau": "Europe/Moscow",
    "münchen": "Europe/Berlin",
    "österreich": "Europe/Vienna",
    "peking": "Asia/Shanghai",
    "prag": "Europe/Prague",
    "rom": "Europe/Rome",
    "schweiz": "Europe/Zurich",
    "singapur": "Asia/Singapore",
    "warschau": "Europe/Warsaw",
    "wien": "Europe/Vienna",
}
"""German names of places that are spelled unlike the zone's."""

_JANUARY, _JULY = datetime(2025, 1, 15), datetime(2025, 7, 15)  # noqa: DTZ001 - the zone is put in
"""Moments in a past year, so that the answer does not depend on the current date."""

_OLD_REGIONS = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/", "Antarctica/")
"""Names that are not suggested: `Etc/GMT+2` is two hours behind UTC, the others are old or no cities."""

_OFFSET = re.compile(
    r"(?P<from>UTC|GMT|UT|Z)? ?(?P<sign>[+-])? ?(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>[0-5]\d)|\.(?P<half>5))?"
    r"(?: ?(?:H|HRS?|HOURS?))?",
    re.ASCII,
)
_POSIX = re.compile(r"(?P<name>[A-Z]{3,5})[+-]?\d{1,2}(?:[A-Z]{3,5})?", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MOST_NAMED = 2
_MOST_CITIES = 3
_LONGEST_QUOTED = 40
_LONGEST_ABBREVIATION = 5
_LONGEST_NAME = 100


def parse_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name, such as `Europe/London`; case does not matter.

    Raises:
        ScheduleError: There is no such zone.
    """
    try:
        # No zone has a name this long; one of very many parts would end in a RecursionError.
        return ZoneInfo(name[:_LONGEST_NAME])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        key = _zone_names().get(name.casefold())
    if key is None:
        raise _advice(name[:_LONGEST_QUOTED])
    return ZoneInfo(key)


def is_zone(name: str) -> bool:
    """Return whether this is a zone's name, or an offset or abbreviation for one."""
    said = _plain(name)
    return (
        name.casefold() in _zone_names()
        or said in ("Z", "UT")
        or said in _abbreviations()
        or (not name[:1].isdigit() and _OFFSET.fullmatch(said) is not None)
    )


def has_city(name: str) -> bool:
    """Return whether a city of that name, or of a similar one, has a zone: `New York`."""
    return _nearest_zone(name) is not None


def _advice(name: str) -> ScheduleError:
    said = _plain(name)
    if offset := _OFFSET.fullmatch(said):
        return _instead_of_offset(name, offset)
    posix = _POSIX.fullmatch(said)
    cities = _abbreviations().get(posix["name"] if posix else said)
    if cities:
        return ScheduleError(
            "“{name}” is not the name of a time zone. Write your city: {cities}.",
            name=name,
            cities=_either(cities),
        )
    near = "UTC" if said in ("Z", "UT") else _nearest_zone(name)
    if near:
        return ScheduleError("There is no time zone “{name}”. Did you mean {zone}?", name=name, zone=near)
    return ScheduleError(
        "There is no time zone “{name}”. Write it like Europe/London or America/New_York.", name=name
    )


def _plain(name: str) -> str:
    plain = " ".join(name.translate(_DASHES).upper().split())
    return plain.removesuffix(" TIME").removesuffix(" STANDARD").removesuffix(" DAYLIGHT")


def _instead_of_offset(name: str, found: re.Match[str]) -> ScheduleError:
    minutes = 30 if found["half"] else int(found["minutes"] or 0)
    seconds = (int(found["hours"]) * 60 + minutes) * (-60 if found["sign"] == "-" else 60)
    cities = _cities_with(timedelta(seconds=seconds))
    if not cities:
        return ScheduleError(
            "No place has the offset “{name}”. Write your city, like Europe/London or America/New_York.",
            name=name,
        )
    offset = f"UTC{found['sign'] or '+'}{int(found['hours'])}" + (f":{minutes:02}" if minutes else "")
    return ScheduleError(
        "“{name}” is a fixed offset without summer time. For {offset} write your city: {cities}.",
        name=name,
        offset=offset if seconds else "UTC",
        cities=_either(cities),
    )


def _either(names: Iterable[Message | str]) -> Listing:
    return Listing(tuple(names), style="or", last=" or ")


def _cities_with(offset: timedelta) -> list[Message | str]:
    """Return zones with that offset all year, then those that have it in winter, then in summer."""
    found = _known_first(key for key in _preferred() if offset in _year(key))
    always = [key for key in found if set(_year(key)) == {offset}]
    changing = [key for key in found if key not in always]
    # Summer is when a zone's clocks are ahead, on both halves of the earth.
    winter = [Message("{city} in winter", {"city": key}) for key in changing if offset == min(_year(key))]
    summer = [Message("{city} in summer", {"city": key}) for key in changing if offset == max(_year(key))]
    return [
        *(() if offset else ("UTC",)),
        *always[:_MOST_NAMED],
        *winter[:_MOST_NAMED],
        *summer[:_MOST_NAMED],
    ]


@cache
def _year(key: str) -> tuple[timedelta, timedelta]:
    """Return the offsets of a zone, half a year apart."""
    here = ZoneInfo(key)
    return here.utcoffset(_JANUARY) or timedelta(), here.utcoffset(_JULY) or timedelta()


@cache
def _zone_names() -> dict[str, str]:
    return {key.casefold(): key for key in sorted(available_timezones())}


@cache
def _preferred() -> tuple[str, ...]:
    """Return every zone named after a place, well-known cities first."""
    there = available_timezones()
    known = [key for key in _WELL_KNOWN if key in there]
    others = (key for key in sorted(there) if "/" in key and not key.startswith(_OLD_REGIONS))
    return tuple(dict.fromkeys((*known, *others)))


def _known_first(keys: Iterable[str]) -> list[str]:
    """Return the well-known ones, or else all of them."""
    candidates = list(keys)
    return [key for key in candidates if key in _WELL_KNOWN] or candidates


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Return a few zones for each abbreviation."""
    found: dict[str, list[str]] = {}
    for key in _preferred():
        for name in {moment.replace(tzinfo=ZoneInfo(key)).tzname() for moment in (_JANUARY, _JULY)}:
            if name and name.isalpha():
                found.setdefault(name.upper(), []).append(key)
    return {name: _of_different_times(_known_first(keys)) for name, keys in found.items()} | _NOT_IN_THE_DATA


def _of_different_times(keys: list[str]) -> tuple[str, ...]:
    """Pick one zone for each pair of offsets, for `IST` has three meanings, then the next best known."""
    ways: dict[tuple[timedelta, timedelta], str] = {}
    for key in keys:
        ways.setdefault(_year(key), key)
    return tuple(dict.fromkeys((*ways.values(), *keys)))[:_MOST_CITIES]


def _nearest_zone(name: str) -> str | None:
    """Return the zone of the city most similar to the one named; a region before it is ignored."""
    said = name.casefold().replace(" ", "_").rpartition("/")[2]
    places = _places()
    if name.isupper() and len(name) <= _LONGEST_ABBREVIATION:
        return places.get(said)
    near = nearest(said, places)
    return None if near is None else places[near]


@cache
def _places() -> dict[str, str]:
    """Return zones by their city, and those named after a country: `Japan`."""
    countries = [
        key for key in _zone_names().values() if key.isalpha() and not key.isupper() and key.istitle()
    ]
    keys = [*(key for key in countries if key != "Factory"), *reversed(_preferred())]
    there = set(keys)
    lines = (line.split(": ") for line in _WITHOUT_ZONE.strip().splitlines())
    others = {place: key.strip() for key, places in lines for place in places.split()}
    named = {name: key for name, key in (others | _IN_GERMAN).items() if key in there}
    return named | {key.rpartition("/")[2].casefold(): key for key in keys}
