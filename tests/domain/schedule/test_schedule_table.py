"""Schedules beside an independent library: dateutil's recurrence rules and its own time zones.

Every case is a schedule, a zone, and a fortnight and a half around a change of that zone's clocks. The two must name
the same instants. dateutil finds the naive times from a recurrence rule written by hand beside the schedule and places
them with its own zone class; nothing of it is shared with the code under test but the zone data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from bot.domain.schedule.calendar_state import CalendarEntry
from bot.domain.schedule.release_calendar import initial_state, plan_releases
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule

ZONES_AND_CHANGES = {
    "Europe/London": ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
    "America/New_York": ("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Africa/Casablanca": ("2025-02-23", "2025-04-06"),
    "Pacific/Apia": ("2011-12-30", "2012-04-01"),
    "Asia/Kathmandu": ("2026-03-29", "2026-12-31"),
    "UTC": ("2026-03-29", "2028-02-29"),
}
HALF_WINDOW = timedelta(days=9)

Recurrence = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A schedule and the recurrence rules that together mean the same; `anchored` ones count from the anchor."""

    text: str
    recurrences: tuple[Recurrence, ...]
    anchored: bool = False


def at(*times: str) -> list[time]:
    return [time.fromisoformat(text) for text in times]


def days(*times: str, **more: Any) -> tuple[Recurrence, ...]:
    """One daily rule a time of day: dateutil would combine the hours of one with the minutes of another."""
    return tuple(
        {"freq": DAILY, "byhour": moment.hour, "byminute": moment.minute, "bysecond": 0, **more}
        for moment in at(*times)
    )


ROWS = (
    Row("daily at 01:30", days("01:30")),
    Row("daily at 02:30", days("02:30")),
    Row("daily at 18:00", days("18:00")),
    Row("daily at 00:00, 01:45 and 02:15", days("00:00", "01:45", "02:15")),
    Row("weekdays at 07:30", days("07:30", byweekday=(MO, TU, WE, TH, FR))),
    Row("weekends at 02:00", days("02:00", byweekday=(SA, SU))),
    Row("tue, fri at 18:00", days("18:00", byweekday=(TU, FR))),
    Row("Saturdays and Sundays at 1:30am", days("01:30", byweekday=(SA, SU))),
    Row("fri-mon at 02:45", days("02:45", byweekday=(FR, SA, SU, MO))),
    Row("every 3 days at 01:30", days("01:30", interval=3), anchored=True),
    Row("every 2 days at 02:15 and 18:00", days("02:15", "18:00", interval=2), anchored=True),
    Row("every 2 weeks at 02:30", days("02:30", freq=WEEKLY, interval=2), anchored=True),
    Row(
        "every other tue and sun at 02:30",
        days("02:30", freq=WEEKLY, interval=2, byweekday=(TU, SU)),
        anchored=True,
    ),
    Row("tue at 18:00 and sun at 02:15", (*days("18:00", byweekday=TU), *days("02:15", byweekday=SU))),
    Row("1st, 15th and last day of the month at 01:30", days("01:30", freq=MONTHLY, bymonthday=(1, 15, -1))),
    Row(
        "first tue and last sun of the month at 02:15 and 18:00",
        days("02:15", "18:00", freq=MONTHLY, byweekday=(TU(1), SU(-1))),
    ),
    Row("0 18 * * 2,5", days("18:00", byweekday=(TU, FR))),
    Row("30 1 * * 0", days("01:30", byweekday=SU)),
    Row("30 2 * * 7", days("02:30", byweekday=SU)),
    Row("15 2 * * sat-sun", days("02:15", byweekday=(SA, SU))),
    Row("0 9 13 * 5", (*days("09:00", bymonthday=13), *days("09:00", byweekday=FR))),
    Row("45 1 1,29-31 * sun", (*days("01:45", bymonthday=(1, 29, 30, 31)), *days("01:45", byweekday=SU))),
    Row("30 1 L * *", days("01:30", bymonthday=-1)),
    Row("*/30 0-3 * * *", tuple(rule for hour in range(4) for rule in days(f"0{hour}:00", f"0{hour}:30"))),
    Row("20 1-2 * 3,10 1-7", tuple(rule for hour in (1, 2) for rule in days(f"0{hour}:20", bymonth=(3, 10)))),
)

CASES = [
    pytest.param(row, zone, change, id=f"{row.text} | {zone} | {change}")
    for row in ROWS
    for zone, changes in ZONES_AND_CHANGES.items()
    for change in changes
]


def by_dateutil(row: Row, zone: str, first: datetime, last: datetime) -> list[datetime]:
    """What dateutil makes of the row from one naive UTC time to another, counted from the first of them."""
    its_zone = tz.gettz(zone)
    anchor = first.replace(tzinfo=tz.UTC).astimezone(its_zone).replace(tzinfo=None)
    margin = timedelta(0) if row.anchored else timedelta(days=2)
    start = (anchor - margin).replace(hour=0, minute=0)
    found = set()
    for recurrence in row.recurrences:
        for naive in rrule(dtstart=start, until=last + timedelta(days=2), **recurrence):
            placed = tz.resolve_imaginary(naive.replace(tzinfo=its_zone))
            found.add(placed.astimezone(tz.UTC).replace(tzinfo=None))
    return sorted(moment for moment in found if first <= moment <= last)


@pytest.mark.parametrize(("row", "zone", "change"), CASES)
def test_dateutil_agrees(row: Row, zone: str, change: str) -> None:
    midnight = (datetime.fromisoformat(change) - HALF_WINDOW).replace(tzinfo=tz.gettz(zone))
    first = midnight.astimezone(tz.UTC).replace(tzinfo=None)
    last = first + 2 * HALF_WINDOW
    slots = parse_schedule(row.text).slots_between(
        after=first.replace(tzinfo=UTC) - timedelta(microseconds=1),
        until=last.replace(tzinfo=UTC),
        zone=ZoneInfo(zone),
        anchor=first.replace(tzinfo=UTC),
    )
    assert [slot.replace(tzinfo=None) for slot in slots] == by_dateutil(row, zone, first, last)


@pytest.mark.parametrize(("row", "zone", "change"), CASES)
def test_the_release_calendar_agrees_with_dateutil(row: Row, zone: str, change: str) -> None:
    midnight = (datetime.fromisoformat(change) - HALF_WINDOW).replace(tzinfo=tz.gettz(zone))
    first = midnight.astimezone(UTC)
    expected = by_dateutil(
        row, zone, first.replace(tzinfo=None), (first + 2 * HALF_WINDOW).replace(tzinfo=None)
    )
    entries = [CalendarEntry(f"c{number}", f"Chapter {number}") for number in range(len(expected))]
    release_rules = ReleaseRules(parse_schedule(row.text), ZoneInfo(zone), start=first)
    long_before = first - timedelta(days=40)
    state = initial_state(entries, release_rules, now=long_before)
    releases = [
        (each.chapter, each.at) for each in plan_releases(entries, release_rules, state, now=long_before)
    ]
    assert releases == [(f"c{number}", at.replace(tzinfo=UTC)) for number, at in enumerate(expected)]


def test_the_table_is_long_enough_and_says_something() -> None:
    begin = datetime.fromisoformat("2026-03-20")
    fortnight = begin + timedelta(days=14)
    assert len(CASES) >= 200
    assert all(by_dateutil(row, "Europe/London", begin, fortnight) for row in ROWS)
