"""From an id's story and chapter back to what the services call them."""

from __future__ import annotations

from bot.chat import ids
from bot.domain.access import Viewer
from bot.domain.errors import PostGone
from bot.services.bundle import Services


async def slug_of(services: Services, viewer: Viewer, token: str) -> str:
    """The slug that a token stands for.

    Raises:
        PostGone: none that this person may see.
    """
    if not token.startswith("#"):
        return token
    for card in await services.browse.library(viewer):
        if ids.token(card.story.slug) == token:
            return card.story.slug
    raise PostGone


async def chapter_of(services: Services, viewer: Viewer, slug: str, number: int) -> str | None:
    """The key of the released chapter of that number; None for 0. A number alone could also be another's key."""
    if number == 0:
        return None
    releases = await services.read.chapters(viewer, slug)
    return next((release.chapter for release in releases if release.number == number), None)
