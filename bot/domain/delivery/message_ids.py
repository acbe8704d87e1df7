"""Message ids as timestamps: posting times, and gaps between the pages of a thread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MAX_GAP = timedelta(minutes=10)
"""Two pages posted further apart than this probably have readers' messages between them."""

_MILLISECOND = 1 << 22
"""By this much message ids grow in a millisecond (docs: reference, Snowflakes)."""

MAX_ID_GAP = MAX_GAP // timedelta(milliseconds=1) * _MILLISECOND
"""`MAX_GAP` as a difference of message ids."""


_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def lowest_id_at(moment: datetime) -> int:
    """Return the lowest id that a message of that instant can have."""
    return (moment - _EPOCH) // timedelta(milliseconds=1) * _MILLISECOND


def posted_at(message_id: int) -> datetime:
    """Return the instant at which the message of that id was posted, by Discord's clock."""
    return _EPOCH + timedelta(milliseconds=message_id // _MILLISECOND)


def is_apart(message_id: int, following_id: int) -> bool:
    """Return whether a page's message was posted long after that of the page before it."""
    return following_id - message_id > MAX_ID_GAP
