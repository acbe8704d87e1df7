"""Between the gateway and discord.py: servers never become discord.py's objects, which take 38 KB a server.

Its state, told of no server, drops by itself whatever else belongs to one; reactions, interactions and direct messages
need none. That the bot came to a server or was removed is told by events of its own: `server_joined` and
`server_left`, with the server's id.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from discord.state import AutoShardedConnectionState

from bot.chat.gateway.guild_cache import AgeRestrictedChannels, GuildCache, LastMessageIds, shard_of
from bot.chat.text.reaction_emoji import CONTROLS, bare

Json = Mapping[str, Any]
Parser = Callable[[Any], None]


class _GuildStandIn:
    """Stands in for a server in the queue by which discord.py sees that servers are still being told of."""

    __slots__ = ("shard_id",)

    unavailable = False

    def __init__(self, shard_id: int) -> None:
        self.shard_id = shard_id


class GuildEvents:
    """Takes the events about servers before discord.py does, and keeps of them what `roster` keeps.

    `on_change` is called with a server's id when something changed there that may keep posts out or let them in.
    """

    def __init__(
        self,
        connection: AutoShardedConnectionState[Any],
        roster: GuildCache,
        on_change: Callable[[int], None],
    ) -> None:
        self._connection = connection
        self._roster = roster
        self._gates = AgeRestrictedChannels()
        self._bots = LastMessageIds()
        self._on_change = on_change
        self._theirs = dict(connection.parsers)
        connection.parsers.update(self._ours())

    def _ours(self) -> dict[str, Parser]:
        return {
            "READY": self._ready,
            "GUILD_CREATE": self._guild_create,
            "GUILD_UPDATE": self._guild_update,
            "GUILD_DELETE": self._guild_delete,
            "CHANNEL_CREATE": self._channel_told,
            "CHANNEL_UPDATE": self._channel_told,
            "CHANNEL_DELETE": self._channel_delete,
            "THREAD_UPDATE": self._thread_update,
            "GUILD_ROLE_UPDATE": self._role_update,
            "GUILD_ROLE_DELETE": self._role_delete,
            "GUILD_MEMBER_UPDATE": self._member_update,
            "MESSAGE_REACTION_ADD": self._reaction_add,
            "MESSAGE_REACTION_REMOVE": self._reaction_remove,
        }

    def _ready(self, data: Json) -> None:
        """The servers of one connection, by id. One that is not named removed the bot while no connection stood."""
        shard, shards = data["shard"]
        named = [int(guild["id"]) for guild in data["guilds"]]
        for guild_id in self._roster.told(named, shard=shard, shards=shards):
            self._connection.dispatch("server_left", guild_id)
        self._theirs["READY"]({**data, "guilds": []})

    def _guild_create(self, data: Json) -> None:
        if data.get("unavailable") is True:
            return  # Joined during an outage: it is told of again after it.
        guild_id = int(data["id"])
        joined = data.get("unavailable") is None or guild_id not in self._roster
        self._roster.came(data)
        shard = shard_of(guild_id, self._connection.shard_count or 1)
        told: Any = _GuildStandIn(shard)
        if self._connection._add_ready_state(told):
            return  # One of many while connecting: whoever waits for the connection learns of them all at once.
        if joined:
            self._connection.dispatch("server_joined", guild_id)
        else:
            self._on_change(guild_id)

    def _guild_update(self, data: Json) -> None:
        if int(data["id"]) in self._roster:
            self._roster.renamed(data)

    def _guild_delete(self, data: Json) -> None:
        guild_id = int(data["id"])
        if data.get("unavailable"):
            self._roster.went_out(guild_id)
        elif guild_id in self._roster:
            self._roster.left(guild_id)
            self._connection.dispatch("server_left", guild_id)

    def _channel_told(self, data: Json) -> None:
        """A channel is new or changed; its name and topic keep nobody out."""
        if "guild_id" in data:
            self._roster.channel(data)
            self._compare(data, data["id"], _channel_gate(data))

    def _channel_delete(self, data: Json) -> None:
        if "guild_id" in data:
            self._roster.channel(data, gone=True)

    def _thread_update(self, data: Json) -> None:
        """A thread was opened, locked or unlocked; its name keeps nobody out."""
        state = data.get("thread_metadata") or {}
        gate = (
            data.get("parent_id"),
            data.get("flags"),
            bool(state.get("archived")),
            bool(state.get("locked")),
        )
        self._compare(data, data["id"], gate)

    def _role_update(self, data: Json) -> None:
        """A role changed; its color keeps nobody out."""
        self._compare(data, data["role"]["id"], data["role"].get("permissions"))

    def _role_delete(self, data: Json) -> None:
        """A role is gone, and what it denied with it."""
        self._on_change(int(data["guild_id"]))

    def _member_update(self, data: Json) -> None:
        """The bot itself was given or lost roles, or its time-out changed; of others Discord does not tell."""
        if int(data["user"]["id"]) == self._connection.self_id:
            gate = (tuple(sorted(data.get("roles") or ())), data.get("communication_disabled_until"))
            self._compare(data, ("member", data["guild_id"]), gate)

    def _reaction_add(self, data: Json) -> None:
        """That another bot reacted is told with the member, which discord.py drops with the server."""
        own = self._connection.self_id
        author = data.get("message_author_id")
        if not _is_control(data) or (author is not None and int(author) != own):
            return  # A control under somebody else's message is none.
        user = (data.get("member") or {}).get("user") or {}
        if user.get("bot") and int(data["user_id"]) != own:
            self._bots.add(data["user_id"])
        else:
            self._theirs["MESSAGE_REACTION_ADD"](data)

    def _reaction_remove(self, data: Json) -> None:
        """Here no member is told, so bots are known by what they added."""
        if _is_control(data) and not self._bots.holds(data["user_id"]):
            self._theirs["MESSAGE_REACTION_REMOVE"](data)

    def _compare(self, data: Json, what: Hashable, gate: Hashable) -> None:
        if self._gates.changed(what, gate):
            self._on_change(int(data["guild_id"]))


def _is_control(data: Json) -> bool:
    """Whether a reaction is one of the bot's controls; of all others nobody need hear."""
    return bare(data["emoji"].get("name") or "") in CONTROLS


def _channel_gate(channel: Json) -> Hashable:
    """What of a channel decides who may post what in it."""
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
