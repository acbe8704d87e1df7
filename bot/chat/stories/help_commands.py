"""What somebody can do here."""

from __future__ import annotations

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.context import Interaction, services
from bot.chat.interactions.contexts import BY_ANYBODY, EVERYWHERE, allowing
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications.answer_views import help_page


@app_commands.command(name="help", description=command_descriptions.HELP)
async def show_help(interaction: Interaction) -> None:
    """Help that fits the person and the place."""
    what = await services(interaction).catalogue.help(viewer_of(interaction))
    await respond(interaction, help_page(what))


COMMANDS = allowing(show_help, contexts=EVERYWHERE, installs=BY_ANYBODY)
