"""Controls of the library and of a story's page."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.catalogue_view import library_message, story_message


class StoryPageButton(Component, template=custom_ids.STORY):
    """Shows another page of a story's chapters."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        detail = await container.catalogue.describe_story(
            viewer, await slug_of(container, viewer, self.facts["story"])
        )
        await update(interaction, story_message(detail, int(self.facts["page"])))


class LibraryPageButton(Component, template=custom_ids.SHELF):
    """Shows another page of the library."""

    async def act(self, interaction: Interaction) -> None:
        cards = await services(interaction).catalogue.list_stories(viewer_of(interaction))
        await update(interaction, library_message(cards, int(self.facts["page"])))


class StoryMenu(Component, template=custom_ids.SHELF_PICK):
    """Shows the story picked in the library."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        detail = await container.catalogue.describe_story(
            viewer, await slug_of(container, viewer, selected_value(interaction)), cover=True
        )
        await update(interaction, story_message(detail))


CONTROLS = (StoryPageButton, LibraryPageButton, StoryMenu)
