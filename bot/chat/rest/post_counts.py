"""What people did under posts: stars, and how much is said in threads, by REST and by what the gateway tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord

from bot.chat.gateway.thread_counts import message_count
from bot.chat.text.reaction_emoji import STAR, bare
from bot.services.statistics.post_counts import PostCounts

_MOST = 100
"""People in one answer (docs: resources/message, Get Reactions)."""


class ReactionCounts:
    """Looks at posts and threads by REST. Every method raises what discord.py raises."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def glance(self, channel_id: int, message_id: int) -> PostCounts:
        """How many stars a post has beside the bot's own, and how much is said in the thread under it."""
        message: Mapping[str, Any] = await self._client.http.get_message(channel_id, message_id)
        thread = message.get("thread")
        messages = None if thread is None else message_count(thread)
        for reaction in message.get("reactions", ()):
            if bare(reaction["emoji"].get("name") or "") == bare(STAR):
                burst = int((reaction.get("count_details") or {}).get("burst", 0))
                normal = int(reaction["count"]) - burst - bool(reaction.get("me"))
                return PostCounts(normal, burst, messages)
        return PostCounts(0, 0, messages)

    async def stars(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None]:
        """People whose star stands there, and where the next answer begins."""
        found: Iterable[Mapping[str, Any]] = await self._client.http.get_reaction_users(
            channel_id, message_id, STAR, _MOST, after or None, 1 if burst else 0
        )
        users = list(found)
        people = {int(user["id"]) for user in users if not user.get("bot")}
        return people, int(users[-1]["id"]) if len(users) == _MOST else None

    async def comments(self, thread_id: int) -> int:
        """How much is said in a thread."""
        return message_count(await self._client.http.get_channel(thread_id))
