"""`/author block`."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.option_types import SuggestionNumber
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import blocking_texts
from bot.chat.suggestions.suggestion_autocomplete import all_suggestions
from bot.chat.text.user_text import literal_line

_TITLE = 100


@app_commands.command(description=blocking_texts.BLOCK)
@app_commands.describe(number=blocking_texts.BLOCK_NUMBER, undo=blocking_texts.BLOCK_UNDO)
@app_commands.autocomplete(number=all_suggestions)
async def block(interaction: Interaction, number: SuggestionNumber, undo: bool = False) -> None:
    """Block the suggester of a suggestion, or undo it."""
    block_list, viewer = services(interaction).block_list, viewer_of(interaction)
    done = await (block_list.unblock if undo else block_list.block)(viewer, number)
    answer = blocking_texts.unblock_answer if undo else blocking_texts.block_answer
    await respond(interaction, plain(answer(number, literal_line(done.story.title, _TITLE))))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (block,)
"""Members of the group `/author`."""
