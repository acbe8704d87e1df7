"""What happens to servers: the bot comes and goes, and something changes that may keep posts out or let them in."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod

from bot.chat.gateway.connection import ReconnectBackoff
from bot.chat.gateway.guild_cache import GuildCache
from bot.chat.gateway.guild_events import GuildEvents
from bot.chat.gateway.session import Session
from bot.services.subscriptions.guild_retention import GuildRetention

_log = logging.getLogger(__name__)


class GuildMembership(Session):
    """A session that tells `GuildRetention` about its servers.

    A change is told only if it can matter to posting, since each one may lead to questions to Discord.
    """

    def __init__(self, api_url: str, gateway_url: str | None) -> None:
        super().__init__(api_url, gateway_url)
        self.roster = GuildCache()
        """What is known of servers; discord.py knows none."""
        self._lean = GuildEvents(self._connection, self.roster, self._changed)
        self._changes: set[int] = set()
        self._telling = False

    @property
    @abstractmethod
    def keeping(self) -> GuildRetention:
        """Where it is told."""

    def has_outage(self, guild_id: int) -> bool:
        """Whether Discord has told of an outage of that server that is not over."""
        return self.roster.has_outage(guild_id)

    def locale_of(self, guild_id: int) -> str | None:
        """The language that a server prefers; None where Discord has not told of it."""
        return self.roster.locale_of(guild_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Discord has told a connection's servers, also after each loss that could not be resumed."""
        await super().on_shard_ready(shard_id)
        if self.connected:
            await self._tell_all()
            self.on_change()

    async def _tell_all(self) -> None:
        """Tell of all servers, again for as long as it fails: until the next connection nobody else does."""
        waits = ReconnectBackoff(self.waits.first)
        while self.connected:
            try:
                await self.keeping.ready(list(self.roster.ids))
            except Exception:
                if not waits.attempts:
                    _log.exception("the servers could not be noted yet", extra={"action": "servers_unnoted"})
                await asyncio.sleep(waits.next())
            else:
                return

    async def on_server_joined(self, guild_id: int) -> None:
        """The bot was invited."""
        await self.keeping.joined(guild_id)
        self.on_change()

    async def on_server_left(self, guild_id: int) -> None:
        """The bot was removed; an outage does not come here."""
        await self.keeping.left(guild_id)

    def _changed(self, guild_id: int) -> None:
        """Something changed that may have kept posts out, or an outage is over."""
        self._changes.add(guild_id)
        if not self._telling:
            self._telling = True
            self.dispatch("servers_changed")

    async def on_servers_changed(self) -> None:
        """Tell of all changes that have come by now, and of those that come meanwhile: it may be a flood."""
        try:
            while self._changes:
                changes, self._changes = self._changes, set()
                if await self.keeping.changed(*changes):
                    self.on_change()
        finally:
            self._telling = False
