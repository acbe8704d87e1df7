"""The channel in which a message reaches the people who manage a guild."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.rest.permissions import channel_kind, permissions_in
from bot.clock import Clock
from bot.services.guilds.channel_survey import ChannelKind

_POSSIBLE_KINDS = (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT)


async def find_notice_channel(client: discord.Client, guild_id: int, clock: Clock) -> int | None:
    """Return the guild's system channel if the bot may write there, else the first in which it may.

    Raises:
        discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
    """
    if client.user is None:
        return None
    guild: Any = await client.http.get_guild(guild_id)
    member: Any = await client.http.get_member(guild_id, client.user.id)
    channels: list[Any] = await client.http.get_all_guild_channels(guild_id)
    system = guild.get("system_channel_id")
    for channel in sorted(channels, key=lambda each: (each["id"] != system, int(each.get("position") or 0))):
        if channel_kind(channel) not in _POSSIBLE_KINDS:
            continue
        located = {**channel, "guild_id": str(guild_id)}
        held = permissions_in(
            located, guild_id=guild_id, roles=guild["roles"], member=member, now=clock.now()
        )
        if held.view_channel and held.send_messages:
            return int(channel["id"])
    return None
