"""What is pressed under the answers to /author board and /author poll."""

from __future__ import annotations

from bot.chat import ids
from bot.chat.answering import update
from bot.chat.controls.control import Control
from bot.chat.desk import Interaction, changed, services
from bot.chat.rendering.boards import board_removed, poll_ended
from bot.chat.viewer import viewer_of


class UnboardButton(Control, template=ids.UNBOARD):
    """Takes a board away."""

    async def act(self, interaction: Interaction) -> None:
        await services(interaction).panels.remove(viewer_of(interaction), int(self.facts["panel"]))
        await update(interaction, board_removed())


class EndPollButton(Control, template=ids.END_POLL):
    """Ends a poll."""

    async def act(self, interaction: Interaction) -> None:
        await services(interaction).polls.end(viewer_of(interaction), int(self.facts["poll"]))
        changed(interaction)
        await update(interaction, poll_ended())


CONTROLS = (UnboardButton, EndPollButton)
