"""A chapter in a thread: whether its pages still stand together."""

from __future__ import annotations

from datetime import timedelta

APART = timedelta(minutes=10)
"""Two pages posted further apart than this have, as like as not, readers' words between them."""

_MILLISECOND = 1 << 22
"""Ids of messages rise by this much in a millisecond (docs: reference, Snowflakes)."""

APART_IDS = APART // timedelta(milliseconds=1) * _MILLISECOND
"""The same as a difference of message ids."""


def stands_apart(message_id: int, following_id: int) -> bool:
    """Whether a page's message was posted long after that of the page before it."""
    return following_id - message_id > APART_IDS
