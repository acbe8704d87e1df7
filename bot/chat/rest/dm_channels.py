"""Channels for direct messages, and whose they are."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from bot.chat.gateway.session import Session
from bot.chat.rest.outcomes import NO_WORD

_KEPT = 2048


class DmChannels:
    """Remembers them both ways: opening one is refused when it is done too often."""

    def __init__(self, client: Session) -> None:
        self._client = client
        self._of_reader: OrderedDict[int, int] = OrderedDict()
        self._readers: dict[int, int] = {}

    async def to(self, user_id: int) -> int:
        """The channel to write to somebody; raises what discord.py raises."""
        known = self._of_reader.get(user_id)
        if known is None:
            opened = await self._client.http.start_private_message(user_id)
            known = int(opened["id"])
            self._keep(user_id, known)
        return known

    async def reader(self, channel_id: int) -> int | None:
        """Who reads in that channel; None where Discord does not say."""
        if channel_id not in self._readers and self._client.usable:
            try:
                told: Any = await self._client.http.get_channel(channel_id)
                self._keep(int(told["recipients"][0]["id"]), channel_id)
            except (*NO_WORD, LookupError):
                return None
        return self._readers.get(channel_id)

    def _keep(self, user_id: int, channel_id: int) -> None:
        self._of_reader[user_id] = channel_id
        self._readers[channel_id] = user_id
        while len(self._of_reader) > _KEPT:
            _, oldest = self._of_reader.popitem(last=False)
            self._readers.pop(oldest, None)
