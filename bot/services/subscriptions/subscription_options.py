"""Options of subscriptions: merging requests with stored options and checking them against the channel.

Seen by: server managers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.authorization import Viewer, require_manager
from bot.domain.message_templates import Message
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.story import Story
from bot.domain.subscriptions.channel_reasons import NO_TAGS, TAG_UNKNOWN
from bot.domain.subscriptions.channel_refusals import (
    ChannelUnsuitable,
    MentionGone,
    MentionNotAllowed,
    MentionUnheard,
)
from bot.domain.subscriptions.pace import AS_RELEASED, parse_pace
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import (
    MentionReach,
    Subscription,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.domain.subscriptions.subscription_refusals import OptionsConflict
from bot.services.delivery.eligibility import ineligibility
from bot.services.guilds.channel_permissions import held_permissions, require_held, task_for_style
from bot.services.guilds.channel_survey import (
    ChannelKind,
    ChannelPermission,
    ChannelState,
    ChannelSurveyor,
    HeldPermissions,
)
from bot.services.stories.autocomplete_choices import Choice, match_choices
from bot.services.stories.story_lookup import SHOWN_TEXT, fold
from bot.services.subscriptions.subscription_requests import SubscribeRequest


@dataclass(frozen=True, slots=True)
class RequestedOptions:
    """The options of a subscription as an admin requests them, merged with those stored before."""

    options: SubscriptionOptions
    has_style: bool
    """Set where the style was requested now or before, so that it is no default."""
    has_mention: bool
    """Set where this request names a role."""
    tag: str | None
    """A forum's tag as it was typed or picked."""


def request_options(known: Subscription | None, request: SubscribeRequest) -> RequestedOptions:
    """Merge a request with the options of the subscription that is there, if one is.

    Raises:
        OptionsConflict: The pace is no schedule.
    """
    return RequestedOptions(
        merge_options(known, request.options, request.given),
        has_style=known is not None or request.given is None or "style" in request.given,
        has_mention=request.options.mention is not None,
        tag=request.tag,
    )


def merge_options(
    found: Subscription | None, options: SubscriptionOptions, given: Collection[str] | None
) -> SubscriptionOptions:
    """Return options with the `given` ones replaced (None: all) and the pace normalized.

    Raises:
        OptionsConflict: The pace is no schedule, in the words of the schedule parser.
    """
    if found is not None and found.state is not SubscriptionState.ENDED and given is not None:
        options = replace(found.options, **{name: getattr(options, name) for name in given})
    return replace(options, pace=_pace(options.pace)) if options.pace is not None else options


def _pace(text: str) -> str | None:
    if fold(text) == AS_RELEASED:
        return None
    try:
        return parse_pace(text).text
    except ScheduleError as error:
        raise OptionsConflict(
            reason=Message("That pace does not work: {why}", {"why": error.message})
        ) from None


def resolve_tag(survey: ChannelState | None, channel_id: int, typed: str) -> int | None:
    """Return the id of the forum tag that was picked or typed by name; None where the channel cannot be seen.

    Raises:
        ChannelUnsuitable: The channel has no such tag.
    """
    if survey is None:
        return None
    tags = survey.tags or {}
    for id_, name in tags.items():
        if typed == str(id_) or fold(typed) == fold(name):
            return id_
    if not tags:
        raise ChannelUnsuitable(channel=channel_id, reason=NO_TAGS())
    known = ", ".join(tags.values())
    raise ChannelUnsuitable(channel=channel_id, reason=TAG_UNKNOWN(tag=typed[:SHOWN_TEXT], tags=known))


def tag_choices(survey: ChannelState, typed: str) -> list[Choice]:
    """Return the forum's tags to pick from, best matches first."""
    return match_choices(((name, str(id_)) for id_, name in (survey.tags or {}).items()), typed)


async def resolve_options(
    messenger: ChannelSurveyor,
    viewer: Viewer,
    story: Story,
    channel_id: int,
    requested: RequestedOptions,
) -> tuple[SubscriptionOptions, ChannelState | None]:
    """Return the options to store and the present state of the channel.

    A forum gets the style `thread` unless a style was requested. The right to mention a role is checked only where this
    person names one, not for a role named before.

    Raises:
        Refusal: The person, the channel, the story's rating or the bot's permissions there do not allow it.
    """
    guild_id, wanted = require_manager(viewer), requested.options
    rights = await held_permissions(messenger, viewer, channel_id)
    if not requested.has_style and rights is not None and rights.kind is ChannelKind.FORUM:
        wanted = replace(wanted, style=ReleaseStyle.THREAD)
    require_held(rights, channel_id, task_for_style(wanted.style))
    survey = await messenger.survey(channel_id, wanted)
    if requested.tag is not None:
        wanted = replace(wanted, tag=resolve_tag(survey, channel_id, requested.tag))
    found = ineligibility(story, guild_id, channel_id, wanted, survey)
    if found is not None:
        raise found
    if requested.has_mention:
        _require_mention(wanted, guild_id, rights, survey)
    return wanted, survey


def _require_mention(
    wanted: SubscriptionOptions, guild_id: int, rights: HeldPermissions | None, survey: ChannelState | None
) -> None:
    """Refuse a role that they may not ping there; a subscription may never ping everyone."""
    if wanted.mention is None:
        return
    if wanted.mention == guild_id:
        raise MentionNotAllowed
    hearing = survey.hearing if survey is not None else None
    if hearing is MentionReach.GONE:
        raise MentionGone
    if hearing is not MentionReach.OPEN and (rights is None or ChannelPermission.MENTION not in rights.held):
        raise MentionNotAllowed
    if hearing is MentionReach.UNHEARD:
        raise MentionUnheard
