"""What the Discord edge needs of the configuration."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class DiscordSettings(Protocol):
    """Where Discord is, and in which servers commands are registered (none: everywhere)."""

    @property
    def api_url(self) -> str: ...
    @property
    def gateway_url(self) -> str | None: ...
    @property
    def guilds(self) -> Collection[int]: ...


class ReadingSettings(Protocol):
    """What stands under a chapter post."""

    @property
    def buttons(self) -> bool: ...


class ChatSettings(Protocol):
    """The parts of the configuration that matter here."""

    @property
    def discord(self) -> DiscordSettings: ...
    @property
    def reading(self) -> ReadingSettings: ...
    @property
    def operators(self) -> Collection[int]: ...


class KeyValues(Protocol):
    """Small strings remembered over restarts."""

    async def get(self, key: str) -> str | None: ...

    async def set(self, key: str, value: str) -> None: ...
