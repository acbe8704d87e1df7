"""Parsers of guild events that run before discord.py's own and keep guilds out of its cache.

A guild takes 38 KB in discord.py's cache. A state that knows no guild drops whatever else belongs to one by itself;
reactions, interactions and direct messages need none. That the bot joined a guild or was removed from it is dispatched
as events of its own, `guild_added` and `guild_removed`, with the guild's id.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from cachetools import LRUCache
from discord.state import AutoShardedConnectionState

from bot.chat.gateway.guild_cache import GuildCache, PermissionDigests, shard_of
from bot.chat.text.reaction_emoji import CONTROLS, bare

Json = Mapping[str, Any]
Parser = Callable[[Any], None]

_MOST_BOTS = 2048


class _GuildStandIn:
    """A guild's place in the queue by which discord.py notices that guilds are still arriving."""

    __slots__ = ("shard_id",)

    unavailable = False

    def __init__(self, shard_id: int) -> None:
        self.shard_id = shard_id


class GuildEvents:
    """Takes guild events before discord.py does and keeps their essence in a `GuildCache`."""

    def __init__(
        self,
        connection: AutoShardedConnectionState[Any],
        guilds: GuildCache,
        on_change: Callable[[int], None],
    ) -> None:
        """Replace the connection's parsers.

        Args:
            connection: State of discord.py's client.
            guilds: Cache to be kept up to date.
            on_change: Called with a guild's id after a change that may decide whether posts are possible there.
        """
        self._connection = connection
        self._guilds = guilds
        self._permissions = PermissionDigests()
        self._bots: LRUCache[Hashable, None] = LRUCache(_MOST_BOTS)
        self._on_change = on_change
        self._original = dict(connection.parsers)
        connection.parsers.update(self._parsers())

    def _parsers(self) -> dict[str, Parser]:
        return {
            "READY": self._ready,
            "GUILD_CREATE": self._guild_create,
            "GUILD_UPDATE": self._guild_update,
            "GUILD_DELETE": self._guild_delete,
            "CHANNEL_CREATE": self._channel_create_or_update,
            "CHANNEL_UPDATE": self._channel_create_or_update,
            "CHANNEL_DELETE": self._channel_delete,
            "THREAD_UPDATE": self._thread_update,
            "GUILD_ROLE_UPDATE": self._role_update,
            "GUILD_ROLE_DELETE": self._role_delete,
            "GUILD_MEMBER_UPDATE": self._member_update,
            "MESSAGE_REACTION_ADD": self._reaction_add,
            "MESSAGE_REACTION_REMOVE": self._reaction_remove,
        }

    def _ready(self, data: Json) -> None:
        shard, shards = data["shard"]
        named = [int(guild["id"]) for guild in data["guilds"]]
        # A guild that is not named any more removed the bot while it was disconnected.
        for guild_id in self._guilds.set_shard_guilds(named, shard=shard, shards=shards):
            self._connection.dispatch("guild_removed", guild_id)
        self._original["READY"]({**data, "guilds": []})

    def _guild_create(self, data: Json) -> None:
        if data.get("unavailable") is True:
            return  # Joined during an outage: the event comes again after it.
        guild_id = int(data["id"])
        joined = data.get("unavailable") is None or guild_id not in self._guilds
        self._guilds.set_guild(data)
        shard = shard_of(guild_id, self._connection.shard_count or 1)
        stand_in: Any = _GuildStandIn(shard)
        if self._connection._add_ready_state(stand_in):
            return  # One of many while connecting: `on_shard_ready` covers them all at once.
        if joined:
            self._connection.dispatch("guild_added", guild_id)
        else:
            self._on_change(guild_id)

    def _guild_update(self, data: Json) -> None:
        if int(data["id"]) in self._guilds:
            self._guilds.set_locale(data)

    def _guild_delete(self, data: Json) -> None:
        guild_id = int(data["id"])
        if data.get("unavailable"):
            self._guilds.begin_outage(guild_id)
        elif guild_id in self._guilds:
            self._guilds.remove(guild_id)
            self._connection.dispatch("guild_removed", guild_id)

    def _channel_create_or_update(self, data: Json) -> None:
        if "guild_id" in data:
            self._guilds.set_channel(data)
            # A new name or topic does not change who may post.
            self._compare(data, data["id"], _posting_state(data))

    def _channel_delete(self, data: Json) -> None:
        if "guild_id" in data:
            self._guilds.set_channel(data, deleted=True)

    def _thread_update(self, data: Json) -> None:
        metadata = data.get("thread_metadata") or {}
        state = (
            data.get("parent_id"),
            data.get("flags"),
            bool(metadata.get("archived")),
            bool(metadata.get("locked")),
        )
        self._compare(data, data["id"], state)

    def _role_update(self, data: Json) -> None:
        self._compare(data, data["role"]["id"], data["role"].get("permissions"))

    def _role_delete(self, data: Json) -> None:
        # What the role denied is denied no longer.
        self._on_change(int(data["guild_id"]))

    def _member_update(self, data: Json) -> None:
        """Compare the bot's own roles and time-out; without the members intent there are no events for others."""
        if int(data["user"]["id"]) == self._connection.self_id:
            state = (tuple(sorted(data.get("roles") or ())), data.get("communication_disabled_until"))
            self._compare(data, ("member", data["guild_id"]), state)

    def _reaction_add(self, data: Json) -> None:
        own = self._connection.self_id
        author = data.get("message_author_id")
        if not _is_control(data) or (author is not None and int(author) != own):
            return  # A control emoji under somebody else's message controls nothing.
        # The event names the member, by whom other bots are recognized; discord.py drops that with the guild.
        user = (data.get("member") or {}).get("user") or {}
        if user.get("bot") and int(data["user_id"]) != own:
            self._bots[data["user_id"]] = None
        else:
            self._original["MESSAGE_REACTION_ADD"](data)

    def _reaction_remove(self, data: Json) -> None:
        # This event names no member, so other bots are recognized by what they added.
        if _is_control(data) and data["user_id"] not in self._bots:
            self._original["MESSAGE_REACTION_REMOVE"](data)

    def _compare(self, data: Json, key: Hashable, state: Hashable) -> None:
        if self._permissions.update(key, state):
            self._on_change(int(data["guild_id"]))


def _is_control(data: Json) -> bool:
    """Return whether a reaction is one of the bot's controls; all others are ignored."""
    return bare(data["emoji"].get("name") or "") in CONTROLS


def _posting_state(channel: Json) -> Hashable:
    """Return those properties of a channel that decide who may post what in it."""
    overwrites = channel.get("permission_overwrites") or ()
    tags = channel.get("available_tags") or ()
    return (
        channel.get("type"),
        channel.get("parent_id"),
        bool(channel.get("nsfw")),
        channel.get("flags"),
        tuple(sorted((each["id"], str(each["allow"]), str(each["deny"])) for each in overwrites)),
        tuple((each["id"], each.get("name"), each.get("moderated")) for each in tags),
    )
