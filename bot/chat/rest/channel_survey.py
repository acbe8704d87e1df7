"""Asking Discord, by REST, how things stand in a channel now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.chat.rest.permissions import (
    Json,
    hearing_of,
    kind_of,
    missing,
    missing_for_ideas,
    permissions_in,
    rights_of,
    timed_out_until,
)
from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState, HeldPermissions

_NOT_THERE = (403, 404)

_PRIVATE_THREAD = 12

_Lacking = Callable[[discord.Permissions, ChannelKind], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a member holds in a channel, with what that follows from."""

    roles: Sequence[Json]
    member: Json
    held: discord.Permissions


class ChannelSurvey:
    """Looks at channels. What it says is exact even where discord.py caches nothing."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """The channel as it is now, or None if the bot cannot see it.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        lacking: _Lacking = lambda held, kind: missing(held, kind, options.style)  # noqa: E731 - it is one line
        return await self._survey(channel_id, lacking, options.mention)

    async def survey_room(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        """The same for a message that shows ideas, or a poll about them.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        return await self._survey(channel_id, partial(missing_for_ideas, poll=poll))

    async def rights(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """What that person may do in a channel now, or None where Discord shows the bot no such channel.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer.
        """
        guild_id = viewer.guild_id
        channel = await self._found(guild_id, channel_id)
        if channel is None or guild_id is None:
            return None
        kind, there = kind_of(channel), int(channel.get("guild_id") or 0)
        if there != guild_id:
            return HeldPermissions(there, kind, frozenset())
        if viewer.administrator:
            return HeldPermissions(guild_id, kind, frozenset(ChannelPermission))
        governing: Json | None = channel
        if kind is ChannelKind.THREAD:
            governing = await self._found(guild_id, int(channel["parent_id"]))
        held = await self._theirs(governing, viewer, guild_id) if governing else discord.Permissions.none()
        if int(channel["type"]) == _PRIVATE_THREAD and not held.manage_threads:
            # Only who was added to a private thread sees it (docs: topics/threads, Private Threads).
            held = held if await self._is_in(channel_id, viewer.user_id) else discord.Permissions.none()
        return HeldPermissions(guild_id, kind, rights_of(held))

    async def hearing(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach:
        """How a mention of that role by the bot fares there now; one question where everybody may mention it.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
        """
        roles: Any = await self._client.http.get_roles(guild_id)
        fares = hearing_of(role_id, roles, discord.Permissions.none())
        if fares is not MentionReach.UNHEARD:
            return fares
        channel: Json = await self._client.http.get_channel(channel_id)
        governing = await self._governing(channel, kind_of(channel))
        return hearing_of(role_id, roles, (await self._held(governing or channel)).held)

    async def time_out(self, guild_id: int) -> datetime | None:
        """When the bot's last time-out in that server ends or has ended; None if it has none.

        Raises:
            discord.DiscordException, aiohttp.ClientError, TimeoutError: Discord did not answer, or refused.
        """
        assert self._client.user is not None
        member: Any = await self._client.http.get_member(guild_id, self._client.user.id)
        until = member.get("communication_disabled_until")
        return None if until is None else datetime.fromisoformat(until)

    async def _survey(
        self, channel_id: int, lacking: _Lacking, mention: int | None = None
    ) -> ChannelState | None:
        channel = await self._seen(channel_id)
        if channel is None:
            return None
        kind = kind_of(channel)
        if "guild_id" not in channel:
            return ChannelState(channel_id, None, "", kind, age_restricted=False)
        governing = await self._governing(channel, kind)
        if governing is None:
            return None
        standing = await self._held(governing)
        held = standing.held
        if not held.view_channel:
            return None
        return ChannelState(
            channel_id=channel_id,
            guild_id=int(channel["guild_id"]),
            name=channel.get("name") or "",
            kind=kind,
            age_restricted=bool(governing.get("nsfw")),
            missing=lacking(held, kind),
            tags=_tags(channel, moderator=held.manage_threads),
            requires_tag=bool(int(channel.get("flags") or 0) & discord.ChannelFlags.require_tag.flag),
            locked=_is_locked(channel) and not held.manage_threads,
            hearing=hearing_of(mention, standing.roles, held) if mention is not None else None,
            timed_out_until=timed_out_until(standing.member, self._clock.now()),
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
        return governing is not None and (await self._held(governing)).held.read_message_history

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

    async def _found(self, guild_id: int | None, channel_id: int) -> Json | None:
        """A channel, also one that the bot may not open: its server's list has all of them, but no threads."""
        channel = await self._seen(channel_id)
        if channel is not None or guild_id is None:
            return channel
        try:
            channels: Any = await self._client.http.get_all_guild_channels(guild_id)
        except discord.HTTPException as error:
            if error.status in _NOT_THERE:
                return None
            raise
        return next(
            ({**each, "guild_id": str(guild_id)} for each in channels if int(each["id"]) == channel_id), None
        )

    async def _held(self, channel: Json) -> _Standing:
        """What the bot holds there."""
        guild_id = int(channel["guild_id"])
        assert self._client.user is not None
        roles: Any = await self._client.http.get_roles(guild_id)
        member: Any = await self._client.http.get_member(guild_id, self._client.user.id)
        held = permissions_in(channel, guild_id=guild_id, roles=roles, member=member, now=self._clock.now())
        return _Standing(roles, member, held)

    async def _theirs(self, channel: Json, viewer: Viewer, guild_id: int) -> discord.Permissions:
        """What somebody holds there who has the roles that came with their interaction."""
        roles: Any = await self._client.http.get_roles(guild_id)
        member = {"user": {"id": viewer.user_id}, "roles": viewer.roles}
        return permissions_in(channel, guild_id=guild_id, roles=roles, member=member, now=self._clock.now())

    async def _is_in(self, thread_id: int, user_id: int) -> bool:
        try:
            await self._client.http.get_thread_member(thread_id, user_id)
        except discord.HTTPException as error:
            if error.status in _NOT_THERE:
                return False
            raise
        return True


def _is_locked(channel: Json) -> bool:
    return bool((channel.get("thread_metadata") or {}).get("locked"))


def _tags(channel: Json, *, moderator: bool) -> Mapping[int, str] | None:
    """A forum's tags, without those that only moderators may give (docs: resources/channel, Forum Tag)."""
    tags = channel.get("available_tags") or ()
    return {int(tag["id"]): tag["name"] for tag in tags if moderator or not tag.get("moderated")} or None
