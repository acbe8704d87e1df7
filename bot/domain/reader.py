"""A reader's place in a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a story that survives repaging: the release's number and an offset into its text, in characters.

    `revision` says in whose text the offset counts; places of one chapter are compared once both are carried to the
    same revision.
    """

    number: int
    offset: int
    revision: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where somebody last read, and the furthest they have been, kept apart."""

    user_id: int
    story: str
    last: Place
    furthest: Place
    seen_at: datetime

    def moved(self, to: Place, now: datetime) -> Bookmark:
        """The bookmark after its reader has seen `to`."""
        return Bookmark(self.user_id, self.story, to, max(self.furthest, to), now)


def told_up_to(bookmark: Bookmark | None) -> int:
    """The number of the last chapter whose title gives a reader nothing away: the furthest they have been in; the first
    is told to everybody."""
    return max(1, bookmark.furthest.number) if bookmark is not None else 1
