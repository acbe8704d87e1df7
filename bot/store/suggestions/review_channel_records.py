"""Rows of review channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

EVERY_STORY = ""
"""Stands for all of the bot's stories, where whoever runs it named the channel. No story is called that."""


@dataclass(frozen=True, slots=True)
class ReviewChannel:
    """A channel that was named for a story's new ideas. `asked`: by an author, in Discord; a file may name it beside
    that. Nothing is posted before `accepted_at`. `guild_id` is None where nobody has looked which server it is in."""

    story: str
    channel_id: int
    guild_id: int | None
    asked: bool
    accepted_at: datetime | None
