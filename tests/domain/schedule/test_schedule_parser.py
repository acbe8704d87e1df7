"""What the schedule language reads, and how it refuses what it cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError, parse_duration


@pytest.mark.parametrize(
    ("written", "normalised", "described"),
    [
        ("daily at 18:00", "daily at 18:00", "Daily at 18:00"),
        ("Every day at 6pm", "daily at 18:00", "Daily at 18:00"),
        ("daily at noon and midnight", "daily at 00:00 and 12:00", "Daily at 00:00 and 12:00"),
        ("weekdays at 07:30", "weekdays at 07:30", "Weekdays at 07:30"),
        ("mon-fri 7:30", "weekdays at 07:30", "Weekdays at 07:30"),
        ("saturday and sunday at 9:05 a.m.", "weekends at 09:05", "Weekends at 09:05"),
        ("tue, fri at 18:00", "tue, fri at 18:00", "Tuesdays and Fridays at 18:00"),
        (" FRIDAYS,  and Tuesdays\tAT 18:00 ", "tue, fri at 18:00", "Tuesdays and Fridays at 18:00"),
        ("every tuesday & friday at 18.00", "tue, fri at 18:00", "Tuesdays and Fridays at 18:00"),
        (
            "fri to mon at 12am",
            "mon, fri, sat, sun at 00:00",
            "Mondays, Fridays, Saturdays and Sundays at 00:00",
        ),
        ("every 3 days at 18:00", "every 3 days at 18:00", "Every 3 days at 18:00"),
        ("every other day at 18:00", "every 2 days at 18:00", "Every 2 days at 18:00"),
        ("every 2 weeks at 18:00", "every 2 weeks at 18:00", "Every 2 weeks at 18:00"),
        (
            "every 2 weeks on friday at 18:00",
            "every 2 weeks on fri at 18:00",
            "Every 2 weeks on Friday at 18:00",
        ),
        ("every week on fri at 18:00", "fri at 18:00", "Fridays at 18:00"),
        ("every 20 Seconds", "every 20 seconds", "Every 20 seconds"),
        ("every 1 hour", "every hour", "Every hour"),
        ("every 90m", "every 90 minutes", "Every 90 minutes"),
        ("0 18 * * tue,5", "0 18 * * TUE,5", "At 18:00 on Tuesday and Friday"),
        ("daily at 18:00 asia/tokyo", "daily at 18:00 Asia/Tokyo", "Daily at 18:00 (Asia/Tokyo)"),
        (
            "0 18 * * * America/New_York",
            "0 18 * * * America/New_York",
            "At 18:00 every day (America/New_York)",
        ),
    ],
)
def test_forms(written: str, normalised: str, described: str) -> None:
    schedule = parse_schedule(written)
    assert schedule.text == normalised
    assert schedule.describe() == described
    assert parse_schedule(normalised) == schedule


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("teusday at 6", ["“teusday”", "“tuesday”", "at 18:00"]),
        ("tuesday at 6", ["“6”", "06:00", "18:00"]),
        ("tuesday", ["what time", "tue at 18:00"]),
        ("daily at", ["what time"]),
        ("daily at 25:00", ["“25:00”", "23:59"]),
        ("daily at 13pm", ["“13pm”"]),
        ("daily at 18:60", ["“18:60”"]),
        ("18:00", ["daily at 18:00"]),
        ("20 seconds", ["every 20 seconds"]),
        ("every", ["every 2 hours"]),
        ("every 3", ["Every 3 what"]),
        ("every 3 dyas at 18:00", ["“dyas”", "“days”"]),
        ("every 1.5 hours", ["“1.5”", "whole number"]),
        ("every -2 days at 18:00", ["“-2”"]),
        ("every 20 seconds at 18:00", ["no time of day"]),
        ("monthly at 09:00", ["“1st of the month at 09:00”"]),
        ("every month at 18:00", ["“1st of the month at 18:00”"]),
        ("@daily", ["daily at 00:00"]),
        ("weekdays-sun at 18:00", ["range"]),
        ("daily at 18:00 Europe/Lundon", ["Europe/Lundon", "Europe/London"]),
        ("daily at 18:00 tokyo", ["Asia/Tokyo"]),
        ("daily at 18:00 Europe", ["no time zone"]),
        ("daily at 18:00 ../../etc/passwd", ["no time zone"]),
        ("daily at 18:00 if I can", ["“if I can”"]),
        ("0 18 * *", ["five fields"]),
        ("0 0 18 * * 2", ["without seconds"]),
        ("61 18 * * *", ["“61”", "minute", "0 to 59"]),
        ("0 18 * * 8", ["“8”", "weekday", "0 to 7"]),
        ("0 18 * * fri-mon", ["“fri-mon”", "weekday"]),
        ("0 18 * foo *", ["“foo”", "month"]),
        ("0 18 * * 2 Mars/Olympus", ["Mars/Olympus"]),
        ("", ["no schedule"]),
        ("   ", ["no schedule"]),
        (", ,", ["schedule looks like"]),
        ("daily at 18:00 " + "x" * 500, ["too long"]),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(written: str, hints: list[str]) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_schedule(written)
    for hint in hints:
        assert hint in str(refusal.value)


@pytest.mark.parametrize(
    "written",
    [
        "0 9 31 2 *",
        "0 9 30 2 *",
        "0 9 31 4,6,9,11 *",
        "0 9 30-31 feb *",
        "0 9 31 2 */2",
        "every 0 days at 18:00",
        "every 0 seconds",
        "every 0 weeks",
    ],
)
def test_a_schedule_that_never_fires_is_refused(written: str) -> None:
    with pytest.raises(ScheduleError, match="never come"):
        parse_schedule(written)


def test_a_step_beyond_ten_years_is_refused() -> None:
    for written in ("every 99999 days at 18:00", "every 99999999999999999999 seconds", "every 600 weeks"):
        with pytest.raises(ScheduleError, match="ten years"):
            parse_schedule(written)


VOCABULARY = """
    daily weekdays tue, fri and to at on every other each 0 3 20 18:00 6 pm noon days weeks seconds hours month , - & ?
    * */2 L LW 5L mon#2 1-5 7 31 2 Europe/London UTC 24:00 99999999 ١٨:٠٠ ½ ² a.m. @daily / 18h
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40))
@example("\x00 at 18:00")
@example("daily at 18:00 \x00")
@example("0 0 * * 0-sun")
@example("every ² days at 18:00")
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_refused_with_words(written: str) -> None:
    try:
        schedule = parse_schedule(written)
    except ScheduleError:
        return
    again = parse_schedule(schedule.text)
    assert (again, again.rule) == (schedule, schedule.rule)
    assert schedule.describe()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert next(schedule.slots(after=now, zone=ZoneInfo("Europe/London"), anchor=now)) > now
    assert schedule.interval(zone=ZoneInfo("Europe/London"), anchor=now) > timedelta(0)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("10 minutes", timedelta(minutes=10)),
        ("30 seconds", timedelta(seconds=30)),
        ("2 hours", timedelta(hours=2)),
        ("1 day", timedelta(days=1)),
        ("1 hour 30 minutes", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("1 Week and 2 days", timedelta(days=9)),
        ("0 seconds", timedelta(0)),
    ],
)
def test_durations(written: str, length: timedelta) -> None:
    assert parse_duration(written) == length


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("10", "10 what?"),
        ("ten minutes", "10 minutes"),
        ("5 mintues", "“minutes”"),
        ("-5 minutes", "length of time"),
        ("1.5 hours", "length of time"),
        ("", "length of time"),
        ("999999999999 days", "ten years"),
        ("9" * 4500 + " days", "length of time"),
    ],
)
def test_a_length_that_makes_no_sense_is_refused(written: str, hint: str) -> None:
    with pytest.raises(ScheduleError, match=hint.replace("?", r"\?")):
        parse_duration(written)


def test_zones_are_found_in_any_case_and_refused_with_the_nearest() -> None:
    assert parse_zone("europe/LONDON") == ZoneInfo("Europe/London")
    with pytest.raises(ScheduleError, match="America/New_York"):
        parse_zone("New York")
    for hostile in ("", "/", "..", "Europe/", "zone.tab", "\x00", "Europe/London\n", "a" * 5000):
        with pytest.raises(ScheduleError, match="no time zone"):
            parse_zone(hostile)
