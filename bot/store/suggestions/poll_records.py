"""Rows of polls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewPoll:
    """A poll to be posted at once."""

    story: str
    guild_id: int | None
    channel_id: int
    question: str
    choices: Sequence[int]
    """The numbers of the suggestions to vote on, in the order of the answers."""
    nonce: str
    by: int
    now: datetime
    ends_at: datetime
