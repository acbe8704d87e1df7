"""`/privacy export` and `/privacy delete`."""

from __future__ import annotations

from discord import app_commands

from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.privacy import privacy_texts, privacy_view

privacy = app_commands.Group(name="privacy", description=privacy_texts.PRIVACY)


@privacy.command(description=privacy_texts.EXPORT)
async def export(interaction: Interaction) -> None:
    """Send this person's data as a file."""
    await defer(interaction)
    made = await services(interaction).personal_data.export(viewer_of(interaction))
    await respond(interaction, privacy_view.export_message(made))


@privacy.command(description=privacy_texts.ERASE)
async def delete(interaction: Interaction) -> None:
    """Ask for a confirmation before erasing this person's data."""
    tally = await services(interaction).personal_data.count_suggestions(viewer_of(interaction))
    await respond(interaction, privacy_view.erasure_question(tally))


COMMANDS = make_available(privacy, contexts=EVERYWHERE, installs=ALL_INSTALLS)
"""`/privacy`, which works wherever the bot does."""
