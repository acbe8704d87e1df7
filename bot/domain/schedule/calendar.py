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
    finished,
    is_stale,
    is_to_come,
    late_backlog,
)
from bot.domain.schedule.timetable import CalendarState, CatchUp, Due, DueNow, Entry, Timetable

__all__ = [
    "CalendarState",
    "CatchUp",
    "Due",
    "DueNow",
    "Entry",
    "Timetable",
    "backlog_of",
    "continued",
    "due",
    "first_standing",
    "next_slot",
    "next_wake",
    "plan",
    "publish_now",
    "runs_dry",
]


def backlog_of(entries: Sequence[Entry], timetable: Timetable, *, now: datetime) -> tuple[str, ...]:
    """The chapters that count as already out when their story is first seen at `now`, in file order.

    These are the `backlog` leading ones, drafts not counted, and those whose `publish_at` lies over a day
    back. A leading chapter that names a time to come keeps it.
    """
    chapters = [entry for entry in entries if not entry.draft]
    leading = {
        entry.chapter
        for entry in chapters[: timetable.backlog]
        if not entry.broken and not is_to_come(entry, now)
    }
    return tuple(entry.chapter for entry in chapters if entry.chapter in leading or is_stale(entry, now))


def first_standing(entries: Sequence[Entry], timetable: Timetable, *, now: datetime) -> CalendarState:
    """What to remember of a story that is first seen at `now`. A slot at that very moment still counts."""
    return CalendarState(
        first_seen=now,
        settled_until=now - INSTANT,
        released=frozenset(backlog_of(entries, timetable, now=now)),
        seen=finished(entries),
    )


def due(entries: Sequence[Entry], timetable: Timetable, standing: CalendarState, *, now: datetime) -> DueNow:
    """What must come out at `now`, and what to remember of having looked."""
    coming = Simulation(entries, timetable, standing, now).run()
    return DueNow(
        releases=tuple(takewhile(lambda release: release.at <= now, coming)),
        backlog=late_backlog(entries, standing, now),
        settled_until=max(now, standing.settled_until),
        seen=(standing.seen or frozenset()) | finished(entries),
    )


def plan(
    entries: Sequence[Entry], timetable: Timetable, standing: CalendarState, *, now: datetime
) -> Iterator[Due]:
    """The calendar from what is due at `now` on, in order, until the buffer runs dry."""
    return Simulation(entries, timetable, standing, now).run()


def next_slot(timetable: Timetable, standing: CalendarState, *, now: datetime) -> datetime | None:
    """The first slot after `now` that may take a chapter; None without a schedule or on hiatus."""
    later = replace(standing, settled_until=max(now, standing.settled_until))
    return next(Simulation((), timetable, later, now).slots(), None)


def runs_dry(
    entries: Sequence[Entry], timetable: Timetable, standing: CalendarState, *, now: datetime
) -> datetime | None:
    """The first slot after `now` that will find no chapter; None without a schedule or on hiatus."""
    used = [release.at for release in plan(entries, timetable, standing, now=now) if release.slot]
    return next_slot(timetable, standing, now=max([now, *used[-1:]]))


def next_wake(
    entries: Sequence[Entry], timetable: Timetable, standing: CalendarState, *, now: datetime
) -> datetime | None:
    """When the story has to be looked at again: at its next slot, chapter or not, or its next release."""
    first = next(plan(entries, timetable, standing, now=now), None)
    moments = [next_slot(timetable, standing, now=now), first.at if first else None]
    return min((moment for moment in moments if moment is not None), default=None)


def publish_now(
    entries: Sequence[Entry], timetable: Timetable, standing: CalendarState, *, now: datetime
) -> tuple[Due, datetime | None] | None:
    """The next chapter, to come out at `now`, and the slot that it leaves empty; None when nothing is left.

    The next one is what the calendar has next. Where the calendar stands still, it is what would come next
    without the hiatus, else the first in file order; then no slot is emptied.
    """
    release = next(plan(entries, timetable, standing, now=now), None)
    if release is not None:
        return Due(release.chapter, now, late=False, slot=False), release.at if release.slot else None
    awake = replace(standing, hiatus_since=None)
    waiting = (entry.chapter for entry in Simulation(entries, timetable, awake, now).in_order)
    after_hiatus = (release.chapter for release in plan(entries, timetable, awake, now=now))
    chapter = next(after_hiatus, None) or next(waiting, None)
    return None if chapter is None else (Due(chapter, now, late=False, slot=False), None)


def continued(standing: CalendarState, *, now: datetime) -> CalendarState:
    """The standing after `/author continue`: no hold, and no slot of the hold left to be caught up."""
    settled = max(now, standing.settled_until)
    return replace(standing, settled_until=settled, hiatus_since=None, delayed_until=None)
