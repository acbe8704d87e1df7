"""Schedules in German: the same rules as in English, and examples in German where something is missing."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule.german_examples import german_text
from bot.domain.schedule.german_words import GERMAN, PHRASES
from bot.domain.schedule.monthly_recurrence import MonthDay, MonthDayRule, sort_days
from bot.domain.schedule.recurrence import (
    CombinedRule,
    CronRule,
    DayIntervalRule,
    ElapsedTimeRule,
    Rule,
    WeekdayRule,
)
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.vocabulary import LAST, ScheduleError

UNDERSTOOD = {
    "daily at 18:00": [
        "täglich um 18 Uhr",
        "taeglich um 18 uhr",
        "TÄGLICH UM 18 UHR",
        "18 Uhr täglich",
        "jeden Tag um achtzehn Uhr",
        "einmal am Tag um 18 Uhr",
        "jeden Abend um 18.00 Uhr",
        "abends um 18 Uhr",
        "mo-so 18 Uhr",
    ],
    "daily at 08:00": [
        "täglich um 8 Uhr früh",
        "morgens um 8 Uhr",
        "am Morgen um 8:00",
        "jeden Morgen 8 Uhr",
    ],
    "daily at 12:00": ["täglich mittags", "jeden Mittag", "täglich um 12 Uhr mittags"],
    "daily at 00:00": ["täglich mitternachts", "täglich um Mitternacht", "um Mitternacht jeden Tag"],
    "daily at 08:00 and 18:00": [
        "täglich um 8 und 18 Uhr",
        "täglich um 8 Uhr und um 18 Uhr",
        "8 + 18 Uhr täglich",
    ],
    "daily at 08:00, 12:00 and 18:00": ["täglich um 8, 12 und 18 Uhr"],
    "mon, wed, fri at 18:00": [
        "mo/mi/fr 18:00",
        "Mo./Mi./Fr. 18 Uhr",
        "mo, mi, fr um 18:00",
        "montags, mittwochs und freitags um 18 Uhr",
        "Montag, Mittwoch sowie Freitag um 18 Uhr",
    ],
    "tue, thu, sun at 18:00": ["di, do, so um 18 Uhr", "jeden Dienstag, Donnerstag und Sonntag 18:00"],
    "fri at 18:30": [
        "jeden Freitag um 18 Uhr 30",
        "jeden Freitag um 18.30 Uhr",
        "freitags 18uhr30",
        "am Freitag um 18:30",
        "an jedem Freitag um 18:30 Uhr",
        "wöchentlich freitags 18:30",
        "einmal die Woche freitags um 18:30 Uhr",
        "einmal in der Woche freitags um 18:30 Uhr",
    ],
    "sat at 20:00": ["samstags um 20 Uhr", "sonnabends 20 Uhr", "Samstag 20 Uhr", "8 Uhr abends am Samstag"],
    "sun at 12:00": ["sonntags mittags", "sonntagmittags"],
    "every 2 weeks on sun at 12:00": [
        "jeden zweiten Sonntag um 12 Uhr",
        "jeden 2. Sonntag mittags",
        "sonntags alle zwei Wochen um 12 Uhr",
        "alle 14 Tage sonntags um 12 Uhr",
        "14-täglich am Sonntag um 12 Uhr",
        "vierzehntägig sonntags, 12 Uhr",
        "jede zweite Woche am Sonntag um 12 Uhr",
        "zweiwöchentlich sonntags um 12 Uhr",
    ],
    "every 2 weeks": ["alle zwei Wochen", "alle 2 Wochen", "14-täglich", "vierzehntaegig"],
    "every 3 days at 18:00": [
        "alle 3 Tage um 18 Uhr",
        "alle drei Tage um 18 Uhr",
        "jeden dritten Tag um 18 Uhr",
    ],
    "weekdays at 07:30": [
        "werktags um 7:30",
        "an Werktagen um 7 Uhr 30",
        "Montag bis Freitag um 7.30 Uhr",
        "von Montag bis Freitag um 7:30 Uhr",
        "Mo–Fr 7:30",
        "Mo.-Fr. 7:30 Uhr",
        "unter der Woche um 7:30 Uhr",
    ],
    "weekends at 10:00": [
        "wochenends um 10 Uhr",
        "am Wochenende um 10 Uhr",
        "jedes Wochenende um 10 Uhr",
        "samstags/sonntags 10 Uhr",
    ],
    "1st, 15th of the month at 18:00": [
        "am 1. und 15. des Monats um 18 Uhr",
        "am 1. und am 15. jeden Monats um 18 Uhr",
        "jeden Monat am 1. und 15. um 18 Uhr",
        "monatlich am ersten und fünfzehnten um 18 Uhr",
    ],
    "last fri of the month at 18:00": [
        "jeden letzten Freitag im Monat um 18:00",
        "letzter Freitag im Monat um 18 Uhr",
        "am letzten Freitag eines Monats um 18 Uhr",
        "am letzten Freitag des Monats, 18 Uhr",
    ],
    "1st mon of the month at 09:00": [
        "erster Montag im Monat um 9 Uhr",
        "am 1. Montag im Monat um 9 Uhr",
        "der erste Montag eines jeden Monats um 9 Uhr",
        "jeden ersten Montag um 9 Uhr",
    ],
    "last day of the month at 18:00": ["am letzten Tag des Monats um 18 Uhr", "letzter Tag im Monat, 18 Uhr"],
    "tue at 18:00 and fri at 20:00": [
        "dienstags um 18 Uhr und freitags um 20 Uhr",
        "Di 18 Uhr / Fr 20 Uhr",
        "18 Uhr am Dienstag und 20 Uhr am Freitag",
    ],
    "every hour": ["stündlich", "jede Stunde", "stuendlich"],
    "every 20 seconds": ["alle 20 Sekunden", "alle zwanzig Sekunden", "ALLE 20 SEK"],
    "every 90 minutes": ["alle 90 Minuten", "alle neunzig Minuten", "alle 90 Min."],
    "fri at 18:00": [
        "every Freitag um 18 Uhr",
        "jeden friday at 18:00",
        "6 pm am Freitag",
        "freitags at 6pm",
    ],
    "daily at 18:00 Europe/Berlin": ["täglich um 18 Uhr Europe/Berlin", "18 Uhr täglich (europe/berlin)"],
}
PHRASES_OF_PEOPLE = [(said, text) for text, ways in UNDERSTOOD.items() for said in ways]


@pytest.mark.parametrize(("written", "text"), PHRASES_OF_PEOPLE)
def test_german_is_understood(written: str, text: str) -> None:
    assert parse_schedule(written).text == text


@pytest.mark.parametrize(("written", "text"), PHRASES_OF_PEOPLE[::3])
def test_umlauts_may_be_decomposed_or_written_out(written: str, text: str) -> None:
    assert parse_schedule(unicodedata.normalize("NFD", written)).text == text
    for umlaut, plain in {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE"}.items():
        written = written.replace(umlaut, plain)
    assert parse_schedule(written.swapcase()).text == text


ANSWERED = [
    ("mittags", "Say how often: “täglich um 12 Uhr”, “dienstags und freitags um 12 Uhr”"),
    ("Dienstag", "Say at what time: “dienstags um 18 Uhr”."),
    ("dienstags und freitags", "“dienstags und freitags um 18 Uhr”"),
    ("am letzten Tag des Monats", "“am letzten Tag des Monats um 18 Uhr”"),
    ("jeden zweiten Freitag", "“alle 2 Wochen am Freitag um 18 Uhr”"),
    (
        "zweimal die Woche",
        "I do not know “zweimal die Woche”. Write, for example, “dienstags und freitags um",
    ),
    ("dreimal pro Woche um 18 Uhr", "“montags, mittwochs und freitags um 18 Uhr”"),
    ("2x täglich", "I do not know “2x täglich”. Write, for example, “täglich um 8 Uhr und 18 Uhr”"),
    ("monatlich", "I do not know “monatlich”. Write, for example, “am 1. des Monats um 18 Uhr”"),
    ("einmal im Monat", "“am 1. des Monats um 18 Uhr”"),
    ("vierteljährlich", "“0 18 1 */3 *”"),
    ("jeden Morgen", "“täglich um 8 Uhr”"),
    (
        "Dienstag oder Freitag um 18 Uhr",
        "I do not know “oder”. Write, for example, “dienstags und freitags um",
    ),
    ("1x pro Woche", "“freitags um 18 Uhr”"),
    (
        "halb sieben",
        "“halb sieben” is not a full time of day. Write 06:30 for the morning, 18:30 for the evening.",
    ),
    ("samstags um halb eins", "Write 00:30 for the morning, 12:30 for the evening."),
    ("samstags um Viertel nach 8", "Write 08:15 for the morning, 20:15 for the evening."),
    ("sonntags dreiviertel sieben", "06:45"),
    ("freitags um 8", "“8” is not a full time of day. Write 08:00 for the morning, 20:00 for the evening."),
    ("abends um 2", "“2” is not a full time of day. Write 02:00 for the morning, 14:00 for the evening."),
    ("freitags abends", "I do not know “abends”. Write, for example, “freitags um 20 Uhr”."),
    ("um sechs", "“sechs” is not a full time of day. Write 06:00"),
    ("täglich um 25 Uhr", "“25 Uhr” is not a time of day"),
    (
        "alle 0 Tage um 18 Uhr",
        "“alle 0 Tage” would never come. Write 1 or more: “jeden Tag” or “alle 2 Tage”.",
    ),
    ("alle 600 Wochen", "“600 Wochen” is more than ten years"),
    ("alle 3", "“alle 3 Tage um 18 Uhr” or “alle 3 Stunden”"),
    ("alle 2 Stunden um 18 Uhr", "“alle 2 Stunden” has no time of day"),
    (
        "6. Freitag im Monat um 18 Uhr",
        "“6. Freitag” never comes in a month. Write, for example, “am letzten Freitag",
    ),
    ("2. Freitag um 18 Uhr", "“alle 2 Wochen am Freitag um 18 Uhr” or “am 2. Freitag des Monats um 18 Uhr”"),
    ("freitags und am 1. um 18 Uhr", "“freitags um 18 Uhr” or “am 1. des Monats um 18 Uhr”"),
    (
        "montags und jeden zweiten Freitag um 18 Uhr",
        "“montags und freitags um 18 Uhr” or “alle 2 Wochen am Montag",
    ),
    (
        "täglich außer sonntags um 18 Uhr",
        "“montags, dienstags, mittwochs, donnerstags, freitags und samstags um",
    ),
    (
        "taglich um 18 Uhr",
        "Did you mean “täglich”? A schedule looks like “dienstags und freitags um 18 Uhr”.",
    ),
    ("Frietag um 18 Uhr", "“Frietag”. Did you mean “Freitag”?"),
    ("dienstags und freitgas um 18 Uhr", "“freitgas”. Did you mean “freitags”?"),
    ("täglich um 18 Uhr vielleicht", "“vielleicht”"),
    ("täglich um 18 Uhr Wien", "Europe/Vienna"),
    ("täglich um 18 Uhr MESZ", "Europe/Berlin"),
]


@pytest.mark.parametrize(("written", "hint"), ANSWERED)
def test_what_is_missing_is_answered_with_german_examples(written: str, hint: str) -> None:
    with pytest.raises(ScheduleError) as refusal:
        parse_schedule(written)
    said = str(refusal.value)
    assert hint in said
    assert not re.search(r"“[^”]*\b(?:daily|every|tue|fri|of the month|at \d)\b[^”]*”", said)
    for example in re.findall(r"“([^”]* um \d+(?::\d\d)? Uhr[^”]*|\d+ 18 [^”]*)”", said):
        if example.casefold() != written.casefold():
            parse_schedule(example)


@pytest.mark.parametrize(
    "written", ["tuesday", "noon", "every 3", "every other fri and Samstag", "on the 1st"]
)
def test_english_is_answered_with_english_examples(written: str) -> None:
    with pytest.raises(ScheduleError, match=r"at \d\d:00") as refusal:
        parse_schedule(written)
    assert " Uhr" not in str(refusal.value)


DAYS = st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda days: tuple(sorted(days)))
TIMES = st.lists(
    st.times().map(lambda at: time(at.hour, at.minute)), min_size=1, max_size=3, unique=True
).map(lambda times: tuple(sorted(times)))
MONTH_DAYS = st.lists(
    st.builds(MonthDay, st.sampled_from((1, 2, 15, 31, LAST)), st.none())
    | st.builds(MonthDay, st.sampled_from((1, 2, 5, LAST)), st.integers(0, 6)),
    min_size=1,
    max_size=3,
    unique=True,
).map(sort_days)
WEEKDAY_RULES = st.builds(WeekdayRule, DAYS, TIMES)
RULES = st.one_of(
    WEEKDAY_RULES,
    st.lists(
        st.builds(WeekdayRule, DAYS.filter(lambda days: len(days) < 4), TIMES), min_size=2, max_size=2
    ).map(lambda rules: CombinedRule(tuple(rules))),
    st.builds(ElapsedTimeRule, st.integers(1, 99), st.sampled_from(("second", "minute", "hour"))),
    st.builds(DayIntervalRule, st.integers(2, 99), TIMES | st.just(())),
    st.builds(
        DayIntervalRule, st.integers(2, 50), TIMES, st.just(True), DAYS.filter(lambda days: len(days) < 7)
    ),
    st.builds(MonthDayRule, MONTH_DAYS, TIMES),
    st.just(CronRule("0 18 * * TUE,5")),
)


@given(RULES)
@settings(max_examples=400, deadline=None)
def test_every_german_text_is_read_as_the_rule_it_was_written_for(rule: Rule) -> None:
    assert parse_schedule(german_text(rule)).text == parse_schedule(rule.text).text


WORD = st.sampled_from(
    [
        *GERMAN,
        *(" ".join(phrase) for phrase in PHRASES),
        "1.",
        "15.",
        "18",
        "18:00",
        "uhr",
        "2x",
        "um 18 Uhr",
        ",",
    ]
)


@given(st.lists(WORD, min_size=1, max_size=7).map(" ".join))
@settings(max_examples=800, deadline=None)
def test_any_german_words_are_read_or_refused(written: str) -> None:
    try:
        schedule = parse_schedule(written)
    except ScheduleError as refusal:
        guess = re.search(r"“([^”]*)”\. Did you mean “([^”]*)”\?", str(refusal))
        assert guess is None or guess[1].casefold() != guess[2].casefold()
        return
    assert parse_schedule(schedule.text) == schedule
