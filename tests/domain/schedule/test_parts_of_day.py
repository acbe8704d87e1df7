"""Hours beside a part of the day, in English and German."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError

MEANT = {
    "Fridays at 20:00": [
        "friday at 8 in the evening",
        "friday evenings at 8",
        "every friday evening at 8:00",
        "friday evening, 8pm",
        "fri at eight o'clock in the evening",
        "friday night at 20:00",
        "freitags um 8 abends",
        "Freitag abends 8 Uhr",
        "freitagabends um 8",
        "jeden Freitag Abend um 20 Uhr",
    ],
    "Daily at 20:00": [
        "every day in the evening at 8",
        "evenings at 8",
        "at 8 every evening",
        "daily at 8 in the evening",
        "abends um 8",
        "jeden Abend um 8 Uhr",
        "abends 20 Uhr",
    ],
    "Daily at 07:30": [
        "every morning at 7:30",
        "mornings at 07:30",
        "jeden Morgen um 7:30",
        "morgens um 7 Uhr 30",
    ],
    "Sundays at 15:00": [
        "sunday afternoon at 3",
        "sundays at 3 in the afternoon",
        "sonntags nachmittags um 3",
    ],
    "Fridays at 00:00": ["friday night at 12", "freitags um 12 Uhr nachts"],
    "Fridays at 01:00": ["friday at 1 at night", "freitagnacht um 1"],
    "Weekdays at 07:00": ["weekday mornings at 7", "werktags um 7 früh", "werktags früh um 7"],
    "Mondays at 07:00 and Fridays at 20:00": [
        "monday mornings at 7 and friday evenings at 8",
        "montags morgens um 7 und freitags abends um 8",
    ],
    "On the 1st of the month at 20:00": ["1st of the month at 8 in the evening"],
    "Every 2 weeks on Friday at 20:00": [
        "every other friday evening at 8",
        "jeden zweiten Freitag abends um 8",
    ],
}


@pytest.mark.parametrize(
    ("written", "meant"), [(written, meant) for meant, forms in MEANT.items() for written in forms]
)
def test_a_part_of_the_day_makes_an_hour_plain(written: str, meant: str) -> None:
    assert parse_schedule(written).describe() == meant


@pytest.mark.parametrize(
    "written",
    [
        "every evening at 2",
        "friday morning at 6pm",
        "sunday afternoon at 10",
        "friday evening",
        "abends um 3 Uhr x",
    ],
)
def test_an_hour_outside_that_part_of_the_day_is_not_guessed(written: str) -> None:
    with pytest.raises(ScheduleError):
        parse_schedule(written)


@given(
    st.lists(
        st.sampled_from(
            [
                "every",
                "in",
                "the",
                "at",
                "8",
                "8pm",
                "20:00",
                "evening",
                "nights",
                "friday",
                ",",
                "and",
                "abends",
            ]
        ),
        max_size=9,
    )
)
def test_words_in_any_order_are_read_or_refused(words: list[str]) -> None:
    with suppress(ScheduleError):
        assert parse_schedule(" ".join(words)).describe()
