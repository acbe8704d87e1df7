"""What ids of messages tell: when they were posted, and whether the pages in a thread still stand together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MAX_GAP = timedelta(minutes=10)
"""Two pages posted further apart than this have, as like as not, readers' words between them."""

_MILLISECOND = 1 << 22
"""Ids of messages rise by this much in a millisecond (docs: reference, Snowflakes)."""

MAX_ID_GAP = MAX_GAP // timedelta(milliseconds=1) * _MILLISECOND
"""The same as a difference of message ids."""


_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def lowest_id_at(moment: datetime) -> int:
    """The lowest id that a message of that instant can have."""
    return (moment - _EPOCH) // timedelta(milliseconds=1) * _MILLISECOND


def posted_at(message_id: int) -> datetime:
    """When the message of that id was made, by Discord's clock."""
    return _EPOCH + timedelta(milliseconds=message_id // _MILLISECOND)


def is_apart(message_id: int, following_id: int) -> bool:
    """Whether a page's message was posted long after that of the page before it."""
    return following_id - message_id > MAX_ID_GAP
