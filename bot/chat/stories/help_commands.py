"""`/help`."""

from __future__ import annotations

from discord import app_commands

from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories import help_texts
from bot.chat.stories.help_view import help_message


@app_commands.command(name="help", description=help_texts.HELP)
async def show_help(interaction: Interaction) -> None:
    """Show help for this person's role in this guild."""
    what = await services(interaction).catalogue.help(viewer_of(interaction))
    await respond(interaction, help_message(what))


COMMANDS = make_available(show_help, contexts=EVERYWHERE, installs=ALL_INSTALLS)
