"""What authors see of their stories: how they are read, and how a chapter will look."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import offering
from bot.chat.interactions.context import Interaction, services
from bot.chat.interactions.responses import respond, think
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.statistics.report_view import stats as statistics
from bot.chat.stories import preview_view
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.catalogue import Choice, ChoicePurpose


async def _files(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """All chapters of a story, those to come too."""
    story = interaction.namespace.story
    browse = services(interaction).catalogue
    return await browse.chapter_choices(
        viewer_of(interaction), story or None, typed, chapter_label, unreleased=True
    )


@app_commands.command(description=command_descriptions.STATS)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def stats(interaction: Interaction, story: str) -> None:
    """How a story is read."""
    await think(interaction)
    found = await services(interaction).story_reports.of(viewer_of(interaction), story)
    await respond(interaction, await asyncio.to_thread(statistics, found))


@app_commands.command(description=command_descriptions.PREVIEW)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, chapter=command_descriptions.PREVIEW_CHAPTER)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR), chapter=offering(_files, str))
async def preview(interaction: Interaction, story: str, chapter: str) -> None:
    """A chapter as readers will see it."""
    view = await services(interaction).chapter_previews.page(
        viewer_of(interaction), story, chapter, label=chapter_label
    )
    await respond(interaction, preview_view.preview(view))


OF_AUTHORS: tuple[app_commands.Command[Any, ..., Any], ...] = (stats, preview)
"""They join the other commands for authors."""
