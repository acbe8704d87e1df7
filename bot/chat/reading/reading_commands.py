"""`/read`."""

from __future__ import annotations

from discord import app_commands

from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.reading import reader_texts
from bot.chat.reading.reader_view import reader_message
from bot.chat.stories.story_autocomplete import chapters, stories
from bot.services.stories.autocomplete_choices import ChoicePurpose


@app_commands.command(description=reader_texts.READ)
@app_commands.describe(story=reader_texts.READ_STORY, chapter=reader_texts.READ_CHAPTER)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ), chapter=chapters)
async def read(interaction: Interaction, story: str | None = None, chapter: str | None = None) -> None:
    """Open the private reader."""
    container, viewer = services(interaction), viewer_of(interaction)
    view = await container.private_reader.open(viewer, story, chapter, label=chapter_label)
    await respond(interaction, reader_message(view))


COMMANDS = make_available(read, contexts=EVERYWHERE, installs=ALL_INSTALLS)
