"""Base of the messengers: REST calls whose failures become outcomes, and the language of what is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord

from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.chat.rest.dm_channels import DmChannelCache
from bot.chat.rest.outcomes import ARCHIVED, CANNOT_REACH, outcome_of
from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Outcome, Sent
from bot.services.people.languages import Languages

T = TypeVar("T")


class DiscordCalls:
    """REST calls through the client of the bot; nothing depends on discord.py's cache."""

    def __init__(self, client: JoinedGuilds, clock: Clock, languages: Languages) -> None:
        self._client = client
        self._clock = clock
        self._languages = languages
        self._dm_channels = DmChannelCache(client)

    async def _attempt(self, call: Callable[[], Awaitable[int | None]]) -> Outcome:
        """Make a call that changes something, and return its outcome; its result is a message's id."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return Sent(await call())
        except Exception as error:
            return outcome_of(error, self._clock.now())

    async def _request(self, call: Callable[[], Awaitable[T]]) -> T | Outcome:
        """Make a call that asks for something, and return its result, or the outcome of a failure."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return await call()
        except Exception as error:
            return outcome_of(error, self._clock.now())

    def _reopening(self, channel_id: int, call: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[int]]:
        """Return a call that reopens the thread and tries again where it is archived (docs: topics/threads)."""

        async def call_twice() -> int:
            try:
                return await call()
            except discord.HTTPException as error:
                if error.code != ARCHIVED:
                    raise
                await self._client.http.edit_channel(channel_id, archived=False)
                return await call()

        return call_twice

    async def _locale(self, guild_id: int | None, user_id: int | None = None) -> str | None:
        """Return the locale for a new post: the guild's, or in a DM that of its reader."""
        if guild_id is not None:
            return self._client.locale_of(guild_id)
        return None if user_id is None else await self._languages.locale(user_id)

    async def _locale_of_post(self, guild_id: int | None, channel_id: int) -> str | None:
        """Return the locale for an edit of a post."""
        reader = await self._dm_channels.find_dm_user(channel_id) if guild_id is None else None
        return await self._locale(guild_id, reader)
