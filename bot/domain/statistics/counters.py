"""Counters under a chapter, and the threshold for updating them in posts."""

from __future__ import annotations

from dataclasses import dataclass

_MUCH = 4
"""A displayed counter is far off once it is wrong by more than one in this many."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Counters of one chapter."""

    reads: int = 0
    """People known to have read it. Readers who only look at a channel's post are never counted."""
    votes: int = 0
    """People who voted for it."""
    comments: int = 0
    """Messages in its threads."""

    def __bool__(self) -> bool:
        return bool(self.reads or self.votes or self.comments)

    def is_far_from(self, shown: Counters) -> bool:
        """Return whether a post that shows the counters `shown` is worth an edit.

        It is if one of them is off by more than a quarter of its value, and for the first of each kind.
        """
        return any(
            abs(now - then) * _MUCH > now
            for now, then in (
                (self.reads, shown.reads),
                (self.votes, shown.votes),
                (self.comments, shown.comments),
            )
        )
