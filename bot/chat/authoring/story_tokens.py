"""Resolution of the stories in custom ids, those without chapters too."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.viewer import viewer_of
from bot.domain.reading.reading_refusals import PostGone


async def own_slug_of(interaction: Interaction, token: str) -> str:
    """Return the slug of one's own story that a token in a custom id stands for.

    Raises:
        PostGone: None of theirs has it.
    """
    if not token.startswith("#"):
        return token
    for slug in await services(interaction).authoring.own.list_slugs(viewer_of(interaction)):
        if custom_ids.story_token(slug) == token:
            return slug
    raise PostGone
