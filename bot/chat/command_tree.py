"""discord.py's tree of the slash commands."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.command_list import COMMANDS
from bot.chat.interactions.responses import report_failure
from bot.chat.interactions.viewer import load_memberships


class FascicleCommandTree(app_commands.CommandTree[Any]):
    """All slash commands. Each failure ends in a private answer."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(client)
        for command in COMMANDS:
            self.add_command(command)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Load the person's memberships before a command or an autocomplete."""
        await load_memberships(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person about a failed command."""
        if interaction.type is not discord.InteractionType.autocomplete:
            await report_failure(interaction, error)
