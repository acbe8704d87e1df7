"""The buttons of a guild's list of subscriptions."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.subscriptions.subscription_view import subscription_list


class SubscriptionsPageButton(Component, template=custom_ids.SUBSCRIPTIONS):
    """Shows another page of the guild's subscriptions."""

    async def act(self, interaction: Interaction) -> None:
        listed = await services(interaction).channel_subscriptions.list_subscriptions(viewer_of(interaction))
        await update(interaction, subscription_list(listed, int(self.facts["page"])))


CONTROLS = (SubscriptionsPageButton,)
