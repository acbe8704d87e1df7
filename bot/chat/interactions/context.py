"""What commands and controls find behind an interaction: the services and who may operate the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

import discord

from bot.chat.gateway.guild_cache import GuildCache
from bot.services.container import Services

Interaction = discord.Interaction[Any]


class BotContext(Protocol):
    """The part of the client that answers people."""

    @property
    def services(self) -> Services: ...
    @property
    def operators(self) -> frozenset[int]: ...
    @property
    def roster(self) -> GuildCache:
        """What is known of servers."""
        ...

    @property
    def on_change(self) -> Callable[[], None]:
        """To be called after something that the background work may have to look at."""
        ...


def desk(interaction: Interaction) -> BotContext:
    """The desk an interaction came to."""
    return cast(BotContext, interaction.client)


def services(interaction: Interaction) -> Services:
    """The use cases."""
    return desk(interaction).services


def changed(interaction: Interaction) -> None:
    """Have the background work look at once."""
    desk(interaction).on_change()
