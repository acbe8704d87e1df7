"""`/author review channel`: authors ask for a channel, and those who manage its guild consent."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import MessageChannel
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import review_channel_texts
from bot.chat.suggestions.review_channel_view import review_channel_answer
from bot.services.stories.autocomplete_choices import Choice

review = app_commands.Group(name="review", description=review_channel_texts.GROUP)


async def _stories(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).review_channels.choices(viewer_of(interaction), typed)


@review.command(name="channel", description=review_channel_texts.CHANNEL)
@app_commands.describe(
    story=review_channel_texts.CHANNEL_STORY,
    channel=review_channel_texts.CHANNEL_PLACE,
    off=review_channel_texts.CHANNEL_OFF,
)
@app_commands.autocomplete(story=make_autocomplete(_stories, str))
async def review_channel(
    interaction: Interaction,
    story: str | None = None,
    channel: MessageChannel | None = None,
    off: bool = False,
) -> None:
    """Ask for a review channel, consent to it, withdraw it, or show its state."""
    await defer(interaction)
    reviews, viewer = services(interaction).review_channels, viewer_of(interaction)
    if off:
        done = await reviews.revoke(viewer, story)
    elif channel is not None:
        done = await reviews.choose(viewer, story, channel)
    else:
        done = await reviews.get_status(viewer, story)
    wake_background_jobs(interaction)
    await respond(interaction, review_channel_answer(done))
