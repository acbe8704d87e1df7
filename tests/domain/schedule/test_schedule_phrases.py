"""Schedules as people say them: what is understood, and what is answered with the right example."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError

UNDERSTOOD = {
    "every 2 weeks on fri at 18:00": [
        "every other friday at 18:00",
        "every second Friday at 6pm",
        "every 2nd friday, 18:00",
        "every 2 fridays at 18:00",
        "every two weeks on friday at 18:00",
        "every 2 weeks at 18:00 on friday",
        "every other week on fri 18h",
        "every 14 days on friday at 18:00",
        "every fortnight on fri at 18:00",
        "fortnightly on friday at 18:00",
        "biweekly on fridays at 18:00",
        "bi-weekly, fri 18:00",
        "fridays every other week at 18:00",
        "friday 18:00 every two weeks",
        "6 pm every other friday",
        "alternate fridays at 18:00",
        "once every two weeks on friday at 18:00",
    ],
    "every 3 weeks on tue at 18:00": ["every 3rd tue at 18:00", "every third tuesday at 18:00"],
    "every 2 weeks on tue, fri at 18:00": [
        "every other tue and fri at 18:00",
        "every second tuesday & friday, 18:00",
        "fortnightly on tue/fri at 18:00",
        "every 2 weeks on tue, fri at 18:00",
    ],
    "every 2 weeks on sat, sun at 10:00": ["every other weekend at 10:00", "every 2 weekends at 10am"],
    "every 2 weeks on sun at 12:00": ["every second sunday at noon", "noon every other Sunday"],
    "every 2 weeks": ["every two weeks", "fortnightly", "every fortnight", "every other week"],
    "every 3 days at 18:00": ["every three days at 18:00", "every third day at 18:00", "18:00 every 3rd day"],
    "every 12 hours": ["every twelve hours"],
    "every second": ["every 1 second", "every second"],
    "every 2 seconds": ["every second second"],
    "every week at 18:00": ["weekly at 18:00", "once a week at 18:00"],
    "every hour": ["hourly", "once an hour"],
    "fri at 18:00": [
        "weekly on friday at 18:00",
        "every week, friday 18:00",
        "6pm every friday",
        "friday 18:00",
        "Fri. at 18:00",
        "fri @18:00",
        "fr 18h",
        "every single friday at 18:00",
    ],
    "tue at 18:00": ["Tuesdays, 18:00", "18:00 on tuesdays", "Tues 18.00"],
    "thu at 18:30": ["thu 18h30", "thur 6:30pm", "thurs at 6.30 p.m.", "thursday @ 18:30", "th 18:30"],
    "mon, wed, fri at 18:00": [
        "mon/wed/fri 18:00",
        "mon, wed & fri at 18:00",
        "mon + wed + fri 18:00",
        "mon; wed; fri 18:00",
        "every mon, every wed and every fri at 18:00",
        "mon\u00a0wed\u202ffri 18:00",
    ],
    "weekdays at 18:00": [
        "weekday 18:00",
        "monday through friday at 18:00",
        "monday thru friday, 18:00",
        "mon–fri 18:00",
        "mon‑fri 18:00",
        "mon\u2010fri 18:00",
        "mon — fri 18:00",
        "from monday to friday at 18:00",
        "every day from mon to fri at 18:00",
        "daily, mon-fri, at 18:00",
    ],
    "daily at 18:00": [
        "18:00 daily",
        "6 p.m. every day",
        "every evening at 18:00",
        "１８：００ daily",
        "daily 18 h",
    ],
    "weekends at 10:00": ["on the weekend at 10am", "sat+sun 10:00"],
    "daily at 20:00": ["nightly at 20:00", "every night at 8pm"],
    "daily at 00:00": ["midnight daily", "daily at midnight", "daily 0h"],
    "daily at 08:00 and 20:00": ["08:00/20:00 daily", "8am and 8pm, daily", "daily 08:00 20:00"],
    "1st, 15th of the month at 18:00": [
        "1st and 15th of the month at 18:00",
        "on the 15th and the 1st of each month, 18:00",
        "monthly on the 1st and 15th at 18:00",
        "every month on the 1st and 15th at 18:00",
        "1st and 15th at 18:00",
        "1 and 15 of the month at 18:00",
    ],
    "last fri of the month at 18:00": ["last friday of the month at 18:00", "every last friday at 18:00"],
    "last day of the month at 18:00": ["on the last day of every month at 18:00"],
    "1st mon of the month at 18:00": ["first monday of the month at 18:00", "every first monday, 18:00"],
    "2nd fri of the month at 18:00": ["every 2nd friday of the month at 18:00"],
    "1st mon, 3rd mon of the month at 18:00": ["first and third monday at 18:00"],
    "15th day, last fri of the month at 18:00": ["15th and last friday of the month at 18:00"],
    "tue at 18:00 and fri at 20:00": [
        "tue 18:00, fri 20:00",
        "18:00 tue and 20:00 fri",
        "every tuesday at 18:00 and every friday at 20:00",
    ],
    "daily at 18:00 Europe/London": ["18:00 europe/london daily", "daily at 18:00 (Europe/London)"],
}


@pytest.mark.parametrize(
    ("written", "text"), [(said, text) for text, ways in UNDERSTOOD.items() for said in (text, *ways)]
)
def test_what_people_say_is_understood(written: str, text: str) -> None:
    assert parse_schedule(written).text == text


@pytest.mark.parametrize(
    ("written", "described"),
    [
        ("every other tue and fri at 18:00", "Every 2 weeks on Tuesday and Friday at 18:00"),
        ("tue at 18:00 and weekends at 20:00", "Tuesdays at 18:00 and weekends at 20:00"),
        ("daily at 8:00 and sat at 12:00", "Daily at 08:00 and Saturdays at 12:00"),
        ("1st and 22nd at 18:00", "On the 1st and the 22nd of the month at 18:00"),
        ("3rd and last friday at 18:00", "On the 3rd Friday and the last Friday of the month at 18:00"),
        ("last day of the month at noon UTC", "On the last day of the month at 12:00 (UTC)"),
        (
            "11th, 12th, 13th, 23rd at 18:00",
            "On the 11th, the 12th, the 13th and the 23rd of the month at 18:00",
        ),
    ],
)
def test_it_is_described_as_a_reader_would_say_it(written: str, described: str) -> None:
    assert parse_schedule(written).describe() == described


REFUSED = [
    ("every other friday", ["what time", "every 2 weeks on fri at 18:00"]),
    ("nightly", ["what time", "daily at 18:00"]),
    ("first monday of the month", ["what time", "1st mon of the month at 18:00"]),
    ("every 2 hours at", ["no time of day"]),
    ("biweekly", ["two things", "every 2 weeks on fri at 18:00", "tue, fri at 18:00"]),
    ("biweekly on tue and fri at 18:00", ["every 2 weeks on tue, fri at 18:00", "tue, fri at 18:00"]),
    ("2nd friday at 18:00", ["every 2 weeks on fri at 18:00", "2nd fri of the month at 18:00"]),
    ("3rd day at 18:00", ["every 3 days at 18:00", "3rd day of the month at 18:00"]),
    ("every other weekday at 18:00", ["mon, wed, fri at 18:00"]),
    ("every 3 days on friday at 18:00", ["every 3 days at 18:00", "every 2 weeks on fri at 18:00"]),
    ("every 2 hours on friday", ["no time of day"]),
    ("twice a week", ["“twice a week”", "tue, fri at 18:00"]),
    ("three times a week at 18:00", ["mon, wed, fri at 18:00"]),
    ("2x daily", ["daily at 08:00 and 18:00"]),
    ("twice per month", ["1st, 15th of the month at 18:00"]),
    ("last weekday of the month at 18:00", ["0 18 LW * *"]),
    ("first weekend of the month at 18:00", ["1st sat of the month at 18:00"]),
    ("6th friday of the month at 18:00", ["“6th fri” never comes"]),
    ("32nd of the month at 18:00", ["“32nd” never comes"]),
    ("0th of the month at 18:00", ["“0th” never comes"]),
    ("every 0 fridays at 18:00", ["never come"]),
    ("1st of january at 18:00", ["“january”", "0 18 1 1 *"]),
    ("every other month on the 1st at 18:00", ["0 18 1 */2 *"]),
    ("quarterly", ["0 18 1 */3 *"]),
    ("every half hour", ["every 30 minutes"]),
    ("every 2 days every 3 days", ["“every 2 days” and “every 3 days”"]),
    ("fri at 18:00 and every other sat at 20:00", ["times of their own"]),
    ("every other tue at 18:00 and fri at 20:00", ["times of their own"]),
    ("fridays and the 1st at 18:00", ["days of the month"]),
    ("daily except sunday at 18:00", ["mon-sat at 18:00"]),
    ("daily at 18:00+02:00", ["“18:00+02:00” is not a time of day"]),
    ("twice-weekly at 18:00", ["tue, fri at 18:00"]),
    ("end of the month at 18:00", ["last day of the month at 18:00"]),
    ("never at 18:00", ["I do not understand “never”. A schedule looks like"]),
    ("friday night", ["fri at 20:00"]),
    ("2 fridays at 18:00", ["how often"]),
    ("every other", ["Every 2 what"]),
    ("fornightly on friday", ["“fortnightly”"]),
    ("every dya at 18:00", ["“day”"]),
    ("18:00 UTC daily UTC", ["at the end"]),
    ("18:00 CEST every friday", ["“CEST”", "Europe/Berlin"]),
    ("daily at 18:00 New York", ["America/New_York"]),
    ("daily at 18:00 UTC +2", ["“UTC +2”", "UTC+2", "Europe/"]),
]


@pytest.mark.parametrize(("written", "hints"), REFUSED)
def test_what_is_not_understood_is_answered_with_the_right_example(written: str, hints: list[str]) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_schedule(written)
    for hint in hints:
        assert hint in str(refusal.value)


def test_every_example_in_a_refusal_can_be_written() -> None:
    for written, _ in REFUSED:
        with pytest.raises(ScheduleError) as refusal:
            parse_schedule(written)
        for example in re.findall(r"“([^”]* at \d\d:\d\d[^”]*|\d+ 18 [^”]*)”", str(refusal.value)):
            parse_schedule(example)


KEPT = {
    "tue, fri at 18:00": "Tue 2 Fri 5 Tue 9",
    "weekends at 09:05": "Sat 6 Sun 7 Sat 13",
    "daily at 08:00 and 18:00": "Mon 1 Mon 1 Tue 2",
    "every 3 days at 18:00": "Mon 1 Thu 4 Sun 7",
    "every 2 weeks at 18:00": "Mon 1 Mon 15 Mon 29",
    "every 2 weeks on fri at 18:00": "Fri 5 Fri 19 Fri 3",
    "every week": "Mon 1 Mon 8 Mon 15",
    "every 36 hours": "Mon 1 Tue 2 Thu 4",
    "0 18 * * TUE,5": "Tue 2 Fri 5 Tue 9",
    "0 18 L * FRI#1": "Fri 5 Tue 30 Fri 3",
    "30 9 1 * 1 America/New_York": "Mon 1 Mon 8 Mon 15",
}


@pytest.mark.parametrize("text", KEPT)
def test_a_text_that_was_stored_keeps_its_meaning(text: str) -> None:
    schedule = parse_schedule(text)
    anchor = datetime(2026, 6, 1, tzinfo=UTC)
    slots = schedule.slots(after=anchor - timedelta(seconds=1), zone=ZoneInfo("UTC"), anchor=anchor)
    assert schedule.text == text
    assert " ".join(f"{slot:%a} {slot.day}" for slot in islice(slots, 3)) == KEPT[text]


def word_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


DAY = word_of("mon tuesday Weds thurs fri saturdays su weekdays weekend mon-fri sat–mon daily")
TIME = word_of("18:00 6pm 18h 7.30am noon midnight 06:15 0h05")
COUNT = word_of("other second 2nd third 2 two twelve alternate first last 5th 15th 40")
UNIT = word_of("day days week weeks hours fortnight month minute")
ODD = word_of("at on the and , of every month once a UTC CEST +2 friday night times 3 twice")
PIECE = st.one_of(
    DAY,
    TIME,
    TIME.map("at {}".format),
    st.builds("{} and {}".format, DAY, DAY),
    st.builds("every {} {}".format, COUNT, DAY | UNIT),
    st.builds("{} {} of the month".format, COUNT, DAY | st.just("")),
    st.sampled_from(["fortnightly", "weekly", "biweekly", "monthly", "hourly", "Asia/Tokyo"]),
    ODD,
)
PHRASE = st.lists(PIECE, min_size=1, max_size=5).map(" ".join)


def read(text: str) -> Schedule | str:
    """The schedule, or the refusal's words."""
    try:
        return parse_schedule(text)
    except ScheduleError as refusal:
        return str(refusal)


