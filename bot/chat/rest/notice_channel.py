"""Where in a server a message reaches whoever manages it."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.rest.permissions import kind_of, permissions_in
from bot.clock import Clock
from bot.services.guilds.channel_survey import ChannelKind

_BOARDS = (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT)


async def noticeboard(client: discord.Client, guild_id: int, clock: Clock) -> int | None:
    """The channel for news to a server: the one it uses for Discord's own, else the first where the bot may write.

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
        if kind_of(channel) not in _BOARDS:
            continue
        told = {**channel, "guild_id": str(guild_id)}
        held = permissions_in(told, guild_id=guild_id, roles=guild["roles"], member=member, now=clock.now())
        if held.view_channel and held.send_messages:
            return int(channel["id"])
    return None
