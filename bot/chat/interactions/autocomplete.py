"""What options offer while somebody types. An offer that fails is no offer: nothing here raises."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from discord import app_commands

from bot.chat.interactions.context import Interaction, services
from bot.chat.interactions.viewer import viewer_of
from bot.chat.reading.reader_view import chapter_label
from bot.chat.suggestions.suggestion_view import idea_label
from bot.chat.text.user_text import one_line
from bot.domain.errors import OptionUnclear, Refusal
from bot.domain.suggestions.suggestion import SuggestionState
from bot.services.stories.catalogue import Choice, ChoicePurpose

_log = logging.getLogger(__name__)

V = TypeVar("V", str, int)

Offer = Callable[[Interaction, str], Awaitable[Sequence[Choice]]]
Autocomplete = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[V]]]]

_DIGITS = 19
"""A number of fewer digits fits into any database."""

MOST, LONGEST = 25, 100
"""Discord's limits for choices (docs: interactions/application-commands, Autocomplete)."""


E = TypeVar("E", bound=StrEnum)


def one_of(kind: type[E], value: str) -> E:
    """What was picked from an option's choices.

    Raises:
        OptionUnclear: it is none of them: Discord offers no such choice, so somebody made it up.
    """
    try:
        return kind(value)
    except ValueError:
        raise OptionUnclear from None


def _number(interaction: Interaction) -> int:
    """What stands in the option `number` while another is typed; 0 where that is no number yet."""
    typed = str(interaction.namespace.number or "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS else 0


def offering(offer: Offer, kind: type[V]) -> Autocomplete[V]:
    """An autocomplete from a service's choices; `kind` is the option's type."""

    async def autocomplete(interaction: Interaction, typed: str) -> list[app_commands.Choice[V]]:
        try:
            found = await offer(interaction, str(typed))
            return [
                app_commands.Choice(name=one_line(choice.label, LONGEST), value=kind(choice.value))
                for choice in found
                if 0 < len(choice.value) <= LONGEST
            ][:MOST]
        except Refusal:
            return []
        except Exception:
            _log.warning("an autocomplete failed", exc_info=True, extra={"action": "autocomplete_failed"})
            return []

    return autocomplete


def stories(purpose: ChoicePurpose) -> Autocomplete[str]:
    """Stories that fit the purpose."""

    async def offer(interaction: Interaction, typed: str) -> Sequence[Choice]:
        return await services(interaction).catalogue.story_choices(viewer_of(interaction), typed, purpose)

    return offering(offer, str)


async def _chapters(interaction: Interaction, typed: str) -> Sequence[Choice]:
    story = interaction.namespace.story
    browse = services(interaction).catalogue
    return await browse.chapter_choices(viewer_of(interaction), story or None, typed, chapter_label)


async def _used_chapters(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """Chapters of the story that the idea of the `number` option is for, those to come too."""
    number = _number(interaction)
    if not number:
        return []
    desk, viewer = services(interaction), viewer_of(interaction)
    return await desk.review_queue.chapters(viewer, number, typed, label=chapter_label)


async def _own_ideas(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).submissions.own_choices(
        viewer_of(interaction), typed, label=idea_label
    )


async def _ideas(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).review_queue.number_choices(
        viewer_of(interaction), typed, label=idea_label
    )


async def _targets(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """What the idea of the `number` option may be merged into; without one, whatever can be decided on."""
    number = _number(interaction)
    if not number:
        return await _ideas(interaction, typed)
    return await services(interaction).review_queue.merge_choices(
        viewer_of(interaction), number, typed, label=idea_label
    )


async def _all_ideas(interaction: Interaction, typed: str) -> Sequence[Choice]:
    states = tuple(SuggestionState)
    return await services(interaction).review_queue.number_choices(
        viewer_of(interaction), typed, states, label=idea_label
    )


chapters = offering(_chapters, str)
used_chapters = offering(_used_chapters, str)
own_ideas = offering(_own_ideas, int)
ideas = offering(_ideas, int)
all_ideas = offering(_all_ideas, int)
merge_targets = offering(_targets, int)
