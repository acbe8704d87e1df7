"""`/library` and `/story`."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories import catalogue_texts, catalogue_view
from bot.chat.stories.library_position import LibraryPosition, searchable
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose


async def _searches(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).catalogue.search_choices(viewer_of(interaction), typed)


@app_commands.command(description=catalogue_texts.LIBRARY)
@app_commands.describe(search=catalogue_texts.SEARCH)
@app_commands.autocomplete(search=make_autocomplete(_searches, str))
async def library(interaction: Interaction, search: str | None = None) -> None:
    """Show the stories this person may see, or those that fit a search."""
    here = LibraryPosition(search=searchable(search or ""))
    page = await services(interaction).catalogue.list_stories(viewer_of(interaction), here.request)
    await respond(interaction, catalogue_view.library_message(page))


@app_commands.command(name="story", description=catalogue_texts.STORY)
@app_commands.describe(story=command_descriptions.STORY_OPTION)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ))
async def story_page(interaction: Interaction, story: str) -> None:
    """Show one story."""
    detail = await services(interaction).catalogue.describe_story(viewer_of(interaction), story)
    await respond(interaction, catalogue_view.story_message(detail))


COMMANDS = make_available(library, story_page, contexts=EVERYWHERE, installs=ALL_INSTALLS)
