"""Questions by REST about guilds, their members and people's DM channels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import discord

from bot.chat.rest.discord_calls import DiscordCalls
from bot.domain.delivery.outcomes import Outcome


class DiscordGuildDirectory(DiscordCalls):
    """Implements the ports `GuildDirectory` and `DmChannels` of the services."""

    async def is_member(self, guild_id: int, user_id: int) -> bool | Outcome:
        """Return whether somebody is in a guild that the bot is in; an outcome if Discord does not say."""

        async def ask() -> bool:
            if guild_id not in self._client.guild_cache:
                return False
            try:
                await self._client.http.get_member(guild_id, user_id)
            except discord.NotFound:
                return False
            return True

        return await self._request(ask)

    async def get_time_out_end(self, guild_id: int) -> datetime | None:
        """Return when the bot's last time-out in the guild ends or has ended; None if it is not known."""

        async def ask() -> datetime | None:
            assert self._client.user is not None
            member: Any = await self._client.http.get_member(guild_id, self._client.user.id)
            until = member.get("communication_disabled_until")
            return None if until is None else datetime.fromisoformat(until)

        ends = await self._request(ask)
        return ends if isinstance(ends, datetime) else None

    def has_outage(self, guild_id: int) -> bool:
        """Return whether Discord has announced an outage of the guild that is not over."""
        return self._client.has_outage(guild_id)

    async def find_dm_channel(self, user_id: int) -> int | Outcome:
        """Return the channel for direct messages to somebody; an outcome if Discord opens none."""

        async def open_channel() -> int:
            return await self._dm_channels.open(user_id)

        return await self._request(open_channel)

    async def find_dm_user(self, channel_id: int) -> int | None:
        """Return whose channel for direct messages that is; None where Discord does not say."""
        return await self._dm_channels.find_dm_user(channel_id)
