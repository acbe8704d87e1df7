"""Causes of refusals where Discord's answer does not name them: a time-out with its end, or a deleted tag."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery.outcomes import Outcome, Refused, Unfit
from bot.domain.errors import Refusal
from bot.domain.subscriptions.channel_refusals import ChannelUnsuitable, TimedOut
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.eligibility import unsuitability
from bot.services.delivery.parking import fault_from
from bot.services.guilds.channel_survey import ChannelSurveyor
from bot.services.guilds.guild_directory import GuildDirectory

_NOT_ALLOWED = "discord-50013"
_NOT_ACCEPTED = "discord-50035"

_SKEW = timedelta(minutes=1)
"""How far Discord's clock may be behind: it refuses what is allowed again by ours."""

RETRY_AFTER_TIME_OUT = timedelta(seconds=2)
"""Delay of the next attempt after the end of a time-out."""

_SOON = timedelta(seconds=15)


async def explain_time_out(
    messenger: GuildDirectory, guild_id: int | None, outcome: Outcome, now: datetime
) -> Outcome:
    """Add the reason and the end to a refusal caused by a time-out; any other outcome is returned unchanged."""
    if guild_id is None or not isinstance(outcome, Refused) or outcome.fault.code != _NOT_ALLOWED:
        return outcome
    ends = await messenger.get_time_out_end(guild_id)
    if ends is None or ends < now - _SKEW:
        return outcome
    reason = fault_from(TimedOut(at=int(ends.timestamp())), now)
    return Refused(reason, until=max(ends + RETRY_AFTER_TIME_OUT, now + _SOON))


async def explain_missing_tag(
    messenger: ChannelSurveyor,
    channel_id: int,
    options: SubscriptionOptions,
    outcome: Outcome,
    now: datetime,
) -> Outcome:
    """Add the existing tags to a refusal caused by a deleted forum tag; any other outcome is returned unchanged."""
    if options.tag is None or not isinstance(outcome, Refused | Unfit) or outcome.fault.code != _NOT_ACCEPTED:
        return outcome
    try:
        survey = await messenger.survey(channel_id, options)
    except Refusal:
        return outcome
    reason = unsuitability(survey, options) if survey is not None else None
    if reason is None:
        return outcome
    return Refused(fault_from(ChannelUnsuitable(channel=channel_id, reason=reason), now))
