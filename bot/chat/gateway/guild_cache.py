"""What is kept of Discord's servers: their language, who has an outage, which channels are age-restricted, and of
those that the bot posts in the newest message.

Of roles, channels, emoji and members nothing stays: what the bot may do somewhere is asked at the moment it matters.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]

_KEPT = 2048


class AgeRestrictedChannels:
    """Remembers of the things that were last told of whether they are as they were then; a digest each, not more.

    What has been told of for the first time counts as changed: the worst is one look too many.
    """

    def __init__(self, keep: int = _KEPT) -> None:
        self._keep = keep
        self._digests: OrderedDict[Hashable, int] = OrderedDict()

    def changed(self, what: Hashable, gate: Hashable) -> bool:
        """Whether it is not known to be as before."""
        digest = hash(gate)
        before = self._digests.pop(what, None)
        self._digests[what] = digest
        if len(self._digests) > self._keep:
            self._digests.popitem(last=False)
        return before != digest


class LastMessageIds:
    """The things that were added last."""

    def __init__(self, keep: int = _KEPT) -> None:
        self._keep = keep
        self._held: OrderedDict[Hashable, None] = OrderedDict()

    def add(self, what: Hashable) -> None:
        """Hold it, and let the oldest go where there are too many."""
        self._held[what] = None
        self._held.move_to_end(what)
        if len(self._held) > self._keep:
            self._held.popitem(last=False)

    def holds(self, what: Hashable) -> bool:
        """Whether it is held still."""
        return what in self._held


class GuildCache:
    """The servers the bot is in: a few dozen bytes each, whatever is in them."""

    def __init__(self) -> None:
        self._locales: dict[int, str | None] = {}
        self._out: set[int] = set()
        self._restricted: dict[int, set[int]] = {}
        self._watched: frozenset[int] = frozenset()
        self._newest: dict[int, int] = {}

    def __contains__(self, guild_id: int) -> bool:
        return guild_id in self._locales

    @property
    def ids(self) -> Collection[int]:
        """All servers, those with an outage too."""
        return self._locales.keys()

    def locale_of(self, guild_id: int) -> str | None:
        """The language a server prefers, as Discord's locale; None where that is not known (yet)."""
        return self._locales.get(guild_id)

    def has_outage(self, guild_id: int) -> bool:
        """Whether Discord has told of an outage of that server that is not over."""
        return guild_id in self._out

    def is_age_restricted(self, guild_id: int, channel_id: int) -> bool:
        """Whether a server's channel (not a thread: its parent) is marked so; False where nothing is known."""
        return channel_id in self._restricted.get(guild_id, ())

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Keep from now on what servers tell of the newest message in these channels and threads."""
        self._watched = frozenset(channel_ids)

    def newest_in(self, channel_id: int) -> int | None:
        """The newest message's id in a watched one, as its server told last; 0: none; None: nothing was told."""
        return self._newest.get(channel_id)

    def told(self, guild_ids: Collection[int], *, shard: int, shards: int) -> list[int]:
        """READY has named all servers of a shard, of which each is away until it is told of; returns those that the bot
        was removed from meanwhile."""
        named = set(guild_ids)
        gone = [each for each in self._locales if shard_of(each, shards) == shard and each not in named]
        for each in gone:
            self.left(each)
        for each in named:
            self._locales.setdefault(each, None)
        self._out |= named
        return gone

    def came(self, guild: Json) -> None:
        """A server is told of with all its channels: it is new, or its outage is over."""
        guild_id = int(guild["id"])
        self._out.discard(guild_id)
        self.renamed(guild)
        for each in (*(guild.get("channels") or ()), *(guild.get("threads") or ())):
            if int(each["id"]) in self._watched:
                self._newest[int(each["id"])] = int(each.get("last_message_id") or 0)
        restricted = {int(each["id"]) for each in guild.get("channels") or () if each.get("nsfw")}
        self._restricted.pop(guild_id, None)
        if restricted:
            self._restricted[guild_id] = restricted

    def renamed(self, guild: Json) -> None:
        """A server's own settings are told."""
        locale = guild.get("preferred_locale")
        self._locales[int(guild["id"])] = None if locale is None else sys.intern(locale)

    def went_out(self, guild_id: int) -> None:
        """An outage has begun."""
        if guild_id in self._locales:
            self._out.add(guild_id)

    def left(self, guild_id: int) -> None:
        """The bot is not there any more."""
        self._locales.pop(guild_id, None)
        self._out.discard(guild_id)
        self._restricted.pop(guild_id, None)

    def channel(self, channel: Json, *, gone: bool = False) -> None:
        """A channel of a server is told of, or is gone."""
        guild_id, channel_id = int(channel["guild_id"]), int(channel["id"])
        if guild_id not in self._locales:
            return
        restricted = self._restricted.setdefault(guild_id, set())
        if channel.get("nsfw") and not gone:
            restricted.add(channel_id)
        else:
            restricted.discard(channel_id)
        if not restricted:
            del self._restricted[guild_id]


def shard_of(guild_id: int, shards: int) -> int:
    """The connection that tells of a server (docs: events/gateway, Sharding)."""
    return (guild_id >> 22) % shards
