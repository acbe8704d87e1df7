"""Naive local times and the instants they name: the one place that knows what a clock change does."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice, pairwise

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9900, 1, 1, tzinfo=UTC)
"""Slots are looked for between these two, so that arithmetic never leaves what `datetime` can hold."""

_LONGEST_JUMP = timedelta(hours=24)
"""The furthest that clocks were ever put forward at once: Samoa left out all of 30 December 2011."""

_LOOKED_AT = 64
"""How many slots `shortest_gap` compares: enough for any ordinary week, and for five years of months."""


def localize(local_naive: datetime, zone: tzinfo) -> datetime:
    """The instant, in UTC, that a clock on the wall in `zone` shows as `local_naive`.

    A time that a clock change skips is read with the offset before the change, so 01:30 becomes 02:30 (RFC
    5545, 3.3.5); one that happens twice is the first of the two. Both are what fold 0 means to zoneinfo
    (PEP 495).
    """
    return local_naive.replace(tzinfo=zone, fold=0).astimezone(UTC)


def to_instants(locals_: Iterator[datetime], after: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Ascending naive times as ascending instants later than `after`, none twice.

    Times inside a gap land among those that follow it, so they wait until their turn.
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
    """What a clock on the wall in `zone` shows at that instant, naive."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def earliest_local(after: datetime, zone: tzinfo) -> datetime:
    """A naive time that no slot later than `after` precedes, even where clocks have just been put forward."""
    before = after - _LONGEST_JUMP - timedelta(hours=1)
    offset, offset_before = after.astimezone(zone).utcoffset(), before.astimezone(zone).utcoffset()
    jump = (offset or timedelta()) - (offset_before or timedelta())
    return to_local(after, zone) - max(jump, timedelta())


def shortest_gap(locals_: Iterator[datetime]) -> timedelta:
    """The least distance between neighbours among the first slots; ten years where there are no two."""
    gaps = (later - earlier for earlier, later in pairwise(islice(locals_, _LOOKED_AT)))
    return min(gaps, default=timedelta(days=3653))
