"""From an id's story and chapter back to what the services call them."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.domain.authorization import Viewer
from bot.domain.errors import PostGone
from bot.services.container import Services


async def slug_of(services: Services, viewer: Viewer, token: str) -> str:
    """The slug that a token stands for.

    Raises:
        PostGone: none that this person may see.
    """
    if not token.startswith("#"):
        return token
    for card in await services.catalogue.list_stories(viewer):
        if custom_ids.story_token(card.story.slug) == token:
            return card.story.slug
    raise PostGone


def chapter_option(number: int) -> str | None:
    """The released chapter of that number, as the services take it; None for 0."""
    return str(number) if number else None
