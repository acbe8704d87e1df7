"""Buttons of `/help`, and the help for whoever used it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.outgoing_message import Message
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.help_ids import HELP
from bot.chat.stories.help_topics import Availability, list_entries
from bot.chat.stories.help_view import OVERVIEW, help_message


async def help_for(interaction: Interaction, topic: str = OVERVIEW) -> Message:
    """Return the help for this person in this place, by what they may do now."""
    viewer, registered = viewer_of(interaction), interaction.client.registered_commands
    what = await services(interaction).catalogue.help(viewer)
    if services(interaction).authoring.creation.may_create(viewer):
        what = replace(what, may_begin=True)
    entries = list_entries(registered.commands, what, Availability.of(interaction, guest=viewer.guest))
    return help_message(what, entries, lambda path: registered.mention(path, viewer.guild_id), topic)


class HelpTopicButton(Component, template=HELP):
    """Shows another topic of the help."""

    async def act(self, interaction: Interaction) -> None:
        await update(interaction, await help_for(interaction, self.facts["topic"]))


CONTROLS = (HelpTopicButton,)
