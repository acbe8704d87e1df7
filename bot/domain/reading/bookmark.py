"""A reader's place in a story."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class TextPosition:
    """A position in a story that survives repaging: the release's number and an offset into its text, in characters.

    `revision` says in whose text the offset counts; places of one chapter are compared once both are carried to the
    same revision.
    """

    number: int
    offset: int
    revision: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where somebody is in a story, apart from what they look up in it.

    `last` is the page they saw last, `furthest` the furthest they have seen, from which on titles are kept from them.
    `stay` is the place up to which they have read on; None: the furthest.
    """

    user_id: int
    story: str
    last: TextPosition
    furthest: TextPosition
    seen_at: datetime
    stay: TextPosition | None = None

    @property
    def place(self) -> TextPosition:
        """Up to where they have read on: it goes back only if they say so."""
        return self.stay or self.furthest

    @property
    def resume(self) -> TextPosition:
        """Where the story opens: on the page seen last, or at their place where that was in another chapter."""
        return self.last if self.last.number == self.place.number else self.place

    def moved(self, to: TextPosition, now: datetime, *, follows: bool) -> Bookmark:
        """The bookmark after its reader has seen `to`. `follows`: its chapter is the next one after that seen last.

        Their place moves with them in its own chapter, from there into the next, and where they read on beyond all
        that they have seen. A page that they only look up, before it or far ahead, leaves it where it is.
        """
        place, last = self.place, self.last
        onward = follows or to.number == last.number
        beyond = onward and last >= self.furthest < to
        if to.number == place.number or (last.number == place.number and follows) or beyond:
            place = max(place, to)
        return replace(self, last=to, furthest=max(self.furthest, to), seen_at=now, stay=place)

    def settled(self, at: TextPosition, now: datetime) -> Bookmark:
        """The bookmark after its reader has said that they read on from there."""
        return replace(self, last=at, furthest=max(self.furthest, at), seen_at=now, stay=at)


def last_known_chapter(bookmark: Bookmark | None) -> int:
    """The number of the last chapter whose title gives a reader nothing away: the furthest they have been in; the first
    is told to everybody."""
    return max(1, bookmark.furthest.number) if bookmark is not None else 1
