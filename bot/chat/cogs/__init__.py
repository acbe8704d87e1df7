"""The slash commands, one module a family. A command's body translates, asks a service, and answers."""

from __future__ import annotations

from bot.chat.cogs import authoring, following, helping, reading, subscriptions, suggesting
from bot.chat.cogs.places import AnyCommand

COMMANDS: tuple[AnyCommand, ...] = (
    *subscriptions.COMMANDS,
    *reading.COMMANDS,
    *following.COMMANDS,
    *suggesting.COMMANDS,
    *authoring.COMMANDS,
    *helping.COMMANDS,
)
