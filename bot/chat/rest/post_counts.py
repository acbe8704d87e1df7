"""Counts of reactions under posts and of messages in threads, by REST."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.chat.gateway.thread_message_counts import message_count
from bot.chat.rest.discord_calls import DiscordCalls
from bot.chat.text.reaction_emoji import STAR, bare
from bot.domain.delivery.outcomes import Outcome
from bot.services.statistics.post_counts import PostCounts

_PAGE = 100
"""Most people in one answer (docs: resources/message, Get Reactions)."""


class DiscordPostCounts(DiscordCalls):
    """Implements the port `PostCountReader` of the services."""

    async def get_post_counts(self, channel_id: int, message_id: int) -> PostCounts | Outcome:
        """Return the counts of a post; an outcome if Discord gives none."""

        async def ask() -> PostCounts:
            return _counts_of(await self._client.http.get_message(channel_id, message_id))

        return await self._request(ask)

    async def list_star_givers(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None] | Outcome:
        """Return a page of the people whose star is on a post, and the `after` of the next page."""

        async def ask() -> tuple[set[int], int | None]:
            found: Iterable[Mapping[str, Any]] = await self._client.http.get_reaction_users(
                channel_id, message_id, STAR, _PAGE, after or None, 1 if burst else 0
            )
            users = list(found)
            people = {int(user["id"]) for user in users if not user.get("bot")}
            return people, int(users[-1]["id"]) if len(users) == _PAGE else None

        return await self._request(ask)

    async def count_comments(self, thread_id: int) -> int | Outcome:
        """Return the number of messages in a thread."""

        async def ask() -> int:
            return message_count(await self._client.http.get_channel(thread_id))

        return await self._request(ask)


def _counts_of(message: Mapping[str, Any]) -> PostCounts:
    thread = message.get("thread")
    messages = None if thread is None else message_count(thread)
    for reaction in message.get("reactions", ()):
        if bare(reaction["emoji"].get("name") or "") == bare(STAR):
            burst = int((reaction.get("count_details") or {}).get("burst", 0))
            normal = int(reaction["count"]) - burst - bool(reaction.get("me"))
            return PostCounts(normal, burst, messages)
    return PostCounts(0, 0, messages)
