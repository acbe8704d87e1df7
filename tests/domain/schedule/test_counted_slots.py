"""Every second week on several days, and days of the month."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from bot.domain.schedule.schedule import parse_schedule
from tests.domain.schedule.test_schedule import first


@pytest.mark.parametrize(
    ("anchor", "days"),
    [
        ("2026-01-05T00:00", ["01-06", "01-09", "01-20", "01-23", "02-03"]),  # Monday: both days of this week
        ("2026-01-07T00:00", ["01-09", "01-20", "01-23", "02-03", "02-06"]),  # Wednesday: what is left of it
        (
            "2026-01-09T18:01",
            ["01-13", "01-16", "01-27", "01-30", "02-10"],
        ),  # too late for Friday: the next week
    ],
)
def test_both_days_of_every_second_week_are_counted_from_the_week_of_the_first(
    anchor: str, days: list[str]
) -> None:
    slots = first("every other tue and fri at 18:00", 5, after="2025-06-01T00:00", anchor=anchor)
    assert slots == [f"2026-{day}T18:00" for day in days]
    later = first("every other tue and fri at 18:00", 2, after=f"2026-{days[1]}T17:59", anchor=anchor)
    assert later == [f"2026-{day}T18:00" for day in days[1:3]]


def test_a_month_without_the_day_is_passed_over() -> None:
    assert first("31st of the month at 18:00", 3, after="2026-01-31T18:00", zone=ZoneInfo("UTC")) == [
        "2026-03-31T18:00",
        "2026-05-31T18:00",
        "2026-07-31T18:00",
    ]
    fifth = first("5th mon of the month at 18:00", 2, after="2026-01-01T00:00", zone=ZoneInfo("UTC"))
    assert fifth == ["2026-03-30T18:00", "2026-06-29T18:00"]


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("first monday of the month at 18:00", "0 18 * * MON#1"),
        ("2nd and fifth fri of the month at 18:00", "0 18 * * FRI#2,FRI#5"),
        ("last friday of the month at 18:30", "30 18 * * 5L"),
        ("last sun of the month at 00:00", "0 0 * * 0L"),
        ("1st, 15th and 31st at 18:00", "0 18 1,15,31 * *"),
        ("last day of the month at 06:00", "0 6 L * *"),
    ],
)
def test_days_of_the_month_are_those_of_cron(written: str, expression: str) -> None:
    start = datetime(2023, 12, 30, tzinfo=UTC)
    slots = parse_schedule(written).slots(after=start, zone=ZoneInfo("UTC"), anchor=start)
    assert list(islice(slots, 60)) == list(islice(CronSim(expression, start), 60))
