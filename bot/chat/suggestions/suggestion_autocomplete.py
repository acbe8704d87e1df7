"""Autocompletes of the options that name a suggestion, and of those that depend on one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.suggestions.suggestion_view import suggestion_label
from bot.domain.suggestions.suggestion import SuggestionState
from bot.services.stories.autocomplete_choices import Choice

_DIGITS = 19
"""A number of fewer digits fits into any database."""


def _number(interaction: Interaction) -> int:
    """Return the value of the option `number` while another is typed; 0 if it is no number yet."""
    typed = str(interaction.namespace.number or "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS else 0


async def _used_chapters(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """Complete a chapter of the story of suggestion `number`, unreleased ones included."""
    number = _number(interaction)
    if not number:
        return []
    container, viewer = services(interaction), viewer_of(interaction)
    return await container.review_queue.chapter_options(viewer, number, typed, label=chapter_label)


async def _own_suggestions(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).submissions.withdrawable_choices(
        viewer_of(interaction), typed, label=suggestion_label
    )


async def _open_suggestions(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).review_queue.suggestion_choices(
        viewer_of(interaction), typed, label=suggestion_label
    )


async def _targets(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """Complete a suggestion into which `number` may be merged; any open one without `number`."""
    number = _number(interaction)
    if not number:
        return await _open_suggestions(interaction, typed)
    return await services(interaction).review_queue.merge_choices(
        viewer_of(interaction), number, typed, label=suggestion_label
    )


async def _all_suggestions(interaction: Interaction, typed: str) -> Sequence[Choice]:
    states = tuple(SuggestionState)
    return await services(interaction).review_queue.suggestion_choices(
        viewer_of(interaction), typed, states, label=suggestion_label
    )


used_chapters = make_autocomplete(_used_chapters, str)
own_suggestions = make_autocomplete(_own_suggestions, int)
open_suggestions = make_autocomplete(_open_suggestions, int)
all_suggestions = make_autocomplete(_all_suggestions, int)
merge_targets = make_autocomplete(_targets, int)
