"""Buttons under the answers to `/author board` and `/author poll`."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import confirmation_ids, poll_confirmation_texts, poll_confirmation_view
from bot.chat.suggestions.board_view import remove_answer
from bot.chat.suggestions.poll_view import end_answer, poll_answer
from bot.services.suggestions.poll_drafts import DraftOutdated


class RemoveBoardButton(Component, template=custom_ids.UNBOARD):
    """Removes a board."""

    async def act(self, interaction: Interaction) -> None:
        await services(interaction).panels.remove_board(viewer_of(interaction), int(self.facts["panel"]))
        await update(interaction, remove_answer())


class PostPollButton(Component, template=confirmation_ids.POST_POLL):
    """Posts the poll that was shown, or shows what it would be by now."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await interaction.response.defer()
        slug = await slug_of(container, viewer, self.facts["story"])
        try:
            done = await container.polls.start(
                viewer,
                slug,
                int(self.facts["channel"]),
                length=f"{self.facts['hours']} hours",
                answers=int(self.facts["answers"]),
                seen=self.facts["seen"],
            )
        except DraftOutdated as outdated:
            await update(interaction, poll_confirmation_view.poll_question(outdated.draft, changed=True))
            return
        wake_background_jobs(interaction)
        await update(interaction, poll_answer(done))


class NoPollButton(Component, template=confirmation_ids.NO_POLL):
    """Posts nothing."""

    async def act(self, interaction: Interaction) -> None:
        await update(interaction, plain(poll_confirmation_texts.not_posted()))


class AskPollEndButton(Component, template=custom_ids.END_POLL):
    """Asks whether a poll is to end early, since it cannot be opened again."""

    async def act(self, interaction: Interaction) -> None:
        running = await services(interaction).polls.get_running(
            viewer_of(interaction), int(self.facts["poll"])
        )
        await update(interaction, poll_confirmation_view.end_question(running))


class PollEndButton(Component, template=confirmation_ids.POLL_END):
    """Ends a poll early, or lets it run."""

    async def act(self, interaction: Interaction) -> None:
        polls, viewer, poll = services(interaction).polls, viewer_of(interaction), int(self.facts["poll"])
        if self.facts["what"] == "no":
            await update(interaction, poll_answer(await polls.get_running(viewer, poll)))
            return
        await polls.end(viewer, poll)
        wake_background_jobs(interaction)
        await update(interaction, end_answer())


CONTROLS = (RemoveBoardButton, PostPollButton, NoPollButton, AskPollEndButton, PollEndButton)
