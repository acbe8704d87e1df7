"""Access from an interaction to the services and to the background jobs."""

from __future__ import annotations

import discord

from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.services.container import Services

Interaction = discord.Interaction[JoinedGuilds]


def services(interaction: Interaction) -> Services:
    """Return the use cases."""
    return interaction.client.services


def wake_background_jobs(interaction: Interaction) -> None:
    """Let the background jobs look for work at once."""
    interaction.client.on_change()
