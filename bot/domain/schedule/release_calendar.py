"""The release calendar: the chapters that are due now, and the plan for the others.

One simulation answers every question: it starts from a story's recorded progress and runs on for ever. Its
releases at or before `now` are due; the rest is the plan.
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
    """Return the chapters, in file order, that count as already out when their story is first seen at `now`.

    These are the `backlog` leading ones, drafts not counted, and those whose `publish_at` is more than a day ago.
    A leading chapter with a `publish_at` in the future keeps it.
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
    """Return the state of a story that is first seen at `now`. A slot at that very moment still counts."""
    return CalendarState(
        first_seen=now,
        settled_until=now - INSTANT,
        released=frozenset(find_backlog(entries, release_rules, now=now)),
        seen=finished_chapters(entries),
    )


def check_calendar(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> CalendarUpdate:
    """Return the releases due at `now`, with the progress to record."""
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
    """Yield the releases from `now` on, due ones included, in order, until the buffer is empty."""
    return Simulation(entries, release_rules, state, now).run()


def next_slot(release_rules: ReleaseRules, state: CalendarState, *, now: datetime) -> datetime | None:
    """Return the first slot after `now` that may take a chapter; None without a schedule or on hiatus."""
    later = replace(state, settled_until=max(now, state.settled_until))
    return next(Simulation((), release_rules, later, now).slots(), None)


def first_empty_slot(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> datetime | None:
    """Return the first slot after `now` without a chapter for it; None without a schedule or on hiatus."""
    used = [release.at for release in plan_releases(entries, release_rules, state, now=now) if release.slot]
    return next_slot(release_rules, state, now=max([now, *used[-1:]]))


def next_wake(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> datetime | None:
    """Return when the story has to be checked again: at its next slot, even an empty one, or its next release."""
    first = next(plan_releases(entries, release_rules, state, now=now), None)
    moments = [next_slot(release_rules, state, now=now), first.at if first else None]
    return min((moment for moment in moments if moment is not None), default=None)


def publish_now(
    entries: Sequence[CalendarEntry], release_rules: ReleaseRules, state: CalendarState, *, now: datetime
) -> tuple[PlannedRelease, datetime | None] | None:
    """Return the next chapter as a release at `now`, and the slot that it leaves empty; None when no chapter is left.

    The next chapter is the calendar's next one. While the calendar is on hold, it is the one that would come next
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
    """Return the state after `/author continue`: no hold, and no slot of the hold left to be caught up."""
    settled = max(now, state.settled_until)
    return replace(state, settled_until=settled, hiatus_since=None, delayed_until=None)
