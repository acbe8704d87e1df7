"""Cache of guilds between gateway events.

Each guild's language, outage and age-restricted channels are kept, and the newest message of the channels that the bot
posts in. Roles, members and permissions are not: those are asked for by REST when they matter.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from cachetools import LRUCache

Json = Mapping[str, Any]

_MOST_DIGESTS = 2048


class PermissionDigests:
    """Digests of what decides who may post where, to tell changes that matter from those that do not.

    The number kept is bounded. Anything seen for the first time counts as changed, at the cost of one check too many.
    """

    def __init__(self, keep: int = _MOST_DIGESTS) -> None:
        self._digests: LRUCache[Hashable, int] = LRUCache(keep)

    def update(self, key: Hashable, state: Hashable) -> bool:
        """Remember the state of a channel, role or member and return whether it may have changed."""
        digest = hash(state)
        before = self._digests.get(key)
        self._digests[key] = digest
        return before != digest


class GuildCache:
    """The guilds that the bot is in, at a few dozen bytes each."""

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
        """All guilds, including those with an outage."""
        return self._locales.keys()

    def locale_of(self, guild_id: int) -> str | None:
        """Return the preferred language of a guild as Discord's locale; None where it is not known (yet)."""
        return self._locales.get(guild_id)

    def has_outage(self, guild_id: int) -> bool:
        """Return whether Discord has announced an outage of the guild that is not over."""
        return guild_id in self._out

    def is_age_restricted(self, guild_id: int, channel_id: int) -> bool:
        """Return whether a channel (for a thread: its parent) is age-restricted; False where nothing is known."""
        return channel_id in self._restricted.get(guild_id, ())

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Keep the newest message's id of these channels and threads from now on."""
        self._watched = frozenset(channel_ids)

    def newest_in(self, channel_id: int) -> int | None:
        """Return the newest message's id in a watched channel; 0 if there is none, None if it is not known."""
        return self._newest.get(channel_id)

    def set_shard_guilds(self, guild_ids: Collection[int], *, shard: int, shards: int) -> list[int]:
        """Take over the guilds of a shard from READY and return those that are no longer among them.

        Each guild counts as out until Discord sends it.
        """
        named = set(guild_ids)
        gone = [each for each in self._locales if shard_of(each, shards) == shard and each not in named]
        for each in gone:
            self.remove(each)
        for each in named:
            self._locales.setdefault(each, None)
        self._out |= named
        return gone

    def set_guild(self, guild: Json) -> None:
        """Take over a guild with all its channels: it is new, or its outage is over."""
        guild_id = int(guild["id"])
        self._out.discard(guild_id)
        self.set_locale(guild)
        for each in (*(guild.get("channels") or ()), *(guild.get("threads") or ())):
            if int(each["id"]) in self._watched:
                self._newest[int(each["id"])] = int(each.get("last_message_id") or 0)
        restricted = {int(each["id"]) for each in guild.get("channels") or () if each.get("nsfw")}
        self._restricted.pop(guild_id, None)
        if restricted:
            self._restricted[guild_id] = restricted

    def set_locale(self, guild: Json) -> None:
        """Take over the language from a guild's settings."""
        locale = guild.get("preferred_locale")
        # Interned, because all guilds share a few dozen locales.
        self._locales[int(guild["id"])] = None if locale is None else sys.intern(locale)

    def begin_outage(self, guild_id: int) -> None:
        """Record the beginning of an outage."""
        if guild_id in self._locales:
            self._out.add(guild_id)

    def remove(self, guild_id: int) -> None:
        """Forget a guild that the bot is no longer in."""
        self._locales.pop(guild_id, None)
        self._out.discard(guild_id)
        self._restricted.pop(guild_id, None)

    def set_channel(self, channel: Json, *, deleted: bool = False) -> None:
        """Take over the age restriction of a guild's channel that is new, changed or deleted."""
        guild_id, channel_id = int(channel["guild_id"]), int(channel["id"])
        if guild_id not in self._locales:
            return
        restricted = self._restricted.setdefault(guild_id, set())
        if channel.get("nsfw") and not deleted:
            restricted.add(channel_id)
        else:
            restricted.discard(channel_id)
        if not restricted:
            del self._restricted[guild_id]


def shard_of(guild_id: int, shards: int) -> int:
    """Return the connection that receives a guild's events (docs: events/gateway, Sharding)."""
    return (guild_id >> 22) % shards
