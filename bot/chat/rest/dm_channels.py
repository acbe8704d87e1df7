"""Channels for direct messages, and the people they lead to."""

from __future__ import annotations

from typing import Any

from cachetools import LRUCache

from bot.chat.gateway.session import Session
from bot.chat.rest.outcomes import NO_ANSWER

_MOST_KEPT = 2048


class DmChannelCache:
    """Opens DM channels and remembers them both ways, because Discord refuses to open too many."""

    def __init__(self, client: Session) -> None:
        self._client = client
        self._channels: LRUCache[int, int] = LRUCache(_MOST_KEPT)
        self._readers: LRUCache[int, int] = LRUCache(_MOST_KEPT)

    async def open(self, user_id: int) -> int:
        """Return the channel to write to somebody; raises what discord.py raises."""
        known = self._channels.get(user_id)
        if known is None:
            opened = await self._client.http.start_private_message(user_id)
            known = int(opened["id"])
            self._remember(user_id, known)
        return known

    async def find_dm_user(self, channel_id: int) -> int | None:
        """Return whose channel that is; None where Discord does not say."""
        if channel_id not in self._readers and self._client.usable:
            try:
                channel: Any = await self._client.http.get_channel(channel_id)
                self._remember(int(channel["recipients"][0]["id"]), channel_id)
            except (*NO_ANSWER, LookupError):
                return None
        return self._readers.get(channel_id)

    def _remember(self, user_id: int, channel_id: int) -> None:
        self._channels[user_id] = channel_id
        self._readers[channel_id] = user_id
