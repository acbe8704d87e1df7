"""The buttons of a chapter's preview."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.preview_view import preview_message


class PreviewPageButton(Component, template=custom_ids.PREVIEW):
    """Shows another page of the chapter, read again from its file."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(container, viewer, self.facts["story"])
        view = await container.chapter_previews.page(
            viewer, slug, self.facts["chapter"], int(self.facts["page"])
        )
        await update(interaction, preview_message(view))


CONTROLS = (PreviewPageButton,)
