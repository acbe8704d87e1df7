"""The button under the answer to `/author decide` that undoes the decision; the review queue has its own."""

from __future__ import annotations

from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import confirmation_ids
from bot.chat.suggestions.decision_undo_view import not_undone_answer, undone_text
from bot.domain.errors import Refusal


class UndoButton(Component, template=confirmation_ids.UNDO):
    """Undoes a decision made by `/author decide`."""

    async def act(self, interaction: Interaction) -> None:
        decisions, viewer = services(interaction).decisions, viewer_of(interaction)
        try:
            made = await decisions.undo(viewer, int(self.facts["change"]))
        except Refusal as refusal:
            await update(interaction, not_undone_answer(refusal))
            return
        wake_background_jobs(interaction)
        await update(interaction, plain(undone_text(made.suggestion)))


CONTROLS = (UndoButton,)
