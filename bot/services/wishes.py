"""What an admin asks of a subscription, made into its options."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.domain.errors import ChannelUnsuitable, OptionsConflict
from bot.domain.pacing import AS_RELEASED, pace_of
from bot.domain.pages import escape
from bot.domain.schedule import ScheduleError
from bot.domain.subscription import Options, Subscription, SubscriptionState
from bot.services.browse import Choice, matching
from bot.services.lookup import SHOWN_TEXT, fold
from bot.services.ports import Survey


def merged(found: Subscription | None, options: Options, given: Collection[str] | None) -> Options:
    """The options of a subscription once those `given` (None: all) are changed, their pace in its usual spelling.

    Raises:
        OptionsConflict: the pace is no schedule, in the words of whoever reads schedules.
    """
    if found is not None and found.state is not SubscriptionState.ENDED and given is not None:
        options = replace(found.options, **{name: getattr(options, name) for name in given})
    return replace(options, pace=_pace(options.pace)) if options.pace is not None else options


def _pace(text: str) -> str | None:
    if fold(text) == AS_RELEASED:
        return None
    try:
        return pace_of(text).text
    except ScheduleError as error:
        raise OptionsConflict(reason=f"That pace does not work: {escape(str(error))}") from None


def tag_of(survey: Survey | None, channel_id: int, typed: str) -> int | None:
    """The id of the forum's tag that was picked, or typed by its name; None where the channel cannot be seen.

    Raises:
        ChannelUnsuitable: the channel has no such tag.
    """
    if survey is None:
        return None
    tags = survey.tags or {}
    for id_, name in tags.items():
        if typed == str(id_) or fold(typed) == fold(name):
            return id_
    if tags:
        reason = f"this forum has no tag “{escape(typed[:SHOWN_TEXT])}”; it has {escape(', '.join(tags.values()))}."
    else:
        reason = "only forums have tags, and this channel has none; leave `tag` out."
    raise ChannelUnsuitable(channel=channel_id, reason=reason)


def tag_choices(survey: Survey, typed: str) -> list[Choice]:
    """The forum's tags to pick from, those whose name begins with what was typed first."""
    return matching(((name, str(id_)) for id_, name in (survey.tags or {}).items()), typed)
