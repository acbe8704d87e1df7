"""The orders of the review queue."""

from __future__ import annotations

from enum import StrEnum


class QueueOrder(StrEnum):
    """What comes first in a queue."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    CHAPTER = "chapter"
