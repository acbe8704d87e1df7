"""Buttons under the answers to `/author board` and `/author poll`."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions.board_view import remove_answer
from bot.chat.suggestions.poll_view import end_answer


class RemoveBoardButton(Component, template=custom_ids.UNBOARD):
    """Removes a board."""

    async def act(self, interaction: Interaction) -> None:
        await services(interaction).panels.remove_board(viewer_of(interaction), int(self.facts["panel"]))
        await update(interaction, remove_answer())


class EndPollButton(Component, template=custom_ids.END_POLL):
    """Ends a poll early."""

    async def act(self, interaction: Interaction) -> None:
        await services(interaction).polls.end(viewer_of(interaction), int(self.facts["poll"]))
        wake_background_jobs(interaction)
        await update(interaction, end_answer())


CONTROLS = (RemoveBoardButton, EndPollButton)
