"""The buttons of the morning card, and those that turn it on and off elsewhere."""

from __future__ import annotations

import asyncio

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications.morning_card_view import preference_answer
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.statistics.report_view import report_message
from bot.chat.stories import morning_card_texts
from bot.chat.stories.preview_view import preview_message
from bot.chat.suggestions.review_queue_view import queue_message
from bot.chat.text.user_text import literal_line
from bot.domain.suggestions.panel_contents import QueueFilter

_TITLE = 100


class MorningCardButton(Component, template=custom_ids.CARD):
    """Turns the card on or off, or opens the queue. The card itself stays as it is."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer, what = services(interaction), viewer_of(interaction), self.facts["what"]
        if what == "queue":
            await respond(
                interaction, queue_message(await container.review_queue.browse(viewer, QueueFilter()))
            )
            return
        await container.morning_cards.set_enabled(viewer, what == "on")
        await respond(interaction, preference_answer(enabled=what == "on"))


class MorningCardStoryButton(Component, template=custom_ids.CARD_STORY):
    """Shows a story's statistics, or the chapter that comes next."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(container, viewer, self.facts["story"])
        if self.facts["what"] == "stats":
            await defer(interaction)
            found = await container.story_reports.report(viewer, slug)
            await respond(interaction, await asyncio.to_thread(report_message, found))
            return
        story, chapter = await container.morning_cards.find_next_chapter(viewer, slug)
        if chapter is None:
            await respond(interaction, plain(morning_card_texts.no_next(literal_line(story.title, _TITLE))))
            return
        view = await container.chapter_previews.page(viewer, slug, chapter, label=chapter_label)
        await respond(interaction, preview_message(view))


CONTROLS = (MorningCardButton, MorningCardStoryButton)
