"""Checks of the channels in which boards, reviews and polls may be posted."""

from __future__ import annotations

from datetime import datetime

from bot.domain.authorization import Viewer, may_quote
from bot.domain.delivery.outcomes import Outcome, Refused
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import AgeRestricted
from bot.domain.subscriptions.channel_refusals import NotInServer
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.eligibility import ineligibility
from bot.services.delivery.parking import fault_from
from bot.services.guilds.channel_permissions import ChannelTask, require_permissions
from bot.services.guilds.channel_survey import ChannelSurveyor


async def check_channel_rating(
    messenger: ChannelSurveyor, limiter: RateLimiter, story: Story, channel_id: int, now: datetime
) -> Outcome | None:
    """Return an outcome that forbids showing a story's suggestions in a channel now, if any.

    The channel is checked on every use, because it may have changed since the panel was requested.
    """
    if may_quote(story, age_restricted=False):
        return None
    await limiter.acquire()
    restricted = await messenger.is_age_restricted(channel_id)
    if isinstance(restricted, bool):
        if may_quote(story, age_restricted=restricted):
            return None
        refusal = AgeRestricted(story=story.title, rating=story.rating.value)
        return Refused(fault_from(refusal, now))
    return restricted


async def require_panel_channel(
    messenger: ChannelSurveyor, viewer: Viewer, story: Story, channel_id: int, *, poll: bool = False
) -> None:
    """Refuse a channel that cannot show a story's suggestions.

    These are channels where the viewer may not post (or open polls), channels of another kind or guild, those
    that the story's rating forbids, and those where the bot may not post.

    Raises:
        Refusal: Why it cannot.
    """
    if viewer.guild_id is None:
        raise NotInServer
    await require_permissions(messenger, viewer, channel_id, ChannelTask.POLL if poll else ChannelTask.POST)
    survey = await messenger.survey_for_panel(channel_id, poll=poll)
    refusal = ineligibility(story, viewer.guild_id, channel_id, SubscriptionOptions(), survey)
    if refusal is not None:
        raise refusal
