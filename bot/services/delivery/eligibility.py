"""Eligibility of channels for stories, as far as it can be checked beforehand."""

from __future__ import annotations

from bot.domain.errors import Refusal
from bot.domain.message_templates import Message
from bot.domain.permissions import permission_names
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import AgeRestricted, ServerNotAllowed
from bot.domain.subscriptions.channel_reasons import (
    FORUM_NEEDS_THREADS,
    NOT_POSTABLE,
    PUBLISH_NEEDS_ANNOUNCEMENT_CHANNEL,
    PUBLISH_NEEDS_CARD,
    TAG_GONE,
    TAG_NEEDS_FORUM,
    TAG_REQUIRED,
    THREAD_LOCKED,
    THREADS_UNSUPPORTED,
)
from bot.domain.subscriptions.channel_refusals import (
    ChannelElsewhere,
    ChannelInvisible,
    ChannelUnsuitable,
    MissingPermissions,
    TimedOut,
)
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelState

_POSTABLE = (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.THREAD)


def ineligibility(
    story: Story | None,
    guild_id: int,
    channel_id: int,
    options: SubscriptionOptions,
    survey: ChannelState | None,
) -> Refusal | None:
    """Return the refusal that keeps the story (None: any) out of the channel; None if nothing visible does."""
    if survey is None:
        return ChannelInvisible(channel=channel_id)
    if survey.guild_id != guild_id:
        return ChannelElsewhere()
    if story is not None and not story.allows_guild(guild_id):
        return ServerNotAllowed(story=story.title)
    reason = unsuitability(survey, options)
    if reason is not None:
        return ChannelUnsuitable(channel=channel_id, reason=reason)
    if story is not None and story.rating.age_restricted and not survey.age_restricted:
        return AgeRestricted(story=story.title, rating=story.rating.value)
    if survey.missing and survey.timed_out_until is not None:
        return TimedOut(at=int(survey.timed_out_until.timestamp()))
    if survey.missing:
        return MissingPermissions(channel=channel_id, missing=permission_names(survey.missing))
    return None


def unsuitability(survey: ChannelState, options: SubscriptionOptions) -> Message | None:
    """Explain to the admin why that kind of channel cannot take posts of that style; None if it can."""
    if options.publish and options.style is not ReleaseStyle.CARD:
        return PUBLISH_NEEDS_CARD()
    if options.publish and survey.kind is not ChannelKind.ANNOUNCEMENT:
        return PUBLISH_NEEDS_ANNOUNCEMENT_CHANNEL()
    if options.tag is not None and survey.kind is not ChannelKind.FORUM:
        return TAG_NEEDS_FORUM()
    if options.tag is not None and options.tag not in (survey.tags or {}):
        # It is not there, or was deleted since it was chosen.
        return TAG_GONE(tags=_tags(survey))
    if options.style is ReleaseStyle.THREAD:
        return _thread_unsuitability(survey, options)
    if survey.kind is ChannelKind.FORUM:
        return FORUM_NEEDS_THREADS()
    if survey.locked:
        return THREAD_LOCKED()
    if survey.kind not in _POSTABLE:
        return NOT_POSTABLE()
    return None


def _thread_unsuitability(survey: ChannelState, options: SubscriptionOptions) -> Message | None:
    if survey.kind not in (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM):
        return THREADS_UNSUPPORTED()
    if survey.kind is ChannelKind.FORUM and survey.requires_tag and options.tag is None:
        return TAG_REQUIRED(tags=_tags(survey))
    return None


def _tags(survey: ChannelState) -> str:
    return ", ".join((survey.tags or {}).values()) or "none"
