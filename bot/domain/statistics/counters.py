"""The figures under a chapter, and when those on show are to be put right."""

from __future__ import annotations

from dataclasses import dataclass

_MUCH = 4
"""A figure on show is off by much once it is wrong by more than one in so many."""


@dataclass(frozen=True, slots=True)
class Counters:
    """How many people are known to have read a chapter and how many voted for it, and how many messages its threads
    have. `reads` is a floor: who only looks at a channel's post is never known."""

    reads: int = 0
    votes: int = 0
    comments: int = 0

    def __bool__(self) -> bool:
        return bool(self.reads or self.votes or self.comments)

    def far_from(self, shown: Counters) -> bool:
        """Whether these are worth an edit of a post that shows others: a figure is off by more than a quarter of what
        it is. The first of each kind always is."""
        return any(
            abs(now - then) * _MUCH > now
            for now, then in (
                (self.reads, shown.reads),
                (self.votes, shown.votes),
                (self.comments, shown.comments),
            )
        )
