"""The channel in which a story's new ideas appear: asked for by authors, accepted by who manages its server."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.chat.answering import respond, think
from bot.chat.cogs.authoring import Room
from bot.chat.cogs.choices import offering
from bot.chat.desk import Interaction, changed, services
from bot.chat.rendering.reviewing import review_done
from bot.chat.viewer import viewer_of
from bot.chat.words import reviewing as words
from bot.services.browse import Choice

review = app_commands.Group(name="review", description=words.GROUP)


async def _stories(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).reviews.choices(viewer_of(interaction), typed)


@review.command(name="channel", description=words.CHANNEL)
@app_commands.describe(story=words.CHANNEL_STORY, channel=words.CHANNEL_PLACE, off=words.CHANNEL_OFF)
@app_commands.autocomplete(story=offering(_stories, str))
async def review_channel(
    interaction: Interaction, story: str | None = None, channel: Room | None = None, off: bool = False
) -> None:
    """Ask for it, accept it, take it back, or see how it stands."""
    await think(interaction)
    reviews, viewer = services(interaction).reviews, viewer_of(interaction)
    if off:
        done = await reviews.take_back(viewer, story)
    elif channel is not None:
        done = await reviews.choose(viewer, story, channel)
    else:
        done = await reviews.standing(viewer, story)
    changed(interaction)
    await respond(interaction, review_done(done))
