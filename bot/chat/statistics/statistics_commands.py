"""`/author stats`."""

from __future__ import annotations

import asyncio
from typing import Any

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.statistics import report_texts
from bot.chat.statistics.report_view import report_message
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.autocomplete_choices import ChoicePurpose


@app_commands.command(description=report_texts.STATS)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def stats(interaction: Interaction, story: str) -> None:
    """Show a story's statistics."""
    await defer(interaction)
    found = await services(interaction).story_reports.report(viewer_of(interaction), story)
    await respond(interaction, await asyncio.to_thread(report_message, found))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (stats,)
"""Members of the group `/author`."""