@given(PHRASE)
@settings(max_examples=1500, deadline=None)
def test_its_text_says_the_same_again_and_no_word_is_suggested_for_itself(written: str) -> None:
    schedule = read(written)
    if isinstance(schedule, str):
        guess = re.search(r"“([^”]*)”\. Did you mean “?([^”?]*)”?\?", schedule)
        assert guess is None or guess[1].casefold() != guess[2].casefold()
        assert "Etc/" not in schedule
        return
    again = parse_schedule(schedule.text)
    assert (again, again.rule) == (schedule, schedule.rule)
    assert schedule.describe()[0].isupper()
    anchor = datetime(2026, 3, 25, 12, tzinfo=UTC)
    slots = list(islice(schedule.slots(after=anchor, zone=ZoneInfo("Europe/London"), anchor=anchor), 20))
    assert slots == sorted(set(slots))
    assert len(slots) == 20
    assert schedule.interval(zone=ZoneInfo("Europe/London"), anchor=anchor) > timedelta(0)


@given(PHRASE, st.sampled_from("\u00a0\u202f\u2009\u3000\t"), st.sampled_from("‐‑–—−"))
@settings(max_examples=300, deadline=None)
def test_the_kind_of_blank_and_dash_makes_no_difference(written: str, blank: str, dash: str) -> None:
    said, plain = read(written.replace(" ", blank).replace("-", dash)), read(written)
    assert said == plain or (isinstance(said, str) and isinstance(plain, str))
