"""`/author preview`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.stories import preview_texts, preview_view
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose


async def _chapters(interaction: Interaction, typed: str) -> Sequence[Choice]:
    story = interaction.namespace.story
    choices = services(interaction).autocomplete_choices
    return await choices.chapter_choices(
        viewer_of(interaction), story or None, typed, chapter_label, unreleased=True
    )


@app_commands.command(description=preview_texts.PREVIEW)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, chapter=preview_texts.PREVIEW_CHAPTER)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR), chapter=make_autocomplete(_chapters, str))
async def preview(interaction: Interaction, story: str, chapter: str) -> None:
    """Show a chapter as readers will see it."""
    view = await services(interaction).chapter_previews.page(
        viewer_of(interaction), story, chapter, label=chapter_label
    )
    await respond(interaction, preview_view.preview_message(view))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (preview,)
"""Members of the group `/author`."""
