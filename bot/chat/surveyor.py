"""Asking Discord, by REST, how things stand in a channel now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import discord

from bot.chat.permissions import Json, kind_of, missing, missing_for_ideas, permissions_in
from bot.clock import Clock
from bot.domain.subscription import Options
from bot.services.ports import ChannelKind, Survey

_NOT_THERE = (403, 404)

_Lacking = Callable[[discord.Permissions, ChannelKind], tuple[str, ...]]


class Surveyor:
    """Looks at channels. What it says is exact even where discord.py caches nothing."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def survey(self, channel_id: int, options: Options) -> Survey | None:
        """The channel as it is now, or None if the bot cannot see it.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        return await self._survey(channel_id, lambda held, kind: missing(held, kind, options.style))

    async def survey_room(self, channel_id: int, *, poll: bool) -> Survey | None:
        """The same for a message that shows ideas, or a poll about them.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        return await self._survey(channel_id, partial(missing_for_ideas, poll=poll))

    async def _survey(self, channel_id: int, lacking: _Lacking) -> Survey | None:
        channel = await self._seen(channel_id)
        if channel is None:
            return None
        kind = kind_of(channel)
        if "guild_id" not in channel:
            return Survey(channel_id, None, "", kind, age_restricted=False)
        governing = await self._governing(channel, kind)
        if governing is None:
            return None
        held = await self._held(governing)
        if not held.view_channel:
            return None
        return Survey(
            channel_id=channel_id,
            guild_id=int(channel["guild_id"]),
            name=channel.get("name") or "",
            kind=kind,
            age_restricted=bool(governing.get("nsfw")),
            missing=lacking(held, kind),
            tags=_tags(channel, moderator=held.manage_threads),
            requires_tag=bool(int(channel.get("flags") or 0) & discord.ChannelFlags.require_tag.flag),
            locked=_is_locked(channel) and not held.manage_threads,
        )

    async def age_restricted(self, channel_id: int) -> bool:
        """Whether the channel is marked so; a thread's parent is (docs: topics/threads).

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
        """
        channel: Json = await self._client.http.get_channel(channel_id)
        if kind_of(channel) is ChannelKind.THREAD:
            channel = await self._client.http.get_channel(int(channel["parent_id"]))
        return bool(channel.get("nsfw"))

    async def reads_history(self, channel_id: int) -> bool:
        """Whether history there can be believed when it is empty."""
        channel = await self._seen(channel_id)
        if channel is None:
            return False
        if "guild_id" not in channel:
            return True
        governing = await self._governing(channel, kind_of(channel))
        return governing is not None and (await self._held(governing)).read_message_history

    async def _seen(self, channel_id: int) -> Json | None:
        try:
            return await self._client.http.get_channel(channel_id)
        except discord.HTTPException as error:
            if error.status in _NOT_THERE:
                return None
            raise

    async def _governing(self, channel: Json, kind: ChannelKind) -> Json | None:
        """The channel whose overwrites and age flag count: a thread's parent (docs: topics/threads)."""
        if kind is not ChannelKind.THREAD:
            return channel
        return await self._seen(int(channel["parent_id"]))

    async def _held(self, channel: Json) -> discord.Permissions:
        guild_id = int(channel["guild_id"])
        assert self._client.user is not None
        roles: Any = await self._client.http.get_roles(guild_id)
        member: Any = await self._client.http.get_member(guild_id, self._client.user.id)
        return permissions_in(channel, guild_id=guild_id, roles=roles, member=member, now=self._clock.now())


def _is_locked(channel: Json) -> bool:
    return bool((channel.get("thread_metadata") or {}).get("locked"))


def _tags(channel: Json, *, moderator: bool) -> Mapping[int, str] | None:
    """A forum's tags, without those that only moderators may give (docs: resources/channel, Forum Tag)."""
    tags = channel.get("available_tags") or ()
    return {int(tag["id"]): tag["name"] for tag in tags if moderator or not tag.get("moderated")} or None
