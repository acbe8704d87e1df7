"""What happens to servers: the bot comes and goes, and something changes that may keep posts out or let them in."""

from __future__ import annotations

from abc import abstractmethod

import discord

from bot.chat.session import Session
from bot.services.keep import Keeping


class Servers(Session):
    """A session that tells `Keeping` about its servers.

    A change is told only if it can matter to posting, since each one may lead to questions to Discord.
    """

    @property
    @abstractmethod
    def keeping(self) -> Keeping:
        """Where it is told."""

    def has_outage(self, guild_id: int) -> bool:
        """Whether Discord has told of an outage of that server that is not over."""
        guild = self.get_guild(guild_id)
        return guild is not None and guild.unavailable

    async def on_ready(self) -> None:
        """Discord has told all servers, also after each loss that could not be resumed."""
        await self.keeping.ready([guild.id for guild in self.guilds])
        self.on_change()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited."""
        await self.keeping.joined(guild.id)
        self.on_change()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed; an outage does not come here."""
        await self.keeping.left(guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """An outage is over. While connecting, every server comes here; `on_ready` speaks for them then."""
        if self.is_ready():
            await self._changed(guild.id)

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is new, or new to the bot."""
        await self._changed(channel.guild.id)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """A channel changed; its name and topic keep nobody out."""
        if _gate(before) != _gate(after):
            await self._changed(after.guild.id)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A role changed; its colour keeps nobody out."""
        if before.permissions != after.permissions:
            await self._changed(after.guild.id)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role is gone, and what it denied with it."""
        await self._changed(role.guild.id)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot itself was given or lost roles, or its time-out changed; of others Discord does not tell."""
        if before.roles != after.roles or before.timed_out_until != after.timed_out_until:
            await self._changed(after.guild.id)

    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """A thread was opened, locked or unlocked, whether it is cached or not."""
        await self._changed(event.guild_id)

    async def _changed(self, guild_id: int) -> None:
        if await self.keeping.changed(guild_id):
            self.on_change()


def _gate(channel: discord.abc.GuildChannel) -> tuple[object, ...]:
    """What of a channel decides who may post what in it."""
    return (
        channel.type,
        channel.category_id,
        channel.overwrites,
        getattr(channel, "nsfw", None),
        getattr(channel, "flags", None),
        getattr(channel, "available_tags", None),
    )
