"""The slash commands, one module a family. A command's body translates, asks a service, and answers."""

from __future__ import annotations

from bot.chat.cogs import (
    authoring,
    figures,
    following,
    helping,
    privacy,
    reading,
    reviewing,
    subscriptions,
    suggesting,
)
from bot.chat.cogs.places import AnyCommand

for _command in figures.OF_AUTHORS:
    authoring.author.add_command(_command)
authoring.author.add_command(reviewing.review)

COMMANDS: tuple[AnyCommand, ...] = (
    *subscriptions.COMMANDS,
    *reading.COMMANDS,
    *following.COMMANDS,
    *suggesting.COMMANDS,
    *authoring.COMMANDS,
    *privacy.COMMANDS,
    *helping.COMMANDS,
)
