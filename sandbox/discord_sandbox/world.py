"""World of one sandbox: its objects, and lookups with Discord's errors."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from discord_sandbox import permissions
from discord_sandbox.clock import Clock
from discord_sandbox.deadlines import Deadlines
from discord_sandbox.discord_objects import (
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Message,
    Overwrite,
    Ping,
    User,
    Webhook,
)
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event, EventBus
from discord_sandbox.permissions import Permission
from discord_sandbox.snowflakes import Snowflakes


class World:
    """Users, guilds, channels and files, with the event bus and the clock.

    Lookups raise the ApiError with which Discord answers for an unknown object.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.bus = EventBus()
        self.deadlines = Deadlines(clock)
        self.files_url = ""
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.private: dict[int, Message] = {}
        self.attachments: dict[int, Attachment] = {}
        self.blobs: dict[bytes, bytes] = {}
        self.webhooks: dict[int, Webhook] = {}
        self.emojis: dict[int, Json] = {}
        self.nonces: dict[tuple[int, str], tuple[Message, datetime]] = {}
        self.pings: list[Ping] = []
        self._dms: dict[frozenset[int], int] = {}
        self.bot = User(self.ids.next(), "fascicle", bot=True)
        self.token = ""

    def add_user(self, user: User) -> User:
        """Add a user."""
        self.users[user.id] = user
        return user

    def set_bot(self, user: User, token: str) -> None:
        """Set the user and token of the one bot."""
        self.bot = self.add_user(user)
        self.token = token

    def add_guild(self, guild: Guild) -> Guild:
        """Add a guild with its channels."""
        self.guilds[guild.id] = guild
        self.channels.update(guild.channels)
        self.channels.update(guild.threads)
        return guild

    def publish(self, event: Event) -> None:
        """Publish an event."""
        self.bus.publish(event)

    def now(self) -> datetime:
        """Return the sandbox's current time."""
        return self.clock.now()

    # --- finding -----------------------------------------------------------------------------------------------------

    def user(self, user_id: int) -> User:
        """Return a user.

        Raises:
            ApiError: 10013 unknown.
        """
        try:
            return self.users[user_id]
        except KeyError:
            raise ApiError(10013) from None

    def guild(self, guild_id: int) -> Guild:
        """Return a guild.

        Raises:
            ApiError: 10004 unknown.
        """
        try:
            return self.guilds[guild_id]
        except KeyError:
            raise ApiError(10004) from None

    def channel(self, channel_id: int) -> Channel:
        """Return a channel.

        Raises:
            ApiError: 10003 unknown.
        """
        try:
            return self.channels[channel_id]
        except KeyError:
            raise ApiError(10003) from None

    def member(self, guild: Guild, user_id: int) -> Member:
        """Return a member of a guild.

        Raises:
            ApiError: 10007 unknown.
        """
        try:
            return guild.members[user_id]
        except KeyError:
            raise ApiError(10007) from None

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message of a channel.

        Raises:
            ApiError: 10008 unknown.
        """
        try:
            return channel.messages[message_id]
        except KeyError:
            raise ApiError(10008) from None

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the guild of a channel, or None for a DM."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def parent_of(self, channel: Channel) -> Channel | None:
        """Return a thread's channel or a channel's category."""
        return self.channels.get(channel.parent_id) if channel.parent_id else None

    def age_restricted(self, channel: Channel) -> bool:
        """Return whether a channel is age-restricted; a thread inherits it from its channel."""
        if channel.is_thread:
            parent = self.parent_of(channel)
            return parent is not None and parent.nsfw
        return channel.nsfw

    # --- rights ------------------------------------------------------------------------------------------------------

    def rights(self, user_id: int, channel: Channel) -> int:
        """Return a user's permissions in a channel; 0 where they are not a member."""
        if channel.guild_id is None:
            return permissions.IN_DMS if user_id in channel.recipients else 0
        guild = self.guilds[channel.guild_id]
        member = guild.members.get(user_id)
        if member is None:
            return 0
        bits = permissions.within(guild, member, channel, self.now())
        if channel.type is ChannelType.PRIVATE_THREAD and not self._in_private(user_id, channel, bits):
            return 0
        return bits

    @staticmethod
    def _in_private(user_id: int, channel: Channel, bits: int) -> bool:
        members = channel.thread.members if channel.thread else {}
        return user_id in members or bool(bits & Permission.MANAGE_THREADS)

    def may(self, user_id: int, channel: Channel, wanted: int) -> bool:
        """Return whether a user has all of the wanted permissions in a channel."""
        return self.rights(user_id, channel) & wanted == wanted

    def require(self, user_id: int, channel: Channel, wanted: int) -> int:
        """Return the user's permissions in a channel, which include `wanted`.

        Raises:
            ApiError: 50001 when they cannot see the channel or its guild is down, 50013 when a permission is
                missing.
        """
        guild = self.guild_of(channel)
        if guild is not None and not guild.available:
            raise ApiError(50001)
        bits = self.rights(user_id, channel)
        if not bits & Permission.VIEW_CHANNEL:
            raise ApiError(50001)
        if bits & wanted != wanted:
            raise ApiError(50013)
        return bits

    def require_in_guild(self, user_id: int, guild: Guild, wanted: int = 0) -> Member:
        """Return the user's membership of a guild in which they have the `wanted` permissions.

        Raises:
            ApiError: 50001 not a member or the guild is down, 50013 when a permission is missing.
        """
        member = guild.members.get(user_id)
        if member is None or not guild.available:
            raise ApiError(50001)
        if permissions.base(guild, member) & wanted != wanted:
            raise ApiError(50013)
        return member

    # --- DMs ---------------------------------------------------------------------------------------------------------

    def dm_between(self, one: int, other: int) -> Channel | None:
        """Return the DM of two users, or None if it was never opened."""
        found = self._dms.get(frozenset((one, other)))
        return None if found is None else self.channels[found]

    def open_dm(self, one: int, other: int) -> Channel:
        """Return the DM of two users, opening it if needed."""
        existing = self.dm_between(one, other)
        if existing is not None:
            return existing
        channel = Channel(self.ids.next(), ChannelType.DM, "", recipients=(one, other))
        self.channels[channel.id] = channel
        self._dms[frozenset((one, other))] = channel.id
        return channel

    def dms_of(self, user_id: int) -> Iterable[Channel]:
        """Return every DM of a user."""
        return [self.channels[cid] for pair, cid in self._dms.items() if user_id in pair]

    def share_guild(self, one: int, other: int) -> bool:
        """Return whether two users are in one guild."""
        return any(one in guild.members and other in guild.members for guild in self.guilds.values())

    # --- making ------------------------------------------------------------------------------------------------------

    def secret(self) -> str:
        """Return an unguessable token."""
        return secrets.token_urlsafe(48)


def deny_everyone(guild_id: int, bits: int) -> dict[int, Overwrite]:
    """Return the overwrites of a channel closed to `@everyone`."""
    return {guild_id: Overwrite(guild_id, 0, deny=bits)}
