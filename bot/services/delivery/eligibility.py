"""Eligibility of channels for stories, as far as it can be checked beforehand."""

from __future__ import annotations

from bot.domain.errors import (
    AgeRestricted,
    ChannelElsewhere,
    ChannelInvisible,
    ChannelUnsuitable,
    PermissionsMissing,
    Refusal,
    ServerNotAllowed,
    TimedOut,
)
from bot.domain.pages import escape
from bot.domain.stories.story import Story
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
        return PermissionsMissing(channel=channel_id, missing=", ".join(survey.missing))
    return None


def unsuitability(survey: ChannelState, options: SubscriptionOptions) -> str | None:
    """Explain to the admin why that kind of channel cannot take posts of that style; None if it can."""
    if options.publish and options.style is not ReleaseStyle.CARD:
        return "only a `card` is handed on to followers; choose the style `card`, or leave `publish` out."
    if options.publish and survey.kind is not ChannelKind.ANNOUNCEMENT:
        return "only an announcement channel has followers; pick one, or leave `publish` out."
    if options.tag is not None and survey.kind is not ChannelKind.FORUM:
        return "only forums have tags; leave `tag` out."
    if options.tag is not None and options.tag not in (survey.tags or {}):
        return _tag_gone(survey)
    if options.style is ReleaseStyle.THREAD:
        return _thread_unsuitability(survey, options)
    if survey.kind is ChannelKind.FORUM:
        return "forums take only the style `thread`, a post for each chapter; choose that, or pick a text channel."
    if survey.locked:
        return "this thread is locked; unlock it."
    if survey.kind not in _POSTABLE:
        return "pick a text channel, an announcement channel or a thread."
    return None


def _thread_unsuitability(survey: ChannelState, options: SubscriptionOptions) -> str | None:
    if survey.kind not in (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM):
        return "threads need a text channel or a forum."
    if survey.kind is ChannelKind.FORUM and survey.requires_tag and options.tag is None:
        return f"this forum asks for a tag on every post; give one with the `tag` option: {_tags(survey)}."
    return None


def _tag_gone(survey: ChannelState) -> str:
    """Explain that the tag does not exist, or no longer, and how to choose another."""
    return (
        f"this forum has no such tag now; choose one with /subscribe and its `tag` option: {_tags(survey)}."
    )


def _tags(survey: ChannelState) -> str:
    return escape(", ".join((survey.tags or {}).values())) or "none"
