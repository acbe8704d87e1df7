"""The buttons of a story's statistics."""

from __future__ import annotations

import asyncio

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.statistics.report_view import report_message


class StatisticsPageButton(Component, template=custom_ids.STATS):
    """Shows another page of the table."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        found = await container.story_reports.report(
            viewer, await slug_of(container, viewer, self.facts["story"])
        )
        await update(interaction, await asyncio.to_thread(report_message, found, int(self.facts["page"])))


CONTROLS = (StatisticsPageButton,)
