"""Zones by name, and what is answered to an offset, an abbreviation or a misspelt city."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError

HOURS = {
    "GMT+2": 2,
    "UTC+2": 2,
    "utc+02:00": 2,
    "+2": 2,
    "+0530": 5.5,
    "UTC+5.5": 5.5,
    "+5:45": 5.75,
    "gmt-3": -3,
    "UTC−5": -5,
    "GMT +1": 1,
    "Z+1": 1,
    "UTC+2h": 2,
    "-3:30": -3.5,
    "+14": 14,
    "12:45": 12.75,
    "2": 2,
    "UTC+0": 0,
}


def refusal(name: str) -> str:
    with pytest.raises(ScheduleError) as caught:
        parse_zone(name)
    return str(caught.value)


def offsets(zone: str) -> tuple[float, float]:
    """Of January and of July, in hours."""
    january, july = datetime(2024, 1, 15), datetime(2024, 7, 15)  # noqa: DTZ001
    said = [ZoneInfo(zone).utcoffset(moment) for moment in (january, july)]
    return said[0] / timedelta(hours=1), said[1] / timedelta(hours=1)  # type: ignore[operator,return-value]


def cities(answer: str) -> list[tuple[str, str]]:
    """The zones that an answer names, each with the season it is named for."""
    named = answer.partition("write your city: ")[2]
    return re.findall(r"([A-Z]\w+(?:/\w+)*)(?: in (winter|summer))?", named)


@pytest.mark.parametrize("name", HOURS)
def test_an_offset_is_answered_with_cities_that_have_it(name: str) -> None:
    answer = refusal(name)
    assert "without summer time" in answer
    named = cities(answer)
    assert 1 <= len(named) <= 7
    for zone, season in named:
        january_and_july = offsets(zone)
        wanted = {"winter": min, "summer": max, "": min}[season]
        assert wanted(january_and_july) == HOURS[name], zone
        assert season or len(set(january_and_july)) == 1, zone
    assert "Etc/" not in answer


def test_big_cities_are_named_first() -> None:
    assert refusal("GMT+2") == (
        "“GMT+2” is a fixed offset without summer time. For UTC+2 write your city: Africa/Johannesburg, "
        "Africa/Maputo, Africa/Cairo in winter, Europe/Helsinki in winter, Europe/Berlin in summer or Europe/Paris "
        "in summer."
    )


@pytest.mark.parametrize("name", ["+17", "GMT+25", "UTC-13", "+1:07"])
def test_an_offset_that_no_place_has_is_told(name: str) -> None:
    assert refusal(name).startswith(f"No place has the offset “{name}”. Write your city")


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("CEST", ["Europe/Berlin", "Europe/Paris"]),
        ("cest", ["Europe/Berlin"]),
        ("CET-1CEST", ["Europe/Berlin"]),
        ("PST", ["America/Los_Angeles"]),
        ("Pacific Time", ["America/Los_Angeles"]),
        ("eastern standard time", ["America/New_York"]),
        ("pdt", ["America/Los_Angeles"]),
        ("PT", ["America/Los_Angeles"]),
        ("Eastern", ["America/New_York"]),
        ("EDT", ["America/New_York"]),
        ("IST", ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
        ("AEST", ["Australia/Sydney", "Australia/Brisbane"]),
        ("BST", ["Europe/London"]),
        ("CST", ["America/Chicago", "Asia/Shanghai"]),
        ("SGT", ["Asia/Singapore"]),
        ("MESZ", ["Europe/Berlin"]),
        ("WEST", ["Europe/Lisbon"]),
    ],
)
def test_an_abbreviation_is_answered_with_cities_and_no_guess(name: str, some: list[str]) -> None:
    answer = refusal(name)
    assert answer.startswith(f"“{name}” is not the name of a time zone. Write your city: ")
    assert all(city in answer for city in some)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Lodnon", "Europe/London"),
        ("Eurpoe/Berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("ROME", "Europe/Rome"),
        ("new york", "America/New_York"),
        ("America/NewYork", "America/New_York"),
        ("Los Angles", "America/Los_Angeles"),
        ("Tokio", "Asia/Tokyo"),
        ("Z", "UTC"),
    ],
)
def test_a_misspelt_city_gets_its_near_match(name: str, zone: str) -> None:
    assert refusal(name) == f"There is no time zone “{name}”. Did you mean {zone}?"


@pytest.mark.parametrize(
    "name", ["Europe/Munich", "Germany", "Etc/GMT+22", "XYZT", "Etc", "Mars/Olympus", "local"]
)
def test_what_is_near_to_nothing_gets_no_guess(name: str) -> None:
    assert (
        refusal(name) == f"There is no time zone “{name}”. Write it like Europe/London or America/New_York."
    )


def test_names_that_were_taken_are_still_taken() -> None:
    for name in ("CET", "EST", "GMT", "UTC", "Etc/GMT+2", "US/Eastern", "Japan", "gmt+0"):
        assert parse_zone(name).key.casefold() == name.casefold()


@given(st.sampled_from(sorted(available_timezones())), st.data())
def test_a_slip_in_a_name_is_never_answered_with_itself(zone: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(zone) - 1))
    slip = zone[:at] + zone[at + 1 :] if data.draw(st.booleans()) else zone[:at] + "x" + zone[at:]
    if slip.casefold() in {known.casefold() for known in available_timezones()}:
        return
    answer = refusal(slip)
    guess = re.search(r"Did you mean (.*)\?", answer)
    assert "Etc/" not in answer.replace(slip, "")
    assert guess is None or (guess[1] != slip and ZoneInfo(guess[1]))
