"""The buttons under notices."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications import notice_view


class MessagePreferenceButton(Component, template=custom_ids.NEWS):
    """Changes whether news of suggestions come by direct message."""

    async def act(self, interaction: Interaction) -> None:
        enabled = self.facts["told"] == "1"
        await services(interaction).submissions.set_dm_notices(viewer_of(interaction), wanted=enabled)
        await respond(interaction, notice_view.message_preference_answer(enabled=enabled))


CONTROLS = (MessagePreferenceButton,)
