"""The release calendar's rules, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedule.calendar_state import CalendarEntry, CalendarState, PlannedRelease
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_calendar import (
    check_calendar,
    end_hold,
    find_backlog,
    first_empty_slot,
    initial_state,
    next_slot,
    next_wake,
    plan_releases,
    publish_now,
)
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chapter(name: str, publish_at: str | None = None, *, draft: bool = False) -> CalendarEntry:
    return CalendarEntry(name, name.title(), utc(publish_at) if publish_at else None, draft)


def chapters(names: str) -> list[CalendarEntry]:
    return [chapter(name) for name in names.split()]


def rules(text: str | None = "daily at 18:00", **more: object) -> ReleaseRules:
    return replace(ReleaseRules(parse_schedule(text) if text else None, ZoneInfo("UTC")), **more)


def seen_at(moment: str, **more: object) -> CalendarState:
    return replace(CalendarState(first_seen=utc(moment), settled_until=utc(moment)), **more)


def shown(releases: Sequence[PlannedRelease]) -> list[tuple[str, str]]:
    return [(release.chapter, f"{release.at:%m-%dT%H:%M}") for release in releases]


def planned(
    entries: list[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, now: str
) -> list[tuple[str, str]]:
    return shown(list(plan_releases(entries, release_rules, state, now=utc(now))))


NEW_YEAR = "2026-01-01T00:00"


def test_each_slot_takes_the_next_chapter_in_file_order() -> None:
    calendar = planned(chapters("one two three"), rules("tue, fri at 18:00"), seen_at(NEW_YEAR), NEW_YEAR)
    assert calendar == [("one", "01-02T18:00"), ("two", "01-06T18:00"), ("three", "01-09T18:00")]


def test_the_storys_zone_places_the_slots() -> None:
    release_rules = replace(rules("daily at 18:00"), zone=LONDON)
    assert planned(chapters("one two"), release_rules, seen_at("2026-03-28T12:00"), "2026-03-28T12:00") == [
        ("one", "03-28T18:00"),
        ("two", "03-29T17:00"),
    ]


def test_no_slot_comes_before_start_but_a_publish_at_may() -> None:
    entries = [chapter("one"), chapter("prologue", "2026-01-03T09:00"), chapter("two")]
    release_rules = rules(start=utc("2026-01-05T00:00"))
    assert planned(entries, release_rules, seen_at(NEW_YEAR), NEW_YEAR) == [
        ("prologue", "01-03T09:00"),
        ("one", "01-05T18:00"),
        ("two", "01-06T18:00"),
    ]


def test_every_counts_from_start_and_begins_with_it() -> None:
    release_rules = rules("every 12 hours", start=utc("2026-01-05T00:00"))
    state = initial_state(chapters("one two"), release_rules, now=utc(NEW_YEAR))
    assert planned(chapters("one two"), release_rules, state, NEW_YEAR) == [
        ("one", "01-05T00:00"),
        ("two", "01-05T12:00"),
    ]


def test_every_without_start_counts_from_the_first_look() -> None:
    state = initial_state(chapters("one two"), rules("every 20 minutes"), now=utc(NEW_YEAR))
    assert planned(chapters("one two"), rules("every 20 minutes"), state, NEW_YEAR) == [
        ("one", "01-01T00:00"),
        ("two", "01-01T00:20"),
    ]


def test_a_start_in_the_past_brings_no_slots_from_before_the_first_look() -> None:
    release_rules = rules("every 3 days at 18:00", start=utc("2025-12-01T00:00"))
    state = initial_state(chapters("one two"), release_rules, now=utc(NEW_YEAR))
    assert check_calendar(chapters("one two"), release_rules, state, now=utc(NEW_YEAR)).releases == ()
    assert planned(chapters("one two"), release_rules, state, NEW_YEAR) == [
        ("one", "01-03T18:00"),
        ("two", "01-06T18:00"),
    ]


def test_publish_at_between_slots_uses_none() -> None:
    entries = [chapter("one"), chapter("extra", "2026-01-02T09:00"), chapter("two")]
    assert planned(entries, rules(), seen_at(NEW_YEAR), NEW_YEAR) == [
        ("one", "01-01T18:00"),
        ("extra", "01-02T09:00"),
        ("two", "01-02T18:00"),
    ]


@pytest.mark.parametrize("names", ["slot own", "own slot"])
def test_a_slot_and_a_publish_at_of_one_instant_keep_file_order(names: str) -> None:
    entries = [chapter(name, "2026-01-01T18:00" if name == "own" else None) for name in names.split()]
    calendar = planned(entries, rules(), seen_at(NEW_YEAR), NEW_YEAR)
    assert [name for name, _ in calendar] == names.split()
    assert {at for _, at in calendar} == {"01-01T18:00"}


def test_without_a_schedule_only_publish_at_releases() -> None:
    entries = [chapter("one"), chapter("two", "2026-01-02T09:00")]
    assert planned(entries, rules(None), seen_at(NEW_YEAR), NEW_YEAR) == [("two", "01-02T09:00")]
    assert next_slot(rules(None), seen_at(NEW_YEAR), now=utc(NEW_YEAR)) is None


def test_drafts_wait_and_hold_nobody_up() -> None:
    entries = [
        chapter("one"),
        chapter("two", draft=True),
        chapter("three", "2026-01-01T06:00", draft=True),
        chapter("x"),
    ]
    assert [name for name, _ in planned(entries, rules(), seen_at(NEW_YEAR), NEW_YEAR)] == ["one", "x"]


def test_an_inserted_chapter_is_the_next_and_a_released_one_never_returns() -> None:
    state = seen_at(NEW_YEAR, released=frozenset({"one", "two"}))
    entries = chapters("inserted two one three")  # renumbered too: identity decides, not the place
    assert planned(entries, rules(), state, NEW_YEAR) == [
        ("inserted", "01-01T18:00"),
        ("three", "01-02T18:00"),
    ]


def test_backlog_is_what_leads_and_what_is_over_a_day_old() -> None:
    entries = [
        chapter("draft", draft=True),
        chapter("one"),
        chapter("later", "2026-02-01T00:00"),
        chapter("two"),
        chapter("old", "2025-12-30T23:59"),
        chapter("yesterday", "2025-12-31T00:00"),
    ]
    assert find_backlog(entries, rules(backlog=2), now=utc(NEW_YEAR)) == ("one", "old")
    assert find_backlog(entries, rules(backlog=99), now=utc(NEW_YEAR)) == ("one", "two", "old", "yesterday")
    assert find_backlog(entries, rules(), now=utc(NEW_YEAR)) == ("old",)


def test_a_publish_at_of_less_than_a_day_ago_is_due_at_the_first_look() -> None:
    entries = [chapter("one", "2025-12-31T12:00"), chapter("old", "2025-12-25T12:00"), chapter("two")]
    state = initial_state(entries, rules(), now=utc(NEW_YEAR))
    assert state.released == {"old"}
    found = check_calendar(entries, rules(), state, now=utc(NEW_YEAR))
    assert found.releases == (PlannedRelease("one", utc(NEW_YEAR), late=False, slot=False),)
    assert found.backlog == ()


def test_a_chapter_that_turns_up_with_an_old_publish_at_is_backlog_too() -> None:
    state = initial_state(chapters("one"), rules(), now=utc(NEW_YEAR))
    entries = [chapter("old", "2026-01-03T12:00"), chapter("fresh", "2026-01-05T11:00")]
    found = check_calendar(entries, rules(), state, now=utc("2026-01-05T12:00"))
    assert found.backlog == ("old",)
    assert [release.chapter for release in found.releases] == ["fresh"]
    assert found.seen == {"one", "old", "fresh"}


def test_a_publish_at_that_passed_while_the_bot_was_down_is_released() -> None:
    entries = [chapter("known", "2026-01-02T12:00")]
    state = initial_state(entries, rules(), now=utc(NEW_YEAR))
    found = check_calendar(entries, rules(), state, now=utc("2026-01-09T00:00"))
    assert found.releases == (PlannedRelease("known", utc("2026-01-02T12:00"), late=True, slot=False),)


def test_a_slot_without_a_chapter_is_lost_and_a_late_file_waits() -> None:
    state = seen_at(NEW_YEAR)
    passed = check_calendar([], rules(), state, now=utc("2026-01-01T19:00"))
    assert passed.releases == ()
    state = replace(state, settled_until=passed.settled_until)
    assert planned(chapters("late"), rules(), state, "2026-01-01T20:00") == [("late", "01-02T18:00")]


def test_a_slot_is_due_at_its_instant_and_once() -> None:
    state, entries = seen_at(NEW_YEAR), chapters("one two")
    before, at = utc("2026-01-01T17:59:59"), utc("2026-01-01T18:00")
    assert check_calendar(entries, rules(), state, now=before).releases == ()
    found = check_calendar(entries, rules(), state, now=at)
    assert found.releases == (PlannedRelease("one", at, late=False, slot=True),)
    after = replace(state, settled_until=found.settled_until, released=frozenset({"one"}))
    assert check_calendar(entries, rules(), after, now=at).releases == ()


@pytest.mark.parametrize(
    ("rule", "released", "following"),
    [
        (CatchUp.ALL, ["one", "two", "three"], [("four", "01-04T18:00"), ("five", "01-05T18:00")]),
        (CatchUp.LATEST, ["one", "two", "three"], [("four", "01-04T18:00"), ("five", "01-05T18:00")]),
        (CatchUp.ONE, ["one"], [("two", "01-04T18:00"), ("three", "01-05T18:00"), ("four", "01-06T18:00")]),
    ],
)
def test_missed_slots(rule: CatchUp, released: list[str], following: list[tuple[str, str]]) -> None:
    entries, release_rules, now = (
        chapters("one two three four five"),
        rules(catch_up=rule),
        utc("2026-01-04T12:00"),
    )
    found = check_calendar(entries, release_rules, seen_at(NEW_YEAR), now=now)
    assert [release.chapter for release in found.releases] == released
    assert all(release.late for release in found.releases)
    calendar = shown(
        list(islice(plan_releases(entries, release_rules, seen_at(NEW_YEAR), now=now), len(released), None))
    )
    assert calendar[: len(following)] == following
    after = seen_at(NEW_YEAR, settled_until=found.settled_until, released=frozenset(released))
    assert planned(entries, release_rules, after, "2026-01-04T12:00")[: len(following)] == following


def test_one_does_not_hold_back_chapters_with_a_time_of_their_own() -> None:
    entries = [chapter("one"), chapter("own", "2026-01-02T09:00"), chapter("two")]
    found = check_calendar(
        entries, rules(catch_up=CatchUp.ONE), seen_at(NEW_YEAR), now=utc("2026-01-04T12:00")
    )
    assert shown(found.releases) == [("one", "01-01T18:00"), ("own", "01-02T09:00")]


def test_years_of_missed_seconds_are_not_walked_through() -> None:
    release_rules, state = rules("every 1 second"), seen_at("1990-01-01T00:00")
    found = check_calendar(chapters("one two"), release_rules, state, now=utc("2026-01-01T00:00"))
    assert len(found.releases) == 2
    one = check_calendar(
        chapters("one two"), rules("every 1 second", catch_up=CatchUp.ONE), state, now=utc(NEW_YEAR)
    )
    assert [release.chapter for release in one.releases] == ["one"]


def test_a_delay_empties_slots_and_makes_a_publish_at_wait_for_its_end() -> None:
    entries = [chapter("one"), chapter("own", "2026-01-02T09:00"), chapter("two")]
    state = seen_at(NEW_YEAR, delayed_until=utc("2026-01-03T18:00"))
    assert planned(entries, rules(), state, NEW_YEAR) == [
        ("one", "01-03T18:00"),
        ("own", "01-03T18:00"),
        ("two", "01-04T18:00"),
    ]
    during = check_calendar(entries, rules(), state, now=utc("2026-01-03T17:00"))
    assert during.releases == ()


def test_a_hiatus_holds_everything_and_its_slots_are_never_caught_up() -> None:
    entries = [chapter("one"), chapter("own", "2026-01-02T09:00"), chapter("two")]
    state = seen_at(NEW_YEAR, hiatus_since=utc("2026-01-01T12:00"))
    assert planned(entries, rules(), state, NEW_YEAR) == []
    assert check_calendar(entries, rules(), state, now=utc("2026-01-20T12:00")).releases == ()
    assert next_slot(rules(), state, now=utc(NEW_YEAR)) is None
    assert first_empty_slot(entries, rules(), state, now=utc(NEW_YEAR)) is None
    assert next_wake(entries, rules(), state, now=utc(NEW_YEAR)) is None
    back = end_hold(state, now=utc("2026-01-20T12:00"))
    assert planned(entries, rules(), back, "2026-01-20T12:00") == [
        ("own", "01-20T12:00"),
        ("one", "01-20T18:00"),
        ("two", "01-21T18:00"),
    ]


def test_a_hiatus_holds_from_its_very_instant_on() -> None:
    slot = "2026-01-02T18:00"
    entries = [chapter("one"), chapter("two"), chapter("own", slot)]
    assert planned(entries, rules(), seen_at(NEW_YEAR, hiatus_since=utc(slot)), NEW_YEAR) == [
        ("one", "01-01T18:00")
    ]


def test_what_was_missed_before_a_hiatus_is_still_owed() -> None:
    state = seen_at(NEW_YEAR, hiatus_since=utc("2026-01-02T12:00"))
    found = check_calendar(chapters("one two"), rules(), state, now=utc("2026-01-09T00:00"))
    assert shown(found.releases) == [("one", "01-01T18:00")]


def test_publishing_early_empties_one_slot_and_moves_nothing_else() -> None:
    entries, now = chapters("one two three"), utc("2026-01-01T12:00")
    before = planned(entries, rules(), seen_at(NEW_YEAR), "2026-01-01T12:00")
    answer = publish_now(entries, rules(), seen_at(NEW_YEAR), now=now)
    assert answer == (PlannedRelease("one", now, late=False, slot=False), utc("2026-01-01T18:00"))
    after = seen_at(NEW_YEAR, released=frozenset({"one"}), skipped_slots=frozenset({answer[1]}))
    assert planned(entries, rules(), after, "2026-01-01T12:00") == before[1:]
    assert next_slot(rules(), after, now=now) == utc("2026-01-02T18:00")


def test_publishing_a_chapter_with_its_own_time_empties_no_slot() -> None:
    entries, now = [chapter("one"), chapter("own", "2026-01-01T15:00")], utc("2026-01-01T12:00")
    assert publish_now(entries, rules(), seen_at(NEW_YEAR), now=now) == (
        PlannedRelease("own", now, late=False, slot=False),
        None,
    )


def test_publishing_during_a_delay_empties_the_first_slot_after_it() -> None:
    state = seen_at(NEW_YEAR, delayed_until=utc("2026-01-09T00:00"))
    answer = publish_now(chapters("one two"), rules(), state, now=utc(NEW_YEAR))
    assert answer is not None
    assert answer[1] == utc("2026-01-09T18:00")


def test_publishing_where_the_calendar_stands_still() -> None:
    entries, now = chapters("one two"), utc("2026-01-01T12:00")
    on_hiatus = seen_at(NEW_YEAR, hiatus_since=utc(NEW_YEAR))
    expected = (PlannedRelease("one", now, late=False, slot=False), None)
    assert publish_now(entries, rules(), on_hiatus, now=now) == expected
    assert publish_now(entries, rules(None), seen_at(NEW_YEAR), now=now) == expected
    assert publish_now([chapter("draft", draft=True)], rules(), seen_at(NEW_YEAR), now=now) is None


def test_the_buffer_runs_dry_at_the_first_slot_that_finds_nothing() -> None:
    now = utc("2026-01-01T12:00")
    assert first_empty_slot(chapters("one two"), rules(), seen_at(NEW_YEAR), now=now) == utc(
        "2026-01-03T18:00"
    )
    assert first_empty_slot([], rules(), seen_at(NEW_YEAR), now=now) == utc("2026-01-01T18:00")
    only_timed = [chapter("own", "2026-01-05T12:00")]
    assert first_empty_slot(only_timed, rules(), seen_at(NEW_YEAR), now=now) == utc("2026-01-01T18:00")
    assert first_empty_slot(only_timed, rules(None), seen_at(NEW_YEAR), now=now) is None


def test_the_bot_wakes_for_slots_and_for_chapters_with_their_own_time() -> None:
    now = utc("2026-01-01T12:00")
    assert next_wake([], rules(), seen_at(NEW_YEAR), now=now) == utc("2026-01-01T18:00")
    entries = [chapter("own", "2026-01-01T15:00"), chapter("one")]
    assert next_wake(entries, rules(), seen_at(NEW_YEAR), now=now) == utc("2026-01-01T15:00")
    assert next_wake([], rules(None), seen_at(NEW_YEAR), now=now) is None


def test_a_clock_that_was_set_back_repeats_nothing() -> None:
    state = seen_at(NEW_YEAR, settled_until=utc("2026-01-05T18:00"))
    found = check_calendar(chapters("one"), rules(), state, now=utc("2026-01-03T12:00"))
    assert found.releases == ()
    assert found.settled_until == utc("2026-01-05T18:00")
    assert planned(chapters("one"), rules(), state, "2026-01-03T12:00") == [("one", "01-06T18:00")]


def test_a_release_is_late_when_nobody_was_there() -> None:
    entries = chapters("one")
    minute = utc("2026-01-01T18:00") + timedelta(minutes=1)
    assert not check_calendar(entries, rules(), seen_at(NEW_YEAR), now=minute).releases[0].late
    assert (
        check_calendar(entries, rules(), seen_at(NEW_YEAR), now=minute + timedelta(seconds=1))
        .releases[0]
        .late
    )
