"""Rows of chapter reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PRIVATE_READER = 0
"""Stands for the message of a vote that was given in a private reader."""


@dataclass(frozen=True, slots=True)
class ChapterRead:
    """The first time somebody was seen reading a chapter."""

    release_id: int
    user_id: int
    at: datetime
