"""Whom chapters owe their ideas to, and where these people find them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.suggestions.credits import Maker


@dataclass(frozen=True, slots=True)
class Location:
    """A message in Discord; `guild_id` is None in direct messages."""

    guild_id: int | None
    channel_id: int
    message_id: int


class Credits(Protocol):
    """Whom chapters name, and where they can be read."""

    async def makers(self, story: str, chapter: str) -> list[Maker]:
        """Who made the ideas that chapter used, and those merged into them, by number."""
        ...

    async def stale(self, numbers: Collection[int]) -> None:
        """The credits for these ideas, or for what they were merged into, have changed: posts that show them are to
        be edited."""
        ...

    async def post(
        self, release_id: int, user_id: int, *, guild_id: int | None, channel_id: int | None
    ) -> Location | None:
        """The first message of a chapter in that server, best in that channel; else in the reader's own direct
        messages."""
        ...

    async def coming(self, release_id: int, guild_id: int, *, by: datetime) -> bool:
        """Whether a message of that chapter is to be posted in that server by then."""
        ...
