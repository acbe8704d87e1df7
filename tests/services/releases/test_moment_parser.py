"""Moments as people type them: the next that fits, in the story's zone, in their language."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.releases.moment_parser import parse_typed_moment

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 10, 11, tzinfo=UTC)
"""Tuesday, noon in Berlin."""


def read(text: str, locale: str = "en-US", now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str | None:
    """The moment on the story's clock, with its weekday; without the time at midnight."""
    moment = parse_typed_moment(text, zone, now, locale)
    if moment is None:
        return None
    return moment.astimezone(zone).strftime("%a %Y-%m-%d %H:%M").removesuffix(" 00:00")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "now",
            "soon",
            "never",
            "on",
            "a",
            "s",
            "1",
            "3",
            "10",
            "2026",
            "12 34",
            "in 5",
            "may",
            "dec",
            "mai",
        ),
        *(
            "sat on a mat",
            "friday friday",
            "friday at 6",
            "tomorrow 6",
            "tomorrow 25:00",
            "25:00",
            "18:61",
            "13pm",
        ),
        *(
            "friday 18:00 20:00",
            "thursday 4 december",
            "feb 30",
            "31.2.",
            "32.1.",
            "13/13",
            "in 99999 days",
            "1.5",
        ),
        *("0001-01-01", "9999-12-31", "2026-13-01", "<t:9999999999999:F>", "<t:x>", "\x00", "🙂", "x" * 101),
        *("tomorrow " * 12, "jetzt", "bald", "irgendwann", "Freitag um halb sieben", "Donnerstag, 4.12."),
    ],
)
@pytest.mark.parametrize("locale", ["en-US", "de"])
def test_hasty_or_unclear_words_are_no_moment(text: str, locale: str) -> None:
    if (text, locale) != ("1.5", "de"):
        assert read(text, locale) is None


@pytest.mark.parametrize(
    ("locale", "texts"),
    {
        "fr": ["un", "mai", "oui", "12", "le", "a", "mars", "demain peut-être"],
        "es-ES": ["no", "si", "mayo", "hola", "12"],
        "ru": ["да", "нет", "май", "12", "в"],
        "ja": ["はい", "五月", "12", "明", "月"],
        "ko": ["네", "12", "일"],
        "zh-CN": ["是", "五月", "12", "天"],
    }.items(),
)
def test_hasty_words_of_other_languages_are_no_moment(locale: str, texts: list[str]) -> None:
    assert [text for text in texts if read(text, locale) is not None] == []


def test_a_text_that_names_the_past_is_told_as_such() -> None:
    for text in (
        "yesterday",
        "gestern",
        "today",
        "2020-01-01",
        "<t:5:R>",
        "1 december 2020",
        "1.12.2020",
        "today 9:00",
    ):
        moment = parse_typed_moment(text, BERLIN, NOW, "de")
        assert moment is not None, text
        assert moment <= NOW


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Asia/Tokyo", "Pacific/Apia", "UTC", "America/St_Johns"]
)
def test_a_day_begins_in_the_storys_zone(zone: str) -> None:
    there = ZoneInfo(zone)
    local = NOW.astimezone(there)
    for text, locale in (("tomorrow", "en-US"), ("morgen", "de"), ("demain", "fr"), ("明日", "ja")):
        moment = parse_typed_moment(text, there, NOW, locale)
        assert moment is not None
        begins = moment.astimezone(there)
        assert (begins.hour, begins.minute) == (0, 0)
        assert begins.date() == local.date() + timedelta(days=1)


def test_a_time_that_a_clock_change_skips_is_read_with_the_offset_before_it() -> None:
    before = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert read("sunday 2:30", now=before) == "Sun 2026-03-29 03:30"
    assert read("Sonntag um 2 Uhr 30", "de", before) == "Sun 2026-03-29 03:30"
    assert read("dimanche à 2h30", "fr", before) == "Sun 2026-03-29 03:30"
    assert read("in 2 days", now=before) == "Sun 2026-03-29"
    apia = ZoneInfo("Pacific/Apia")
    assert read("tomorrow", now=datetime(2011, 12, 29, 20, tzinfo=UTC), zone=apia) == "Sat 2011-12-31"
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    twice = parse_typed_moment("tomorrow 2:30", BERLIN, autumn, "en-GB")
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "the first of the two"
    assert parse_typed_moment("in 24 hours", BERLIN, autumn) == autumn + timedelta(hours=24)


@given(
    st.integers(0, 4 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(
        ["friday 18:00", "tuesday", "9:00", "1.12.", "feb 29", "next week", "in 3 days", "end of the month"]
    ),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
@settings(max_examples=300, deadline=None)
def test_it_is_always_to_come(now: datetime, text: str, zone: str) -> None:
    moment = parse_typed_moment(text, ZoneInfo(zone), now, "de")
    assert moment is not None
    assert moment > now


@given(st.text(max_size=100), st.sampled_from(["en-US", "de", "fr", "ja", "zh-CN", "th", "tlh", ""]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_moment_or_none(text: str, locale: str) -> None:
    moment = parse_typed_moment(text, BERLIN, NOW, locale)
    assert moment is None or moment.tzinfo is UTC


def test_nothing_is_read_from_the_machines_zone() -> None:
    code = (
        "from tests.services.releases.test_moment_parser import read;"
        "texts = ('demain', 'fr'), ('через 2 часа', 'ru'), ('金曜日', 'ja'), ('friday 18:00', 'en-US');"
        "print([read(*each) for each in texts])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "America/Adak")
    }
    assert said == {b"['Wed 2026-11-11', 'Tue 2026-11-10 14:00', 'Fri 2026-11-13', 'Fri 2026-11-13 18:00']\n"}
