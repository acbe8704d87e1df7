"""Channels for new ideas: who asked for them, and whether somebody who manages their server accepted them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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


class Reviews(Protocol):
    """One row for each story and channel."""

    async def of(self, story: str) -> list[ReviewChannel]:
        """Those of a story and those for every story, the last accepted first."""
        ...

    async def all(self) -> list[ReviewChannel]: ...

    async def note(self, story: str, channel_id: int) -> bool:
        """A file names it; False if it was known."""
        ...

    async def ask(self, story: str, channel_id: int, *, guild_id: int, by: int) -> None:
        """An author asks for it."""
        ...

    async def accept(
        self, story: str, channel_id: int, *, guild_id: int, by: int, now: datetime, asked_by: int | None
    ) -> None:
        """It was accepted; `asked_by` is the author who asked for it by doing so, if one did."""
        ...

    async def take_back(
        self, story: str, *, guild_id: int | None = None, channels: Collection[int] | None = None
    ) -> int:
        """Nobody asks for them or accepted them any more; only those of a server, only these. Returns how many that
        changed. What is known of a file's wish stays known."""
        ...
