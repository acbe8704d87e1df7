"""Resolution of the stories and chapters that custom ids name."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.domain.authorization import Viewer
from bot.domain.reading.reading_refusals import PostGone
from bot.services.container import Services


async def slug_of(services: Services, viewer: Viewer, token: str) -> str:
    """Return the slug that a token in a custom id stands for.

    Raises:
        PostGone: No story that this person may see has it.
    """
    if not token.startswith("#"):
        return token
    for slug in await services.catalogue.list_slugs(viewer):
        if custom_ids.story_token(slug) == token:
            return slug
    raise PostGone


def chapter_option(number: int) -> str | None:
    """Return a chapter's number as the services take it in options; None for 0."""
    return str(number) if number else None
