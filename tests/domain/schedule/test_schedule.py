"""The schedule language's hard cases, with answers worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule.local_time import localize
from bot.domain.schedule.schedule import Schedule, parse_schedule

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def first(
    text: str, count: int, *, after: str, zone: ZoneInfo = LONDON, anchor: str | None = None
) -> list[str]:
    slots = parse_schedule(text).slots(after=utc(after), zone=zone, anchor=utc(anchor or after))
    return [f"{slot:%Y-%m-%dT%H:%M}" for slot in islice(slots, count)]


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        (LONDON, "2026-03-29T00:59", "2026-03-29T00:59"),
        (LONDON, "2026-03-29T01:00", "2026-03-29T01:00"),  # skipped: shown as 02:00 BST
        (LONDON, "2026-03-29T01:30", "2026-03-29T01:30"),  # skipped: shown as 02:30 BST
        (LONDON, "2026-03-29T02:00", "2026-03-29T01:00"),
        (LONDON, "2026-10-25T01:30", "2026-10-25T00:30"),  # twice: the first, still BST
        (NEW_YORK, "2026-03-08T02:30", "2026-03-08T07:30"),  # skipped: shown as 03:30 EDT
        (NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30"),  # twice: the first, still EDT
        (LORD_HOWE, "2026-10-04T02:15", "2026-10-03T15:45"),  # skipped half hour, read with +10:30
        (LORD_HOWE, "2026-04-05T01:45", "2026-04-04T14:45"),  # repeated half hour, the first with +11
        (APIA, "2011-12-30T12:00", "2011-12-30T22:00"),  # a skipped day, read with -10: noon on the 31st
    ],
)
def test_a_local_time_is_read_as_rfc_5545_reads_it(zone: ZoneInfo, local: str, expected: str) -> None:
    assert localize(datetime.fromisoformat(local), zone) == utc(expected)


@pytest.mark.parametrize("text", ["daily at 01:30", "30 1 * * *", "every 1 day at 01:30"])
def test_london_clock_changes(text: str) -> None:
    spring = first(text, 3, after="2026-03-28T12:00")
    assert spring == ["2026-03-29T01:30", "2026-03-30T00:30", "2026-03-31T00:30"]
    autumn = first(text, 3, after="2026-10-24T12:00")
    assert autumn == ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"]


@pytest.mark.parametrize("text", ["daily at 02:30", "30 2 * * *"])
def test_new_york_spring(text: str) -> None:
    assert first(text, 2, after="2026-03-08T00:00", zone=NEW_YORK) == ["2026-03-08T07:30", "2026-03-09T06:30"]


def test_new_york_autumn_fires_once() -> None:
    slots = first("daily at 01:30", 3, after="2026-10-31T12:00", zone=NEW_YORK)
    assert slots == ["2026-11-01T05:30", "2026-11-02T06:30", "2026-11-03T06:30"]


def test_lord_howe_changes_by_half_an_hour() -> None:
    assert first("daily at 02:15", 2, after="2026-10-03T00:00", zone=LORD_HOWE) == [
        "2026-10-03T15:45",
        "2026-10-04T15:15",
    ]
    assert first("daily at 01:45", 2, after="2026-04-04T00:00", zone=LORD_HOWE) == [
        "2026-04-04T14:45",
        "2026-04-05T15:15",
    ]


def test_an_hour_that_does_not_change_its_name_stays_at_its_hour() -> None:
    assert first("daily at 18:00", 2, after="2026-03-28T12:00") == ["2026-03-28T18:00", "2026-03-29T17:00"]
    assert first("daily at 18:00", 2, after="2026-10-24T12:00") == ["2026-10-24T17:00", "2026-10-25T18:00"]


def test_every_half_hour_of_cron_gives_each_instant_once_across_the_gap() -> None:
    slots = first("*/30 * * * *", 5, after="2026-03-29T00:00")
    assert slots == [f"2026-03-29T{time}" for time in ("00:30", "01:00", "01:30", "02:00", "02:30")]


def test_a_skipped_time_takes_its_turn_among_later_ones() -> None:
    slots = first(
        "50 1,2 * * *", 3, after="2026-03-29T00:00"
    )  # 02:50 BST is 01:50Z, as 01:50 read with GMT is
    assert slots == ["2026-03-29T01:50", "2026-03-30T00:50", "2026-03-30T01:50"]
    between = first("daily at 01:50 and 02:10", 3, after="2026-03-29T00:00")
    assert between == ["2026-03-29T01:10", "2026-03-29T01:50", "2026-03-30T00:50"]
    assert first("daily at 01:50 and 02:10", 1, after="2026-03-29T01:10") == ["2026-03-29T01:50"]


def test_the_repeated_hour_of_cron_counts_once() -> None:
    slots = first("*/30 * * * *", 4, after="2026-10-24T23:30")
    assert slots == [f"2026-10-25T{time}" for time in ("00:00", "00:30", "02:00", "02:30")]
    assert first("*/30 * * * *", 1, after="2026-10-25T01:10") == ["2026-10-25T02:00"]


def test_a_skipped_day_is_read_with_the_offset_before_it() -> None:
    slots = first("daily at 18:00", 3, after="2011-12-29T12:00", zone=APIA)
    assert slots == ["2011-12-30T04:00", "2011-12-31T04:00", "2012-01-01T04:00"]


@pytest.mark.parametrize("field", ["0", "7", "sun", "SUN", "0,7", "7-7"])
def test_cron_sunday(field: str) -> None:
    assert first(f"0 9 * * {field}", 2, after="2026-01-01T00:00") == ["2026-01-04T09:00", "2026-01-11T09:00"]


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ("* * 1-5", [1, 2, 5, 6, 7]),
        ("* * mon-fri", [1, 2, 5, 6, 7]),
        ("* * 5-7", [2, 3, 4, 9, 10]),
        ("* * fri-sun", [2, 3, 4, 9, 10]),
        ("* * */2", [1, 3, 4, 6, 8]),
        ("*/10 * *", [1, 11, 21, 31]),
        ("13 * 5", [2, 9, 13, 16, 23]),  # the 13th or a Friday
        ("1,15 * mon", [1, 5, 12, 15, 19]),
        ("13 * *", [13]),
        (
            "*/2 * 5",
            [9, 23],
        ),  # a field that begins with a star restricts nothing to cron's rule: both must fit
        ("L 1 *", [31]),
    ],
)
def test_cron_days_of_january(fields: str, days: list[int]) -> None:
    slots = first(f"0 9 {fields}", len(days), after="2026-01-01T00:00", zone=ZoneInfo("UTC"))
    assert slots == [f"2026-01-{day:02}T09:00" for day in days]


def test_the_last_of_february_comes_every_four_years() -> None:
    assert first("0 9 29 2 *", 2, after="2026-01-01T00:00") == ["2028-02-29T09:00", "2032-02-29T09:00"]


def test_counted_time_ignores_clock_changes() -> None:
    slots = first("every 2 hours", 3, after="2026-03-29T00:10", anchor="2026-03-28T00:30")
    assert slots == ["2026-03-29T00:30", "2026-03-29T02:30", "2026-03-29T04:30"]


def test_counted_days_keep_their_hour() -> None:
    slots = first("every 3 days at 18:00", 4, after="2026-03-20T00:00")
    assert slots == ["2026-03-20T18:00", "2026-03-23T18:00", "2026-03-26T18:00", "2026-03-29T17:00"]


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("every 3 days at 18:00", "2026-01-01T18:00", "2026-01-01T18:00"),
        ("every 3 days at 18:00", "2026-01-01T18:01", "2026-01-02T18:00"),
        ("every 3 days at 08:00 and 18:00", "2026-01-01T12:00", "2026-01-01T18:00"),
        ("every 2 weeks on wed at 18:00", "2026-01-01T00:00", "2026-01-07T18:00"),
        ("every 2 weeks on thu at 18:00", "2026-01-01T19:00", "2026-01-08T18:00"),
        ("every 2 weeks on tue, thu at 18:00", "2026-01-01T18:00", "2026-01-01T18:00"),
        ("every 2 weeks on tue, thu at 18:00", "2026-01-01T19:00", "2026-01-06T18:00"),
        ("every 20 seconds", "2026-01-01T12:00", "2026-01-01T12:00"),
        ("every 2 days", "2026-01-01T12:34", "2026-01-01T12:34"),
    ],
)
def test_the_first_slot_is_the_first_that_fits_at_or_after_the_anchor(
    text: str, anchor: str, expected: str
) -> None:
    assert first(text, 1, after="2025-06-01T00:00", anchor=anchor) == [expected]


def test_a_zone_in_the_text_wins() -> None:
    assert first("daily at 18:00 Asia/Tokyo", 1, after="2026-01-01T00:00") == ["2026-01-01T09:00"]


def test_slots_are_found_at_once_however_long_ago_the_anchor_lies() -> None:
    anchor = utc("1970-01-01T00:00")
    for text in ("every 1 second", "every 2 days at 18:00", "* * * * *"):
        slots = parse_schedule(text).slots(after=utc("2500-01-01T00:00"), zone=LONDON, anchor=anchor)
        assert utc("2500-01-01T00:00") < next(slots) <= utc("2500-01-02T18:00")


def test_the_ends_of_time_are_no_error() -> None:
    for text in ("daily at 18:00", "every 2 days at 18:00", "every 20 seconds", "0 9 29 2 *", "every 9 days"):
        schedule = parse_schedule(text)
        end, beginning = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
        assert list(schedule.slots(after=end, zone=NEW_YORK, anchor=end)) == []
        assert list(schedule.slots(after=end, zone=APIA, anchor=utc("2026-01-01T00:00"))) == []
        assert next(schedule.slots(after=beginning, zone=APIA, anchor=utc("2026-01-01T00:00")))
        assert next(schedule.slots(after=utc("2026-01-01T00:00"), zone=APIA, anchor=beginning))


def test_naive_instants_are_refused() -> None:
    naive = datetime.fromisoformat("2026-01-01T00:00")
    with pytest.raises(ValueError, match="time zone"):
        parse_schedule("daily at 18:00").slots(after=naive, zone=LONDON, anchor=utc("2026-01-01T00:00"))


def test_slots_between_includes_its_end_and_not_its_beginning() -> None:
    schedule = parse_schedule("daily at 18:00 UTC")
    noon = utc("2026-01-01T18:00")
    found = schedule.slots_between(after=noon, until=utc("2026-01-03T18:00"), zone=LONDON, anchor=noon)
    assert [slot.day for slot in found] == [2, 3]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("every 20 seconds", timedelta(seconds=20)),
        ("tue, fri at 18:00", timedelta(days=3)),
        ("daily at 01:30", timedelta(days=1)),
        ("daily at 08:00 and 18:00", timedelta(hours=10)),
        ("every 2 weeks at 18:00", timedelta(days=14)),
        ("every 2 weeks on tue, fri at 18:00", timedelta(days=3)),
        ("tue at 18:00 and tue, fri at 18:00", timedelta(days=3)),
        ("last day of the month at 18:00", timedelta(days=28)),
        ("*/20 9-17 * * *", timedelta(minutes=20)),
        ("0 18 1 * *", timedelta(days=28)),
        ("0 9 29 2 *", timedelta(days=1461)),
    ],
)
def test_interval_is_the_shortest_regular_gap(text: str, gap: timedelta) -> None:
    anchor = utc("2026-03-28T12:00")  # clocks change the next day: that is no regular gap
    assert parse_schedule(text).interval(zone=LONDON, anchor=anchor) == gap


TEXTS = st.sampled_from(
    [
        "daily at 01:30",
        "daily at 01:45, 02:10 and 03:00",
        "sat, sun at 02:15",
        "every 3 days at 01:30",
        "every 2 weeks on sun at 02:30",
        "every 5 days",
        "every 2 weeks on tue, sat, sun at 01:30 and 02:15",
        "sat at 01:30 and sun at 01:30 and 02:30",
        "1st, 15th, last day of the month at 01:30",
        "1st fri, last sun of the month at 02:30",
        "every 37 minutes",
        "*/30 * * * *",
        "15,45 1-2 * * *",
        "30 2 8-14 3 sun",
    ]
)
ZONES = st.sampled_from([LONDON, NEW_YORK, LORD_HOWE, APIA, ZoneInfo("Africa/Casablanca"), ZoneInfo("UTC")])
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def taken(
    schedule: Schedule, count: int, after: datetime, zone: ZoneInfo, anchor: datetime
) -> list[datetime]:
    return list(islice(schedule.slots(after=after, zone=zone, anchor=anchor), count))


@given(TEXTS.map(parse_schedule), ZONES, INSTANTS, INSTANTS, st.integers(0, 50))
@settings(max_examples=300, deadline=None)
def test_slots_ascend_and_do_not_depend_on_where_one_starts(
    schedule: Schedule, zone: ZoneInfo, after: datetime, anchor: datetime, position: int
) -> None:
    slots = taken(schedule, 60, after, zone, anchor)
    assert slots[0] > after
    assert all(earlier < later for earlier, later in pairwise(slots))
    assert taken(schedule, 5, slots[position], zone, anchor) == slots[position + 1 : position + 6]
    just_before = slots[position] - timedelta(microseconds=1)
    assert taken(schedule, 1, just_before, zone, anchor) == [slots[position]]


@given(
    TEXTS.map(parse_schedule),
    ZONES,
    st.sampled_from(["2026-03-29", "2026-10-25", "2011-12-30"]),
    st.integers(0, 96),
)
@settings(max_examples=200, deadline=None)
def test_starting_inside_a_clock_change_misses_nothing(
    schedule: Schedule, zone: ZoneInfo, day: str, quarter: int
) -> None:
    anchor = utc(f"{day}T00:00") - timedelta(days=4)
    inside = utc(f"{day}T00:00") + timedelta(minutes=15 * quarter) - timedelta(hours=12)
    until = inside + timedelta(days=3)
    whole = list(schedule.slots_between(after=anchor, until=until, zone=zone, anchor=anchor))
    rest = list(schedule.slots_between(after=inside, until=until, zone=zone, anchor=anchor))
    assert rest == [slot for slot in whole if slot > inside]
