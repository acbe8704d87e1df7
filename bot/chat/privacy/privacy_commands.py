"""People's own data."""

from __future__ import annotations

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.context import Interaction, services
from bot.chat.interactions.contexts import BY_ANYBODY, EVERYWHERE, allowing
from bot.chat.interactions.responses import respond, think
from bot.chat.interactions.viewer import viewer_of
from bot.chat.privacy import privacy_view

privacy = app_commands.Group(name="privacy", description=command_descriptions.PRIVACY)


@privacy.command(description=command_descriptions.EXPORT)
async def export(interaction: Interaction) -> None:
    """Everything kept of whoever asks, as a file."""
    await think(interaction)
    made = await services(interaction).personal_data.export(viewer_of(interaction))
    await respond(interaction, privacy_view.export(made))


@privacy.command(description=command_descriptions.ERASE)
async def delete(interaction: Interaction) -> None:
    """Ask whether it is all to be erased."""
    ideas = await services(interaction).personal_data.ideas(viewer_of(interaction))
    await respond(interaction, privacy_view.asking(ideas))


COMMANDS = allowing(privacy, contexts=EVERYWHERE, installs=BY_ANYBODY)
"""`/privacy`, which works wherever the bot does."""
