"""Checks of `fascicle doctor` that ask Discord: the application, guilds, channels and the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.config import Secret, Settings
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState

if TYPE_CHECKING:
    from bot.chat.connection_checks import ConnectionChecks

from bot.cli.doctor_result import Destinations, DoctorResult

LARGEST_SKEW = timedelta(seconds=5)
"""How far the machine's clock may be off: chapters come out by it, and history is searched by it."""


async def check_discord(settings: Settings, token: Secret, kept: Destinations) -> AsyncIterator[DoctorResult]:
    from bot.chat.connection_checks import Unreachable, open_connection_checks
    from bot.chat.gateway.connection_errors import TokenRejected

    where = settings.discord.api_url
    try:
        async with open_connection_checks(where, token.reveal(), SystemClock()) as discord:
            yield DoctorResult("token", True, "Discord accepts it.")
            async for finding in check_application(discord):
                yield finding
            async for finding in check_guilds(discord, kept):
                yield finding
            yield check_clock(discord.skew)
    except TokenRejected as error:
        yield DoctorResult("token", False, str(error), fatal=True)
    except Unreachable as error:
        yield DoctorResult(
            "Discord",
            False,
            f"{where} does not answer ({error}).",
            "Check the network and discord.api_url, or wait until https://discordstatus.com is green.",
        )


async def check_application(discord: ConnectionChecks) -> AsyncIterator[DoctorResult]:
    application = await discord.application()
    yield DoctorResult("application", True, f"{application.name}, {application.id}.")
    yield DoctorResult("intents", True, "none is needed that Discord would have to grant.")
    if application.endpoint:
        yield DoctorResult(
            "interactions",
            False,
            f"Discord sends commands and buttons to {application.endpoint} instead of to this bot.",
            "Empty “Interactions Endpoint URL” on the application’s General Information page.",
        )
    else:
        yield DoctorResult("interactions", True, "commands and buttons come to this bot.")
    if application.needs_code_grant:
        yield DoctorResult(
            "invitation",
            False,
            "“Requires OAuth2 Code Grant” is on, so the bot cannot be invited.",
            "Turn it off on the application’s Bot page.",
        )
    servers = await discord.guilds()
    if servers:
        named = ", ".join(sorted(servers.values())[:5])
        more = f" and {len(servers) - 5} more" if len(servers) > 5 else ""
        yield DoctorResult("servers", True, f"the bot is in {named}{more}.")
    else:
        yield DoctorResult("servers", False, "the bot is in none.", f"Invite it: {application.invite}")


async def check_guilds(discord: ConnectionChecks, kept: Destinations) -> AsyncIterator[DoctorResult]:
    """Check every subscribed channel for whether it would take its story now."""
    servers = await discord.guilds()
    away: set[int] = set()
    for subscription, story in kept:
        guild = subscription.guild_id
        if guild is None or guild in away:
            continue
        if guild not in servers:
            away.add(guild)
            yield DoctorResult(
                f"server {guild}",
                False,
                "the bot is not in it, though it has subscriptions.",
                "Invite it again; what the server set up is kept for 90 days.",
            )
            continue
        yield await _destination(discord, servers[guild], subscription, story)


async def _destination(
    discord: ConnectionChecks, server: str, subscription: Subscription, story: Story
) -> DoctorResult:
    from bot.services.delivery.eligibility import ineligibility
    from bot.services.delivery.parking import fault_from

    assert subscription.guild_id is not None
    survey = await discord.survey(subscription.channel_id, subscription.options)
    name = f"#{survey.name}" if survey is not None else f"channel {subscription.channel_id}"
    subject = f"{server}, {name}, “{story.title}”"
    found = ineligibility(story, subscription.guild_id, subscription.channel_id, subscription.options, survey)
    if found is not None:
        return DoctorResult(subject, False, str(fault_from(found, SystemClock().now()).reason))
    state = "" if subscription.state is SubscriptionState.ACTIVE else f" It is {subscription.state.value}."
    return DoctorResult(subject, True, f"nothing is missing.{state}")


def check_clock(skew: timedelta | None) -> DoctorResult:
    if skew is None:
        return DoctorResult("clock", True, "Discord’s answers bear no date to compare it with.")
    seconds = skew.total_seconds()
    if abs(skew) > LARGEST_SKEW:
        return DoctorResult(
            "clock",
            False,
            f"this machine’s clock is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} Discord’s.",
            "Have it set by NTP (on most systems: timedatectl set-ntp true).",
        )
    return DoctorResult("clock", True, f"it agrees with Discord’s to {max(1, abs(seconds)):.0f} s.")
