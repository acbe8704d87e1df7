"""What authors see of their stories: how they are read, and how a chapter will look."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.chat.answering import respond, think
from bot.chat.cogs.choices import offering, stories
from bot.chat.desk import Interaction, services
from bot.chat.rendering import preview as previewing
from bot.chat.rendering.reader import chapter_label
from bot.chat.rendering.stats import stats as statistics
from bot.chat.viewer import viewer_of
from bot.chat.words import commands as words
from bot.services.browse import Choice, Purpose


async def _files(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """All chapters of a story, those to come too."""
    story = interaction.namespace.story
    browse = services(interaction).browse
    return await browse.chapter_choices(
        viewer_of(interaction), story or None, typed, chapter_label, unreleased=True
    )


@app_commands.command(description=words.STATS)
@app_commands.describe(story=words.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(Purpose.AUTHOR))
async def stats(interaction: Interaction, story: str) -> None:
    """How a story is read."""
    await think(interaction)
    found = await services(interaction).stats.of(viewer_of(interaction), story)
    await respond(interaction, await asyncio.to_thread(statistics, found))


@app_commands.command(description=words.PREVIEW)
@app_commands.describe(story=words.AUTHOR_STORY, chapter=words.PREVIEW_CHAPTER)
@app_commands.autocomplete(story=stories(Purpose.AUTHOR), chapter=offering(_files, str))
async def preview(interaction: Interaction, story: str, chapter: str) -> None:
    """A chapter as readers will see it."""
    view = await services(interaction).preview.page(
        viewer_of(interaction), story, chapter, label=chapter_label
    )
    await respond(interaction, previewing.preview(view))


OF_AUTHORS: tuple[app_commands.Command[Any, ..., Any], ...] = (stats, preview)
"""They join the other commands for authors."""
