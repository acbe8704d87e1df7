"""Autocompletes of the options that name a story or a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.interactions.autocomplete import Autocomplete, make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose


def stories(purpose: ChoicePurpose) -> Autocomplete[str]:
    """Complete a story's title from those that fit the purpose."""

    async def offer(interaction: Interaction, typed: str) -> Sequence[Choice]:
        return await services(interaction).autocomplete_choices.story_choices(
            viewer_of(interaction), typed, purpose
        )

    return make_autocomplete(offer, str)


async def _chapters(interaction: Interaction, typed: str) -> Sequence[Choice]:
    story = interaction.namespace.story
    choices = services(interaction).autocomplete_choices
    return await choices.chapter_choices(viewer_of(interaction), story or None, typed, chapter_label)


chapters = make_autocomplete(_chapters, str)
