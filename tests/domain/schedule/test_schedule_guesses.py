"""Guesses at misspelt words of schedules, and the answer to languages that are not read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.domain.schedule.german_words import GERMAN, SPELLED
from bot.domain.schedule.other_languages import is_other_language
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.schedule_refusals import unknown_word
from bot.domain.schedule.schedule_word import fold_german
from bot.domain.schedule.vocabulary import DAYS, ELSEWHERE, VOCABULARY, ScheduleError

KNOWN = sorted({word for word in (*VOCABULARY, *SPELLED) if len(word) > 2})
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzäöü")


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A known word with one letter changed, left out, put in, or swapped with the next."""
    word = draw(st.sampled_from(KNOWN))
    at = draw(st.integers(0, len(word) - 1))
    kind = draw(st.sampled_from(("change", "drop", "add", "swap")))
    before, letter, behind = word[:at], word[at], word[at + 1 :]
    match kind:
        case "change":
            return before + draw(LETTERS) + behind
        case "drop":
            return before + behind
        case "add":
            return before + letter + draw(LETTERS) + behind
    return before + behind[:1] + letter + behind[1:]


def is_known(word: str) -> bool:
    return word in VOCABULARY or word in ELSEWHERE or fold_german(word) in GERMAN or is_other_language(word)


@given(slips())
@settings(max_examples=1500, deadline=None)
def test_a_word_with_one_slip_is_answered_with_a_word_one_slip_away(slip: str) -> None:
    if is_known(slip) or len(slip) < 3:
        return
    answer = str(unknown_word(slip, DAYS))
    guess = re.search(r"Did you mean “([^”]*)”\?", answer)
    assert guess is not None, answer
    near = guess[1]
    assert near != slip
    assert min(OSA.distance(near, slip), OSA.distance(fold_german(near), fold_german(slip))) == 1


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("tusday at 18:00", "tuesday"),
        ("wendesday at 18:00", "wednesday"),
        ("thrusday at 18:00", "thursday"),
        ("staurday at 18:00", "saturday"),
        ("weekdys at 18:00", "weekdays"),
        ("dialy at 18:00", "daily"),
        ("evry friday at 18:00", "every"),
        ("every 3 hoours", "hours"),
        ("every sceond friday at 18:00", "second"),
        ("fortnigthly on friday at 18:00", "fortnightly"),
        ("montgas um 18 Uhr", "montags"),
        ("jedne Freitag um 18 Uhr", "jeden"),
        ("stuendlch", "stündlich"),
    ],
)
def test_the_guess_is_the_word_that_was_meant(written: str, near: str) -> None:
    with pytest.raises(ScheduleError, match=f"Did you mean “{near}”"):
        parse_schedule(written)


@pytest.mark.parametrize(
    "written", ["in 3 days", "it is", "sometimes", "never", "banana", "when I like", "🙂", "xyzzy at 18:00"]
)
def test_what_is_near_to_nothing_gets_no_guess(written: str) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_schedule(written)
    assert "Did you mean" not in str(refusal.value)
    assert "A schedule looks like" in str(refusal.value)


@pytest.mark.parametrize(
    "written",
    [
        "lundi à 18h",
        "tous les jours à 18h",
        "lunes a las 18:00",
        "cada viernes",
        "Miércoles 18:00",
        "sexta-feira às 18h",
        "lunedì alle 18",
        "vrijdag 18:00",
        "fredag kl. 18",
        "piątek 18:00",
        "понедельник в 18:00",
        "каждый день",
        "щодня о 18:00",
        "Δευτέρα 18:00",
        "كل يوم",
        "सोमवार 18:00",
        "ทุกวัน 18:00",
        "月曜日 18:00",
        "毎週金曜日18時",
        "星期一18点",
        "월요일 18:00",
    ],
)
def test_other_languages_are_told_which_ones_are_read(written: str) -> None:
    with pytest.raises(
        ScheduleError, match="Schedules are written in English or German: “tue, fri at 18:00”"
    ):
        parse_schedule(written)


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        (
            "mondays and every other friday at 18:00",
            ["“mon, fri at 18:00”", "“every 2 weeks on mon, fri at 18:00”"],
        ),
        (
            "every other friday and mondays at 18:00",
            ["“mon, fri at 18:00”", "“every 2 weeks on mon, fri at 18:00”"],
        ),
        ("every monday and every third fri at 18:00", ["“every 3 weeks on mon, fri at 18:00”"]),
        ("tue, every 2 fridays at noon", ["“tue, fri at 18:00”"]),
        ("every other tue and every fri at 18:00", ["“every 2 weeks on tue, fri at 18:00”"]),
        ("noon", ["Say how often: “daily at 12:00”", "“tue, fri at 12:00”"]),
        ("midnight", ["“daily at 00:00”"]),
        ("18h30", ["“daily at 18:30”"]),
        ("monday through friday", ["what time", "“weekdays at 18:00”"]),
        ("every weekend", ["“weekends at 18:00”"]),
        ("every monday morning", ["“morning”", "“mon at 10:00”"]),
        ("tue and fri evening", ["“evening”", "“tue, fri at 20:00”"]),
        ("every evening at 6am", ["“daily at 06:00” or “daily at 18:00”"]),
        ("every morning", ["what time", "“daily at 08:00”"]),
        ("tuesday or friday at 18:00", ["“or”", "“tue, fri at 18:00”"]),
        ("1x per week", ["“1x per week”", "“fri at 18:00”"]),
        ("at dawn", ["“dawn”", "18:00"]),
        ("once a month", ["“month”", "“1st of the month at 18:00”"]),
        ("three times a week", ["mon, wed, fri at 18:00"]),
        ("semiweekly", ["tue, fri at 18:00"]),
        ("bimonthly", ["0 18 1 */2 *"]),
        ("bi-weekly", ["every 2 weeks on fri at 18:00", "tue, fri at 18:00"]),
        ("fridays at half past six", ["“half past six”", "06:30", "18:30"]),
        ("fridays at quarter to 7", ["06:45", "18:45"]),
        ("daily at six", ["“six”", "06:00", "18:00"]),
        ("daily at 18:00 UTC+5:30", ["“UTC+5:30” is a fixed offset", "Asia/Kolkata"]),
        ("daily at 18:00 UTC-03:30", ["America/St_Johns in winter"]),
        ("daily at 18:00 gmt+05:45", ["Asia/Kathmandu"]),
        ("daily at 18:00 +02:00", ["Africa/Johannesburg"]),
        ("daily at 18:00 GMT+2", ["Africa/Johannesburg", "Europe/Berlin in summer"]),
        ("daily at 18:00 Kiew", ["Europe/Kyiv"]),
        ("daily at 18:00 Zürich", ["Europe/Zurich"]),
    ],
)
def test_what_cannot_be_read_gets_the_right_example(written: str, hints: list[str]) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_schedule(written)
    for hint in hints:
        assert hint in str(refusal.value)


def test_days_that_are_counted_alike_still_go_together() -> None:
    for written in (
        "every other tue and every other fri at 18:00",
        "every other tuesday and friday at 18:00",
        "every 2 weeks on tue, and on fri at 18:00",
        "fortnightly on tuesdays and fridays at 18:00",
        "every 2 tuesdays and fridays at 18:00",
    ):
        assert parse_schedule(written).text == "every 2 weeks on tue, fri at 18:00"
