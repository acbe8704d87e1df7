"""The commands that show suggestions to everybody: `/author board` and `/author poll`."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import MessageChannel, MomentText
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.story_autocomplete import stories
from bot.chat.suggestions import (
    board_texts,
    board_view,
    poll_confirmation_view,
    poll_texts,
    poll_view,
)
from bot.domain.suggestions.panel_contents import PollCommandResult
from bot.domain.suggestions.panels import POLL_ANSWERS
from bot.services.stories.autocomplete_choices import ChoicePurpose


@app_commands.command(description=board_texts.BOARD)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, channel=board_texts.BOARD_CHANNEL)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def board(interaction: Interaction, story: str, channel: MessageChannel) -> None:
    """Show a story's best suggestions in a channel."""
    await defer(interaction)
    done = await services(interaction).panels.post_board(viewer_of(interaction), story, channel)
    wake_background_jobs(interaction)
    await respond(interaction, board_view.board_answer(done))


@app_commands.command(description=poll_texts.POLL)
@app_commands.describe(
    story=command_descriptions.AUTHOR_STORY,
    channel=poll_texts.POLL_CHANNEL,
    length=poll_texts.POLL_LENGTH,
    answers=poll_texts.POLL_ANSWERS,
)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def poll(
    interaction: Interaction,
    story: str,
    channel: MessageChannel | None = None,
    length: MomentText = "3 days",
    answers: app_commands.Range[int, POLL_ANSWERS[0], POLL_ANSWERS[-1]] = 5,
) -> None:
    """Ask whether to open a poll about a story's best suggestions; show the one that is running there."""
    await defer(interaction)
    viewer = viewer_of(interaction)
    draft = await services(interaction).polls.draft(
        viewer, story, channel or viewer.channel_id or 0, length=length, answers=answers
    )
    if draft.running is not None:
        running = PollCommandResult(draft.story, draft.running, is_new=False)
        await respond(interaction, poll_view.poll_answer(running))
        return
    await respond(interaction, poll_confirmation_view.poll_question(draft))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (board, poll)
"""Members of the group `/author`."""
