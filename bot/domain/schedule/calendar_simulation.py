"""Simulation of the release calendar: slots, holds and chapters in the order of time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from bot.domain.schedule.calendar_state import CalendarEntry, CalendarState, PlannedRelease
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules

BACKLOG_AGE = timedelta(days=1)
"""A chapter whose `publish_at` is further back than this when it is first seen counts as already out."""

LATE = timedelta(minutes=1)
"""A release is late when its time passed more than this ago: the bot was not running."""

INSTANT = timedelta(microseconds=1)
"""The shortest time span: subtracted from an instant it gives the last one before it."""


def finished_chapters(entries: Sequence[CalendarEntry]) -> frozenset[str]:
    """Return the identities of the chapters that are no drafts and can be read."""
    return frozenset(entry.chapter for entry in entries if not entry.draft and not entry.broken)


def is_to_come(entry: CalendarEntry, now: datetime) -> bool:
    """Return whether the chapter names a time after `now`."""
    return entry.publish_at is not None and entry.publish_at > now


def is_stale(entry: CalendarEntry, now: datetime) -> bool:
    """Return whether the chapter names a time so far back that it counts as out when first seen."""
    return entry.publish_at is not None and entry.publish_at < now - BACKLOG_AGE


def recognise(entries: Sequence[CalendarEntry], keys: frozenset[str]) -> frozenset[str]:
    """Return these identities and those of chapters that had one of them before.

    A former identity counts only if no other chapter has it now.
    """
    if not any(entry.former for entry in entries):
        return keys
    own = {entry.chapter for entry in entries}
    return keys.union(
        entry.chapter for entry in entries if any(key in keys and key not in own for key in entry.former)
    )


def find_late_backlog(
    entries: Sequence[CalendarEntry], state: CalendarState, now: datetime
) -> tuple[str, ...]:
    """Return the chapters that first appear with a `publish_at` more than a day back."""
    if state.seen is None:
        return ()
    known = recognise(entries, state.seen | state.released)
    return tuple(
        entry.chapter
        for entry in entries
        if not entry.draft and entry.chapter not in known and is_stale(entry, now)
    )


class Simulation:
    """Endless simulation of one story, from its recorded state on."""

    def __init__(
        self,
        entries: Sequence[CalendarEntry],
        release_rules: ReleaseRules,
        state: CalendarState,
        now: datetime,
    ) -> None:
        """Prepare the simulation.

        `unreleased` are the finished chapters that are not out and can be read, and `in_order` those of them that
        no broken chapter precedes.
        """
        out = recognise(entries, state.released).union(find_late_backlog(entries, state, now))
        waiting = [entry for entry in entries if not entry.draft and entry.chapter not in out]
        self.unreleased = [entry for entry in waiting if not entry.broken]
        self.in_order = list(takewhile(lambda entry: not entry.broken, waiting))
        self._entries = entries
        self._places = {entry.chapter: place for place, entry in enumerate(entries)}
        self._rules = release_rules
        self._state = state
        self._now = now

    def run(self) -> Iterator[PlannedRelease]:
        """Yield every future release in order; at one instant in file order."""
        queue = deque(entry.chapter for entry in self.in_order if entry.publish_at is None)
        timed = deque(self._timed())
        slots = self.slots()
        slot = next(slots, None) if queue else None
        while timed or slot is not None:
            if slot is None or (timed and timed[0] < (slot, self._places[queue[0]])):
                at, place = timed.popleft()
                yield self._due(self._entries[place].chapter, at, slot=False)
            else:
                yield self._due(queue.popleft(), slot, slot=True)
                slot = next(slots, None) if queue else None

    def slots(self) -> Iterator[datetime]:
        """Yield the slots that may take a chapter; under `CatchUp.ONE` only one of the missed ones."""
        missed = takewhile(lambda slot: slot <= self._now, self._slots_after(self._state.settled_until))
        yield from islice(missed, 1) if self._rules.catch_up is CatchUp.ONE else missed
        yield from self._slots_after(max(self._now, self._state.settled_until))

    def _slots_after(self, after: datetime) -> Iterator[datetime]:
        rules, state = self._rules, self._state
        if rules.schedule is None:
            return
        floors = (state.first_seen, rules.start, state.delayed_until)
        after = max(after, max(floor for floor in floors if floor is not None) - INSTANT)
        anchor = rules.start or state.first_seen
        for slot in rules.schedule.slots(after=after, zone=rules.zone, anchor=anchor):
            if state.hiatus_since is not None and slot >= state.hiatus_since:
                return
            if slot not in state.skipped_slots:
                yield slot

    def _timed(self) -> list[tuple[datetime, int]]:
        """List the chapters with a time of their own: the earliest possible release, and the place in file order."""
        moments = (
            (self._opening(entry.publish_at), self._places[entry.chapter])
            for entry in self.unreleased
            if entry.publish_at is not None
        )
        return sorted((at, place) for at, place in moments if at is not None)

    def _opening(self, publish_at: datetime) -> datetime | None:
        """Return when a chapter with that `publish_at` can come out.

        That is then, at the first look at the story, or at the end of a hold; None during a hiatus.
        """
        state = self._state
        at = max(publish_at, state.first_seen, state.settled_until).astimezone(UTC)
        if state.delayed_until is not None:
            at = max(at, state.delayed_until)
        held = state.hiatus_since is not None and at >= state.hiatus_since
        return None if held else at

    def _due(self, chapter: str, at: datetime, *, slot: bool) -> PlannedRelease:
        return PlannedRelease(chapter, at, late=self._now - at > LATE, slot=slot)
