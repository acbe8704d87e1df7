"""The commands with which those who manage a guild subscribe its channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.interactions.autocomplete import LONGEST, make_autocomplete
from bot.chat.interactions.command_availability import GUILD_INSTALLS, GUILDS_ONLY, make_available
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import ChapterChannel
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.story_autocomplete import stories
from bot.chat.subscriptions import subscription_texts, subscription_view
from bot.domain.subscriptions.channel_refusals import NotInServer
from bot.domain.subscriptions.pace import AS_RELEASED
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose, match_choices
from bot.services.subscriptions.subscription_requests import SubscribeRequest

_STARTS = [
    app_commands.Choice(name=subscription_texts.START_NEXT, value=Start.NEXT.value),
    app_commands.Choice(name=subscription_texts.START_LATEST, value=Start.LATEST.value),
    app_commands.Choice(name=subscription_texts.START_BEGINNING, value=Start.BEGINNING.value),
]


_STYLES = [
    app_commands.Choice(name=subscription_texts.STYLE_PAGES, value=ReleaseStyle.PAGES.value),
    app_commands.Choice(name=subscription_texts.STYLE_THREAD, value=ReleaseStyle.THREAD.value),
    app_commands.Choice(name=subscription_texts.STYLE_CARD, value=ReleaseStyle.CARD.value),
]


def _channel_or_here(interaction: Interaction, channel: int | None) -> int:
    """Return the given channel, or the one in which the command was used."""
    chosen = channel if channel is not None else interaction.channel_id
    if chosen is None:
        raise NotInServer
    return chosen


async def _paces(_interaction: Interaction, typed: str) -> Sequence[Choice]:
    names = {AS_RELEASED: subscription_texts.as_released()}
    return match_choices(
        ((names.get(pace, pace), pace) for pace in (AS_RELEASED, *subscription_texts.PACES)), typed
    )


async def _tags(interaction: Interaction, typed: str) -> Sequence[Choice]:
    """Complete a tag of the forum given so far, or of the one in which the command is used."""
    named = interaction.namespace.channel
    here = _channel_or_here(interaction, named.id if named is not None else None)
    return await services(interaction).channel_subscriptions.tag_choices(viewer_of(interaction), here, typed)


@app_commands.command(description=subscription_texts.SUBSCRIBE)
@app_commands.describe(
    story=subscription_texts.SUBSCRIBE_STORY,
    channel=subscription_texts.SUBSCRIBE_CHANNEL,
    start=subscription_texts.SUBSCRIBE_START,
    pace=subscription_texts.SUBSCRIBE_PACE,
    style=subscription_texts.SUBSCRIBE_STYLE,
    mention=subscription_texts.SUBSCRIBE_MENTION,
    publish=subscription_texts.SUBSCRIBE_PUBLISH,
    tag=subscription_texts.SUBSCRIBE_TAG,
)
@app_commands.choices(start=_STARTS, style=_STYLES)
@app_commands.autocomplete(
    story=stories(ChoicePurpose.SUBSCRIBE),
    pace=make_autocomplete(_paces, str),
    tag=make_autocomplete(_tags, str),
)
async def subscribe(  # noqa: PLR0913 - Discord's options are parameters
    interaction: Interaction,
    story: str,
    channel: ChapterChannel | None = None,
    start: str | None = None,
    pace: app_commands.Range[str, 1, LONGEST] | None = None,
    style: str | None = None,
    mention: discord.Role | None = None,
    publish: bool | None = None,
    tag: str | None = None,
) -> None:
    """Subscribe a channel. Discord is asked about the channel first, which may take longer than three seconds."""
    await defer(interaction)
    wishes: dict[str, Any] = {
        "pace": pace,
        "style": ReleaseStyle(style) if style is not None else None,
        "mention": mention.id if mention is not None else None,
        "publish": publish,
    }
    given = {name: value for name, value in wishes.items() if value is not None}
    done = await services(interaction).channel_subscriptions.subscribe(
        viewer_of(interaction),
        story,
        _channel_or_here(interaction, channel),
        SubscribeRequest(
            SubscriptionOptions(**given),
            start=Start(start) if start is not None else None,
            given=given.keys(),
            tag=tag,
        ),
    )
    wake_background_jobs(interaction)
    await respond(interaction, subscription_view.subscribe_answer(done))


@app_commands.command(description=subscription_texts.UNSUBSCRIBE)
@app_commands.describe(
    story=subscription_texts.SUBSCRIBED_STORY, channel=subscription_texts.SUBSCRIBED_CHANNEL
)
@app_commands.autocomplete(story=stories(ChoicePurpose.SUBSCRIBED))
async def unsubscribe(interaction: Interaction, story: str, channel: ChapterChannel | None = None) -> None:
    """End a subscription. Discord is asked first whether this person sees the channel."""
    await defer(interaction)
    here = _channel_or_here(interaction, channel)
    done = await services(interaction).channel_subscriptions.unsubscribe(viewer_of(interaction), story, here)
    await respond(interaction, subscription_view.unsubscribe_answer(done))


@app_commands.command(name="subscriptions", description=subscription_texts.SUBSCRIPTIONS)
async def list_subscriptions(interaction: Interaction) -> None:
    """List the guild's subscriptions."""
    listed = await services(interaction).channel_subscriptions.list_subscriptions(viewer_of(interaction))
    await respond(interaction, subscription_view.subscription_list(listed))


@app_commands.command(description=subscription_texts.PAUSE)
@app_commands.describe(
    story=subscription_texts.SUBSCRIBED_STORY, channel=subscription_texts.SUBSCRIBED_CHANNEL
)
@app_commands.autocomplete(story=stories(ChoicePurpose.SUBSCRIBED))
async def pause(interaction: Interaction, story: str, channel: ChapterChannel | None = None) -> None:
    """Pause a subscription. Discord is asked first whether this person sees the channel."""
    await defer(interaction)
    here = _channel_or_here(interaction, channel)
    done = await services(interaction).channel_subscriptions.pause(viewer_of(interaction), story, here)
    await respond(interaction, subscription_view.pause_answer(done))


@app_commands.command(description=subscription_texts.RESUME)
@app_commands.describe(
    story=subscription_texts.SUBSCRIBED_STORY, channel=subscription_texts.SUBSCRIBED_CHANNEL
)
@app_commands.autocomplete(story=stories(ChoicePurpose.SUBSCRIBED))
async def resume(interaction: Interaction, story: str, channel: ChapterChannel | None = None) -> None:
    """Resume a subscription. Discord is asked first whether the channel takes posts again."""
    await defer(interaction)
    here = _channel_or_here(interaction, channel)
    done = await services(interaction).channel_subscriptions.resume(viewer_of(interaction), story, here)
    wake_background_jobs(interaction)
    await respond(interaction, subscription_view.resume_answer(done))


COMMANDS = make_available(
    *(subscribe, unsubscribe, list_subscriptions, pause, resume),
    contexts=GUILDS_ONLY,
    installs=GUILD_INSTALLS,
    default=discord.Permissions(manage_guild=True),
)
