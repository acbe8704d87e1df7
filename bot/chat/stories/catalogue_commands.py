"""`/library` and `/story`."""

from __future__ import annotations

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories import catalogue_texts, catalogue_view
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.autocomplete_choices import ChoicePurpose


@app_commands.command(description=catalogue_texts.LIBRARY)
async def library(interaction: Interaction) -> None:
    """Show the stories this person may see."""
    cards = await services(interaction).catalogue.list_stories(viewer_of(interaction))
    await respond(interaction, catalogue_view.library_message(cards, 0))


@app_commands.command(name="story", description=catalogue_texts.STORY)
@app_commands.describe(story=command_descriptions.STORY_OPTION)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ))
async def story_page(interaction: Interaction, story: str) -> None:
    """Show one story."""
    detail = await services(interaction).catalogue.describe_story(viewer_of(interaction), story, cover=True)
    await respond(interaction, catalogue_view.story_message(detail))


COMMANDS = make_available(library, story_page, contexts=EVERYWHERE, installs=ALL_INSTALLS)
