"""The release calendar under arbitrary stories, outages and commands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule.calendar_state import CalendarEntry, CalendarState, PlannedRelease
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_calendar import (
    check_calendar,
    end_hold,
    first_empty_slot,
    initial_state,
    next_slot,
    next_wake,
    plan_releases,
    publish_now,
)
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule

BEGIN = datetime(2026, 3, 24, 12, tzinfo=UTC)  # five days before London's clocks change
HOURS = st.integers(0, 24 * 20)


def hour(count: int) -> datetime:
    return BEGIN + timedelta(hours=count)


@dataclass(frozen=True)
class World:
    """A story as the bot finds it at `BEGIN`."""

    entries: list[CalendarEntry]
    release_rules: ReleaseRules

    def state(self, delayed_until: datetime | None = None) -> CalendarState:
        return replace(
            initial_state(self.entries, self.release_rules, now=BEGIN), delayed_until=delayed_until
        )


@st.composite
def worlds(draw: st.DrawFn, catch_up: CatchUp = CatchUp.ALL) -> World:
    times = draw(st.lists(st.none() | st.integers(-60, 24 * 20), max_size=10))
    entries = [
        CalendarEntry(
            f"c{place}", f"C {place}", None if at is None else hour(at), draft=draw(st.integers(0, 6)) == 0
        )
        for place, at in enumerate(times)
    ]
    texts = [
        "daily at 01:30",
        "tue, fri at 18:00",
        "every 7 hours",
        "every 2 days at 01:30",
        "*/30 1,13 * * *",
        None,
    ]
    text = draw(st.sampled_from(texts))
    start = draw(st.none() | st.integers(-100, 150).map(hour))
    release_rules = ReleaseRules(
        schedule=parse_schedule(text) if text else None,
        zone=ZoneInfo("Europe/London"),
        start=start,
        catch_up=catch_up,
        backlog=draw(st.integers(0, 2)),
    )
    return World(entries, release_rules)


def live(
    world: World, state: CalendarState, looks: Iterable[datetime]
) -> tuple[list[list[PlannedRelease]], CalendarState]:
    """What each look releases, remembering as the bot does."""
    releases = []
    for now in looks:
        found = check_calendar(world.entries, world.release_rules, state, now=now)
        releases.append(list(found.releases))
        out = state.released.union(found.backlog, (release.chapter for release in found.releases))
        state = replace(state, released=out, settled_until=found.settled_until, seen=found.seen)
    return releases, state


def timeline(releases: Iterable[list[PlannedRelease]]) -> list[tuple[str, datetime]]:
    return [(release.chapter, release.at) for look in releases for release in look]


END = hour(24 * 30)
EVERY_HOUR = [hour(count) for count in range(24 * 30 + 1)]
delays = st.none() | HOURS.map(hour)


@given(worlds(), delays, st.lists(HOURS.map(hour), max_size=8).map(sorted))
@settings(max_examples=150, deadline=None)
def test_outages_change_neither_what_comes_out_nor_its_order(
    world: World, delay: datetime | None, looks: list[datetime]
) -> None:
    steadily, _ = live(world, world.state(delay), EVERY_HOUR)
    with_outages, _ = live(world, world.state(delay), [*looks, END])
    assert timeline(with_outages) == timeline(steadily)
    names = [name for name, _ in timeline(with_outages)]
    assert len(names) == len(set(names))
    drafts = {entry.chapter for entry in world.entries if entry.draft}
    assert not drafts & set(names)


@given(worlds(), delays, HOURS.map(hour))
@settings(max_examples=150, deadline=None)
def test_the_plan_is_what_happens(world: World, delay: datetime | None, now: datetime) -> None:
    earlier, state = live(world, world.state(delay), [now])
    promised = [
        (release.chapter, release.at)
        for release in plan_releases(world.entries, world.release_rules, state, now=now)
    ]
    happened, _ = live(world, state, [moment for moment in EVERY_HOUR if moment > now])
    assert [item for item in promised if item[1] <= END] == timeline(happened)
    from_the_first = plan_releases(world.entries, world.release_rules, world.state(delay), now=BEGIN)
    assert [(release.chapter, release.at) for release in from_the_first] == timeline(earlier) + promised
    assert all(before[1] <= after[1] for before, after in pairwise(promised))


@given(worlds(CatchUp.ONE), st.lists(HOURS.map(hour), max_size=8).map(sorted))
@settings(max_examples=100, deadline=None)
def test_one_releases_one_a_look_and_loses_none(world: World, looks: list[datetime]) -> None:
    begin = world.state()
    releases, state = live(world, begin, [*looks, END])
    assert all(sum(release.slot for release in look) <= 1 for look in releases)
    rest = [release.chapter for release in plan_releases(world.entries, world.release_rules, state, now=END)]
    everything = [name for name, _ in timeline(releases)] + rest
    assert len(everything) == len(set(everything))
    waiting = [entry for entry in world.entries if not entry.draft and entry.chapter not in begin.released]
    of_slots = [
        entry.chapter for entry in waiting if entry.publish_at is None and world.release_rules.schedule
    ]
    assert [name for name in everything if name in of_slots] == of_slots
    assert len(everything) == len(of_slots) + sum(entry.publish_at is not None for entry in waiting)


@given(worlds(), delays, st.lists(HOURS.map(hour), min_size=1, max_size=4).map(sorted))
@settings(max_examples=150, deadline=None)
def test_publishing_early_moves_nothing_else(
    world: World, delay: datetime | None, moments: list[datetime]
) -> None:
    state = world.state(delay)
    for now in moments:
        _, state = live(world, state, [now])
        before = list(plan_releases(world.entries, world.release_rules, state, now=now))
        answer = publish_now(world.entries, world.release_rules, state, now=now)
        if answer is None:
            assert before == []
            continue
        release, emptied = answer
        assert release.at == now
        state = replace(
            state,
            released=state.released | {release.chapter},
            skipped_slots=state.skipped_slots.union([emptied] if emptied else []),
        )
        after = list(plan_releases(world.entries, world.release_rules, state, now=now))
        assert after == [other for other in before if other.chapter != release.chapter]


@given(worlds(), HOURS.map(hour), st.integers(1, 200))
@settings(max_examples=150, deadline=None)
def test_nothing_comes_out_on_hiatus_and_nothing_is_caught_up_after_it(
    world: World, since: datetime, length: int
) -> None:
    _, state = live(world, world.state(), [since])
    held = replace(state, hiatus_since=since)
    until = since + timedelta(hours=length)
    releases, held = live(world, held, [since + timedelta(hours=1), until])
    assert timeline(releases) == []
    back = end_hold(held, now=until)
    found = check_calendar(world.entries, world.release_rules, back, now=until)
    assert not any(release.slot for release in found.releases)
    assert all(release.at == until for release in found.releases)


@given(worlds(), delays)
@settings(max_examples=150, deadline=None)
def test_waking_when_told_is_enough(world: World, delay: datetime | None) -> None:
    state, now, releases = world.state(delay), BEGIN, []
    while True:
        found, state = live(world, state, [now])
        releases += found
        wake = next_wake(world.entries, world.release_rules, state, now=now)
        if wake is None or wake > END:
            break
        assert wake > now
        now = wake
    steadily, _ = live(world, world.state(delay), EVERY_HOUR)
    assert timeline(releases) == timeline(steadily)
    assert not any(release.late for look in releases for release in look)


@given(worlds(), delays, HOURS.map(hour))
@settings(max_examples=100, deadline=None)
def test_the_dry_slot_comes_after_the_last_used_one(
    world: World, delay: datetime | None, now: datetime
) -> None:
    _, state = live(world, world.state(delay), [now])
    dry = first_empty_slot(world.entries, world.release_rules, state, now=now)
    used = [
        release.at
        for release in plan_releases(world.entries, world.release_rules, state, now=now)
        if release.slot
    ]
    assert (dry is None) == (world.release_rules.schedule is None)
    if dry is not None:
        assert dry > max([now, *used])
        assert dry == next_slot(world.release_rules, state, now=max([now, *used]))
        late = CalendarEntry("one more", "One more")
        longer = plan_releases([*world.entries, late], world.release_rules, state, now=now)
        assert [release.at for release in longer if release.chapter == late.chapter] == [dry]
