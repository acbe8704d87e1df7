"""`/help`."""

from __future__ import annotations

from discord import app_commands

from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction
from bot.chat.interactions.responses import respond
from bot.chat.stories import help_texts
from bot.chat.stories.help_controls import help_for


@app_commands.command(name="help", description=help_texts.HELP)
async def show_help(interaction: Interaction) -> None:
    """Show what this person can do here."""
    await respond(interaction, await help_for(interaction))


COMMANDS = make_available(show_help, contexts=EVERYWHERE, installs=ALL_INSTALLS)
