"""Contexts and installations in which commands are available.

Both lists are always given, because Discord takes a missing one for “everywhere”, and never mixed with discord.py's
`guild_only`, which still emits direct messages beside it (docs: interactions/application-commands, Contexts).
"""

from __future__ import annotations

import discord
from discord.app_commands import AppCommandContext, AppInstallationType

from bot.chat.gateway.registered_commands import AnyCommand

GUILDS_ONLY = AppCommandContext(guild=True, dm_channel=False, private_channel=False)
GUILDS_AND_BOT_DMS = AppCommandContext(guild=True, dm_channel=True, private_channel=False)
EVERYWHERE = AppCommandContext(guild=True, dm_channel=True, private_channel=True)

GUILD_INSTALLS = AppInstallationType(guild=True, user=False)
ALL_INSTALLS = AppInstallationType(guild=True, user=True)


def make_available(
    *commands: AnyCommand,
    contexts: AppCommandContext,
    installs: AppInstallationType,
    default: discord.Permissions | None = None,
) -> tuple[AnyCommand, ...]:
    """Make commands available in these contexts, and return them.

    `default` is the permission that Discord requires unless an admin changes it.
    """
    for command in commands:
        command.allowed_contexts = contexts
        command.allowed_installs = installs
        command.default_permissions = default
    return commands
