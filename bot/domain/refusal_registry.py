"""All refusals of the domain, whose templates are stored and translated."""

from __future__ import annotations

from bot.domain import errors
from bot.domain.errors import Refusal
from bot.domain.reading import reading_refusals
from bot.domain.releases import release_refusals
from bot.domain.stories import authoring_refusals, story_refusals
from bot.domain.subscriptions import channel_refusals, subscription_refusals
from bot.domain.suggestions import submission_refusals, suggestion_refusals

_MODULES = (
    errors,
    story_refusals,
    authoring_refusals,
    channel_refusals,
    subscription_refusals,
    reading_refusals,
    release_refusals,
    submission_refusals,
    suggestion_refusals,
)

REFUSALS: tuple[type[Refusal], ...] = tuple(
    kind
    for module in _MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
)
