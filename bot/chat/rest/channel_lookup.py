"""Surveys of channels by REST: their state, and the permissions held in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord

from bot.chat.rest.permissions import (
    Json,
    channel_kind,
    command_permissions,
    mention_reach,
    missing_for_panel,
    missing_for_style,
    permissions_in,
    timed_out_until,
)
from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState, HeldPermissions

_HIDDEN_OR_GONE = (403, 404)

_PRIVATE_THREAD = 12

_FindMissing = Callable[[discord.Permissions, ChannelKind], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Membership:
    """The bot's permissions in a channel, with the roles and the member that they follow from."""

    roles: Sequence[Json]
    member: Json
    held: discord.Permissions


class ChannelLookup:
    """Asks Discord about channels, without discord.py's cache."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """Return the channel as it is now, or None if the bot cannot see it.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        find_missing = partial(missing_for_style, style=options.style)
        return await self._survey(channel_id, find_missing, options.mention)

    async def survey_for_panel(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        """Return the same for a message that shows suggestions, or a poll about them.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        return await self._survey(channel_id, partial(missing_for_panel, poll=poll))

    async def get_permissions(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """Return the permissions of a person in a channel, or None if Discord shows the bot no such channel.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        guild_id = viewer.guild_id
        channel = await self._find_channel(guild_id, channel_id)
        if channel is None or guild_id is None:
            return None
        kind, there = channel_kind(channel), int(channel.get("guild_id") or 0)
        if there != guild_id:
            return HeldPermissions(there, kind, frozenset())
        if viewer.administrator:
            return HeldPermissions(guild_id, kind, frozenset(ChannelPermission))
        governing: Json | None = channel
        if kind is ChannelKind.THREAD:
            governing = await self._find_channel(guild_id, int(channel["parent_id"]))
        held = (
            await self._permissions_of(governing, viewer, guild_id)
            if governing
            else discord.Permissions.none()
        )
        if int(channel["type"]) == _PRIVATE_THREAD and not held.manage_threads:
            # Only who was added to a private thread sees it (docs: topics/threads, Private Threads).
            held = (
                held
                if await self._is_thread_member(channel_id, viewer.user_id)
                else discord.Permissions.none()
            )
        return HeldPermissions(guild_id, kind, command_permissions(held))

    async def get_mention_reach(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach:
        """Return the reach of a role's mention by the bot, with one request where everybody may mention the role.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
        """
        roles: Any = await self._client.http.get_roles(guild_id)
        reach = mention_reach(role_id, roles, discord.Permissions.none())
        if reach is not MentionReach.UNHEARD:
            return reach
        channel: Json = await self._client.http.get_channel(channel_id)
        governing = await self._governing_channel(channel, channel_kind(channel))
        return mention_reach(role_id, roles, (await self._own_membership(governing or channel)).held)

    async def _survey(
        self, channel_id: int, find_missing: _FindMissing, mention: int | None = None
    ) -> ChannelState | None:
        channel = await self._channel(channel_id)
        if channel is None:
            return None
        kind = channel_kind(channel)
        if "guild_id" not in channel:
            return ChannelState(channel_id, None, "", kind, age_restricted=False)
        governing = await self._governing_channel(channel, kind)
        if governing is None:
            return None
        own = await self._own_membership(governing)
        held = own.held
        if not held.view_channel:
            return None
        return ChannelState(
            channel_id=channel_id,
            guild_id=int(channel["guild_id"]),
            name=channel.get("name") or "",
            kind=kind,
            age_restricted=bool(governing.get("nsfw")),
            missing=find_missing(held, kind),
            tags=_tags(channel, moderator=held.manage_threads),
            requires_tag=bool(int(channel.get("flags") or 0) & discord.ChannelFlags.require_tag.flag),
            locked=_is_locked(channel) and not held.manage_threads,
            hearing=mention_reach(mention, own.roles, held) if mention is not None else None,
            timed_out_until=timed_out_until(own.member, self._clock.now()),
        )

    async def is_age_restricted(self, channel_id: int) -> bool:
        """Return whether the channel (for a thread: its parent) is age-restricted (docs: topics/threads).

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
        """
        channel: Json = await self._client.http.get_channel(channel_id)
        if channel_kind(channel) is ChannelKind.THREAD:
            channel = await self._client.http.get_channel(int(channel["parent_id"]))
        return bool(channel.get("nsfw"))

    async def reads_history(self, channel_id: int) -> bool:
        """Return whether the bot may read the history, so that an empty one proves something."""
        channel = await self._channel(channel_id)
        if channel is None:
            return False
        if "guild_id" not in channel:
            return True
        governing = await self._governing_channel(channel, channel_kind(channel))
        return governing is not None and (await self._own_membership(governing)).held.read_message_history

    async def _channel(self, channel_id: int) -> Json | None:
        try:
            return await self._client.http.get_channel(channel_id)
        except discord.HTTPException as error:
            if error.status in _HIDDEN_OR_GONE:
                return None
            raise

    async def _governing_channel(self, channel: Json, kind: ChannelKind) -> Json | None:
        """Return the channel whose overwrites and age restriction apply: a thread's parent (docs: topics/threads)."""
        if kind is not ChannelKind.THREAD:
            return channel
        return await self._channel(int(channel["parent_id"]))

    async def _find_channel(self, guild_id: int | None, channel_id: int) -> Json | None:
        """Return a channel, also one that the bot may not open: the guild's list has all channels, but no threads."""
        channel = await self._channel(channel_id)
        if channel is not None or guild_id is None:
            return channel
        try:
            channels: Any = await self._client.http.get_all_guild_channels(guild_id)
        except discord.HTTPException as error:
            if error.status in _HIDDEN_OR_GONE:
                return None
            raise
        return next(
            ({**each, "guild_id": str(guild_id)} for each in channels if int(each["id"]) == channel_id), None
        )

    async def _own_membership(self, channel: Json) -> _Membership:
        guild_id = int(channel["guild_id"])
        assert self._client.user is not None
        roles: Any = await self._client.http.get_roles(guild_id)
        member: Any = await self._client.http.get_member(guild_id, self._client.user.id)
        held = permissions_in(channel, guild_id=guild_id, roles=roles, member=member, now=self._clock.now())
        return _Membership(roles, member, held)

    async def _permissions_of(self, channel: Json, viewer: Viewer, guild_id: int) -> discord.Permissions:
        """Return the permissions of somebody by the roles that came with their interaction."""
        roles: Any = await self._client.http.get_roles(guild_id)
        member = {"user": {"id": viewer.user_id}, "roles": viewer.roles}
        return permissions_in(channel, guild_id=guild_id, roles=roles, member=member, now=self._clock.now())

    async def _is_thread_member(self, thread_id: int, user_id: int) -> bool:
        try:
            await self._client.http.get_thread_member(thread_id, user_id)
        except discord.HTTPException as error:
            if error.status in _HIDDEN_OR_GONE:
                return False
            raise
        return True


def _is_locked(channel: Json) -> bool:
    return bool((channel.get("thread_metadata") or {}).get("locked"))


def _tags(channel: Json, *, moderator: bool) -> Mapping[int, str] | None:
    """Return a forum's tags, without those reserved for moderators (docs: resources/channel, Forum Tag)."""
    tags = channel.get("available_tags") or ()
    return {int(tag["id"]): tag["name"] for tag in tags if moderator or not tag.get("moderated")} or None
