"""The release calendar: which chapter comes out when, and which must come out now.

One simulation answers every question: it starts where the database's memory of a story ends and runs on for
ever. What of it lies at or before `now` is due; the rest is the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.domain.schedule.calendar_simulation import (
    INSTANT,
    Simulation,
    find_late_backlog,
    finished_chapters,
    is_stale,
    is_to_come,
)
from bot.domain.schedule.calendar_state import CalendarEntry, CalendarState, CalendarUpdate, PlannedRelease
from bot.domain.schedule.release_rules import ReleaseRules


def find_backlog(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, *, now: datetime
) -> tuple[str, ...]:
    """The chapters that count as already out when their story is first seen at `now`, in file order.

    These are the `backlog` leading ones, drafts not counted, and those whose `publish_at` lies over a day
    back. A leading chapter that names a time to come keeps it.
    """
    chapters = [entry for entry in entries if not entry.draft]
    leading = {
        entry.chapter
        for entry in chapters[: release_rules.backlog]
        if not entry.broken and not is_to_come(entry, now)
    }
    return tuple(entry.chapter for entry in chapters if entry.chapter in leading or is_stale(entry, now))


def initial_state(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, *, now: datetime
) -> CalendarState:
    """What to remember of a story that is first seen at `now`. A slot at that very moment still counts."""
    return CalendarState(
        first_seen=now,
        settled_until=now - INSTANT,
        released=frozenset(find_backlog(entries, release_rules, now=now)),
        seen=finished_chapters(entries),
    )


def check_calendar(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> CalendarUpdate:
    """What must come out at `now`, and what to remember of having looked."""
    coming = Simulation(entries, release_rules, state, now).run()
    return CalendarUpdate(
        releases=tuple(takewhile(lambda release: release.at <= now, coming)),
        backlog=find_late_backlog(entries, state, now),
        settled_until=max(now, state.settled_until),
        seen=(state.seen or frozenset()) | finished_chapters(entries),
    )


def plan_releases(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> Iterator[PlannedRelease]:
    """The calendar from what is due at `now` on, in order, until the buffer runs dry."""
    return Simulation(entries, release_rules, state, now).run()


def next_slot(release_rules: ReleaseRules, state: CalendarState, *, now: datetime) -> datetime | None:
    """The first slot after `now` that may take a chapter; None without a schedule or on hiatus."""
    later = replace(state, settled_until=max(now, state.settled_until))
    return next(Simulation((), release_rules, later, now).slots(), None)


def first_empty_slot(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> datetime | None:
    """The first slot after `now` that will find no chapter; None without a schedule or on hiatus."""
    used = [release.at for release in plan_releases(entries, release_rules, state, now=now) if release.slot]
    return next_slot(release_rules, state, now=max([now, *used[-1:]]))


def next_wake(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> datetime | None:
    """When the story has to be looked at again: at its next slot, chapter or not, or its next release."""
    first = next(plan_releases(entries, release_rules, state, now=now), None)
    moments = [next_slot(release_rules, state, now=now), first.at if first else None]
    return min((moment for moment in moments if moment is not None), default=None)


def publish_now(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> tuple[PlannedRelease, datetime | None] | None:
    """The next chapter, to come out at `now`, and the slot that it leaves empty; None when nothing is left.

    The next one is what the calendar has next. Where the calendar stands still, it is what would come next
    without the hiatus, else the first in file order; then no slot is emptied.
    """
    release = next(plan_releases(entries, release_rules, state, now=now), None)
    if release is not None:
        return PlannedRelease(
            release.chapter, now, late=False, slot=False
        ), release.at if release.slot else None
    awake = replace(state, hiatus_since=None)
    waiting = (entry.chapter for entry in Simulation(entries, release_rules, awake, now).in_order)
    after_hiatus = (release.chapter for release in plan_releases(entries, release_rules, awake, now=now))
    chapter = next(after_hiatus, None) or next(waiting, None)
    return None if chapter is None else (PlannedRelease(chapter, now, late=False, slot=False), None)


def end_hold(state: CalendarState, *, now: datetime) -> CalendarState:
    """The standing after `/author continue`: no hold, and no slot of the hold left to be caught up."""
    settled = max(now, state.settled_until)
    return replace(state, settled_until=settled, hiatus_since=None, delayed_until=None)
