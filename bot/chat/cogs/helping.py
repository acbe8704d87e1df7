"""What somebody can do here."""

from __future__ import annotations

from discord import app_commands

from bot.chat.answering import respond
from bot.chat.cogs.places import BY_ANYBODY, EVERYWHERE, allowing
from bot.chat.desk import Interaction, services
from bot.chat.rendering.answers import help_page
from bot.chat.viewer import viewer_of
from bot.chat.words import commands as words


@app_commands.command(name="help", description=words.HELP)
async def show_help(interaction: Interaction) -> None:
    """Help that fits the person and the place."""
    what = await services(interaction).browse.help(viewer_of(interaction))
    await respond(interaction, help_page(what))


COMMANDS = allowing(show_help, contexts=EVERYWHERE, installs=BY_ANYBODY)
