"""Autocompletion of options. A failure offers nothing: no function here raises it to discord.py."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from discord import app_commands

from bot.chat.interactions.interaction_context import Interaction
from bot.chat.text.user_text import one_line
from bot.domain.errors import OptionUnclear, Refusal
from bot.services.stories.autocomplete_choices import Choice

_log = logging.getLogger(__name__)

V = TypeVar("V", str, int)

Offer = Callable[[Interaction, str], Awaitable[Sequence[Choice]]]
Autocomplete = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[V]]]]

MOST, LONGEST = 25, 100
"""Discord's limits for choices (docs: interactions/application-commands, Autocomplete)."""


E = TypeVar("E", bound=StrEnum)


def parse_choice(kind: type[E], value: str) -> E:
    """Return the value picked from an option's choices.

    Raises:
        OptionUnclear: It is none of them. Discord offers no such choice, so it was forged.
    """
    try:
        return kind(value)
    except ValueError:
        raise OptionUnclear from None


def make_autocomplete(offer: Offer, kind: type[V]) -> Autocomplete[V]:
    """Return an autocomplete from a service's choices; `kind` is the option's type."""

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
