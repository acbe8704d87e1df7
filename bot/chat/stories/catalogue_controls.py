"""Controls of the library and of a story's page."""

from __future__ import annotations

import re

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories import catalogue_texts, library_position
from bot.chat.stories.catalogue_view import library_message, story_message
from bot.chat.stories.library_position import WHOLE_LIBRARY, LibraryPosition, searchable
from bot.chat.text.user_text import one_line

_SEARCH = "search"
_TITLE, _LABEL = 45, 45


class StoryPageButton(Component, template=custom_ids.STORY):
    """Shows another page of a story's chapters."""

    async def act(self, interaction: Interaction) -> None:
        await _show_story(interaction, self.facts["story"], page=int(self.facts["page"]))


class LibraryPageButton(Component, template=library_position.SHOW):
    """Shows another part of the library."""

    async def act(self, interaction: Interaction) -> None:
        await _show_library(interaction, LibraryPosition.of(self.facts))


class LibrarySearchButton(Component, template=library_position.ASK):
    """Opens the form that asks what to search the library for."""

    async def act(self, interaction: Interaction) -> None:
        here = LibraryPosition.of(self.facts)
        form = ui.Modal(title=one_line(catalogue_texts.search(), _TITLE), custom_id=here.asked_id)
        form.add_item(
            ui.Label(
                text=one_line(catalogue_texts.search_label(), _LABEL),
                component=ui.TextInput(
                    custom_id=_SEARCH,
                    max_length=library_position.MAX_SEARCH,
                    default=here.search or None,
                    required=False,
                ),
            )
        )
        await open_modal(interaction, form)


async def handle_search_form(interaction: Interaction, facts: re.Match[str], form: FormValues) -> None:
    """Show what fits the search; all of it if nothing was typed."""
    search = searchable(str(form.get(_SEARCH, "")))
    await _show_library(interaction, LibraryPosition(LibraryPosition.of(facts).shown, search))


class StoryMenu(Component, template=library_position.PICK):
    """Shows the story picked in the library."""

    async def act(self, interaction: Interaction) -> None:
        await _show_story(interaction, selected_value(interaction), back=LibraryPosition.of(self.facts))


class FollowStoryButton(Component, template=custom_ids.FOLLOW_STORY):
    """Follows the story whose page is shown, or ends that. The greeting may take longer than three seconds."""

    async def act(self, interaction: Interaction) -> None:
        on = self.facts["on"] == "1"
        if on:
            await interaction.response.defer()
        container, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(container, viewer, self.facts["story"])
        await container.followers.set_following(viewer, slug, on=on)
        wake_background_jobs(interaction)
        await _show_story(interaction, self.facts["story"], page=int(self.facts["page"]))


async def _show_library(interaction: Interaction, here: LibraryPosition) -> None:
    page = await services(interaction).catalogue.list_stories(viewer_of(interaction), here.request)
    await update(interaction, library_message(page))


async def _show_story(
    interaction: Interaction,
    token: str,
    *,
    page: int | None = None,
    back: LibraryPosition = WHOLE_LIBRARY,
) -> None:
    container, viewer = services(interaction), viewer_of(interaction)
    detail = await container.catalogue.describe_story(viewer, await slug_of(container, viewer, token))
    await update(interaction, story_message(detail, page, back))


CONTROLS = (
    StoryPageButton,
    LibraryPageButton,
    LibrarySearchButton,
    StoryMenu,
    FollowStoryButton,
)
