"""A session that keeps the services informed about the guilds that the bot is in."""

from __future__ import annotations

import asyncio
import logging

from bot.chat.gateway.guild_cache import GuildCache
from bot.chat.gateway.guild_events import GuildEvents
from bot.chat.gateway.reconnect_backoff import ReconnectBackoff
from bot.chat.gateway.registered_commands import RegisteredCommands
from bot.chat.gateway.request_trace import RequestObserver
from bot.chat.gateway.session import Session
from bot.services.container import Services

_log = logging.getLogger(__name__)


class JoinedGuilds(Session):
    """A session with the services, which learn of guilds that come, go and change.

    Each report may lead to requests to Discord, so changes are reported only if they can matter to posting.
    """

    def __init__(
        self,
        api_url: str,
        gateway_url: str | None,
        *,
        operators: frozenset[int] = frozenset(),
        observer: RequestObserver | None = None,
    ) -> None:
        super().__init__(api_url, gateway_url, observer)
        self.operators = operators
        """Users who may operate the bot."""
        self.guild_cache = GuildCache()
        """What is known of guilds; discord.py knows none."""
        self.registered_commands = RegisteredCommands()
        """The commands, and their ids for mentions."""
        self._guild_events = GuildEvents(self._connection, self.guild_cache, self._report_change)
        self._services: Services | None = None
        self._changed: set[int] = set()
        self._reporting = False

    @property
    def services(self) -> Services:
        """The use cases behind every command and event.

        Raises:
            RuntimeError: They have not been set yet.
        """
        if self._services is None:
            raise RuntimeError("the client was given no services")
        return self._services

    def has_outage(self, guild_id: int) -> bool:
        """Return whether Discord has announced an outage of the guild that is not over."""
        return self.guild_cache.has_outage(guild_id)

    def locale_of(self, guild_id: int) -> str | None:
        """Return the preferred language of a guild; None where it is not known."""
        return self.guild_cache.locale_of(guild_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Report all guilds, also after each loss of a connection that could not be resumed."""
        await super().on_shard_ready(shard_id)
        if self.connected:
            await self._report_all()
            self.on_change()

    async def _report_all(self) -> None:
        """Report all guilds and try again while that fails, for nothing else does until the next connection."""
        waits = ReconnectBackoff(self.waits.first)
        while self.connected:
            try:
                await self.services.guild_retention.sync_guilds(list(self.guild_cache.ids))
            except Exception:
                if not waits.attempts:
                    _log.exception("the servers could not be noted yet", extra={"action": "servers_unnoted"})
                await asyncio.sleep(waits.next())
            else:
                return

    async def on_guild_added(self, guild_id: int) -> None:
        """Report that the bot was invited."""
        await self.services.guild_retention.record_join(guild_id)
        self.on_change()

    async def on_guild_removed(self, guild_id: int) -> None:
        """Report that the bot was removed, which an outage is not."""
        await self.services.guild_retention.record_departure(guild_id)

    def _report_change(self, guild_id: int) -> None:
        self._changed.add(guild_id)
        if not self._reporting:
            self._reporting = True
            self.dispatch("guilds_changed")

    async def on_guilds_changed(self) -> None:
        """Report the changes so far, then those that arrive meanwhile: a flood becomes a few reports."""
        try:
            while self._changed:
                changed, self._changed = self._changed, set()
                if await self.services.guild_retention.recheck_parked(*changed):
                    self.on_change()
        finally:
            self._reporting = False
