"""Finding something to read, and reading it."""

from __future__ import annotations

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.context import Interaction, services
from bot.chat.interactions.contexts import BY_ANYBODY, EVERYWHERE, allowing
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.reading.reader_view import reader
from bot.chat.stories import catalogue_view
from bot.chat.stories.story_autocomplete import chapters, stories
from bot.services.stories.catalogue import ChoicePurpose


@app_commands.command(description=command_descriptions.LIBRARY)
async def library(interaction: Interaction) -> None:
    """What there is."""
    cards = await services(interaction).catalogue.library(viewer_of(interaction))
    await respond(interaction, catalogue_view.library(cards, 0))


@app_commands.command(name="story", description=command_descriptions.STORY)
@app_commands.describe(story=command_descriptions.STORY_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ))
async def one_story(interaction: Interaction, story: str) -> None:
    """One story."""
    detail = await services(interaction).catalogue.story(viewer_of(interaction), story, cover=True)
    await respond(interaction, catalogue_view.story(detail))


@app_commands.command(description=command_descriptions.READ)
@app_commands.describe(story=command_descriptions.READ_STORY, chapter=command_descriptions.READ_CHAPTER)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ), chapter=chapters)
async def read(interaction: Interaction, story: str | None = None, chapter: str | None = None) -> None:
    """The private reader."""
    desk, viewer = services(interaction), viewer_of(interaction)
    view = await desk.private_reader.open(viewer, story, chapter, label=chapter_label)
    await respond(interaction, reader(view))


COMMANDS = allowing(library, one_story, read, contexts=EVERYWHERE, installs=BY_ANYBODY)
