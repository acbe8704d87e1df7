"""Catch-up: the rules for releases whose time passed while they could not be posted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class CatchUp(StrEnum):
    """Rule for the slots that passed while the bot was down."""

    ALL = "all"
    """Post every missed chapter in order."""
    LATEST = "latest"
    """Post the newest chapter, which names the others."""
    ONE = "one"
    """Post one chapter and leave the rest to the slots that follow."""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post to be entered in the delivery ledger."""

    number: int
    """Number of the release to post."""
    due_at: datetime
    mention: bool
    skipped: tuple[int, ...] = ()
    """Numbers of the releases that the post names instead of posting them."""


def plan_posts(
    numbers: Sequence[int],
    rule: CatchUp,
    *,
    gap: timedelta,
    first_due: datetime,
    most: int = 1,
    wished: int = 0,
) -> tuple[PlannedPost, ...]:
    """Plan the posts that bring one destination up to date.

    Only the last of several posts mentions the role.

    Args:
        numbers: The released chapters that the destination lacks, ascending.
        rule: How the destination catches up.
        gap: The time between two posts.
        first_due: When the first post is due.
        most: How many chapters `ONE` posts at once, for several that have just come out together.
        wished: Releases up to this number were asked for: they are posted in order, and `rule` applies to those after.
    """
    asked = bisect_right(numbers, wished)
    posted, skipped = [*numbers[:asked]], tuple[int, ...]()
    match rule:
        case CatchUp.ALL:
            posted += numbers[asked:]
        case CatchUp.LATEST:
            posted += numbers[asked:][-1:]
            skipped = tuple(numbers[asked:-1])
        case CatchUp.ONE:
            posted += numbers[asked : asked + most]
    return tuple(
        PlannedPost(
            number, first_due + gap * i, number == numbers[-1], skipped if number == numbers[-1] else ()
        )
        for i, number in enumerate(posted)
    )
