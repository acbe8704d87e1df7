"""Notices that could not be sent by direct message, shown after the answer to a command instead."""

from __future__ import annotations

import discord

from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications.notice_view import delayed_notices_message


async def show_waiting_notices(interaction: Interaction) -> None:
    """Show the notices that wait for this person, unless the command was not answered or opened a form."""
    answered = interaction.response.type
    if answered is None or answered is discord.InteractionResponseType.modal:
        return
    waiting = await services(interaction).notification_outbox.take_undelivered(viewer_of(interaction))
    if waiting:
        await respond(interaction, delayed_notices_message(waiting))
