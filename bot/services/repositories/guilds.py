"""Servers, and small things to be remembered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class Guilds(Protocol):
    """Servers the bot is or was in."""

    async def present(self, guild_ids: Collection[int], now: datetime) -> set[int]:
        """The bot is in exactly these: the others are marked as left at `now` unless they were before; returns those
        marked."""
        ...

    async def joined(self, guild_id: int) -> None: ...

    async def left(self, guild_id: int, now: datetime) -> None: ...

    async def erase_left_before(self, moment: datetime) -> int:
        """Erase what servers had set up that the bot left before that moment; returns how many servers."""
        ...


class Settings(Protocol):
    """Small things to be remembered, by key."""

    async def get(self, key: str) -> str | None: ...

    async def set(self, key: str, value: str) -> None: ...

    async def keep(self, key: str, value: str) -> str:
        """Remember a value unless there is one; the one there is then."""
        ...
