"""Rows of credited chapters' posts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostLocation:
    """A message in Discord; `guild_id` is None in direct messages."""

    guild_id: int | None
    channel_id: int
    message_id: int
