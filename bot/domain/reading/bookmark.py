"""Bookmarks: a reader's position in a story."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class TextPosition:
    """A position in a story that survives repaging: the release's number and an offset into its text, in characters.

    Positions in one chapter are compared once both are mapped to the same revision.
    """

    number: int
    offset: int
    revision: int = field(default=1, compare=False)
    """The revision whose text the offset counts in."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A reader's position in a story, kept apart from pages they only look up."""

    user_id: int
    story: str
    last: TextPosition
    """The page seen last."""
    furthest: TextPosition
    """The furthest page seen; titles of later chapters are kept from the reader."""
    seen_at: datetime
    stay: TextPosition | None = None
    """The position up to which they have read on; None for the furthest."""

    @property
    def position(self) -> TextPosition:
        """The position up to which they have read on; it goes back only on request."""
        return self.stay or self.furthest

    @property
    def resume(self) -> TextPosition:
        """The page on which the story opens: the one seen last, unless that was in another chapter."""
        return self.last if self.last.number == self.position.number else self.position

    def move_to(self, to: TextPosition, now: datetime, *, follows: bool) -> Bookmark:
        """Return the bookmark after its reader has seen `to`.

        The position moves with the reader in its own chapter, from there into the next, and when they read on
        beyond all that they have seen. A page that they only look up, before it or far ahead, leaves it
        unchanged.

        Args:
            to: The page seen.
            now: When it was seen.
            follows: Set if its chapter is the next one after that seen last.
        """
        place, last = self.position, self.last
        onward = follows or to.number == last.number
        beyond = onward and last >= self.furthest < to
        if to.number == place.number or (last.number == place.number and follows) or beyond:
            place = max(place, to)
        return replace(self, last=to, furthest=max(self.furthest, to), seen_at=now, stay=place)

    def settle_at(self, at: TextPosition, now: datetime) -> Bookmark:
        """Return the bookmark after its reader has asked to read on from `at`."""
        return replace(self, last=at, furthest=max(self.furthest, at), seen_at=now, stay=at)


def last_known_chapter(bookmark: Bookmark | None) -> int:
    """Return the number of the last chapter whose title spoils nothing: the furthest that the reader has been in.

    The first chapter's title is shown to everybody.
    """
    return max(1, bookmark.furthest.number) if bookmark is not None else 1
