"""Rows of review channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

EVERY_STORY = ""
"""Stands for all of the bot's stories, where whoever runs it named the channel. No story is called that."""


@dataclass(frozen=True, slots=True)
class ReviewChannel:
    """A channel named for a story's new suggestions."""

    story: str
    channel_id: int
    guild_id: int | None
    """None while the guild of a channel named by a file is unknown."""
    asked: bool
    """Whether an author requested it in Discord; a file may name it as well."""
    accepted_at: datetime | None
    """Nothing is posted before it is accepted."""
