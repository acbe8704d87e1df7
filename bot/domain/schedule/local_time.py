"""Conversion between naive local times and instants, across clock changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice, pairwise

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9900, 1, 1, tzinfo=UTC)
"""Slots are searched between these two, so that arithmetic stays in the range of `datetime`."""

_LONGEST_JUMP = timedelta(hours=24)
"""The furthest that clocks were ever put forward: Samoa left out all of 30 December 2011."""

_LOOKED_AT = 64
"""Number of slots that `shortest_gap` compares: enough for an ordinary week, and for five years of months."""


def localize(local_naive: datetime, zone: tzinfo) -> datetime:
    """Return the instant, in UTC, at which local clocks in `zone` show `local_naive`.

    A time skipped by a clock change is read with the offset before the change, so 01:30 becomes 02:30 (RFC 5545,
    3.3.5); of a time that happens twice, the first is meant. Both are the meaning of fold 0 in zoneinfo (PEP
    495).
    """
    return local_naive.replace(tzinfo=zone, fold=0).astimezone(UTC)


def to_instants(locals_: Iterator[datetime], after: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Convert ascending naive times to ascending instants after `after`, without repetition.

    Times inside a gap fall among those that follow it, so they are held back until their turn.
    """
    last = after
    moved: deque[datetime] = deque()
    for local in locals_:
        instant = localize(local, zone)
        if to_local(instant, zone) != local:
            moved.append(instant)
            continue
        while moved and moved[0] < instant:
            if (earlier := moved.popleft()) > last:
                yield (last := earlier)
        if instant > last:
            yield (last := instant)
    yield from (instant for instant in moved if instant > last)


def to_local(instant: datetime, zone: tzinfo) -> datetime:
    """Return the naive local time in `zone` at that instant."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def earliest_local(after: datetime, zone: tzinfo) -> datetime:
    """Return a naive time that no slot after `after` precedes, even if clocks have just been put forward."""
    before = after - _LONGEST_JUMP - timedelta(hours=1)
    offset, offset_before = after.astimezone(zone).utcoffset(), before.astimezone(zone).utcoffset()
    jump = (offset or timedelta()) - (offset_before or timedelta())
    return to_local(after, zone) - max(jump, timedelta())


def shortest_gap(locals_: Iterator[datetime]) -> timedelta:
    """Return the least distance between neighbours among the first slots; ten years if there are not two."""
    gaps = (later - earlier for earlier, later in pairwise(islice(locals_, _LOOKED_AT)))
    return min(gaps, default=timedelta(days=3653))
