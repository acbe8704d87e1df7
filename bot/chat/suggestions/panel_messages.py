"""REST calls for boards, reviews and polls."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.interactions.message import Message
from bot.chat.interactions.responses import NO_PINGS
from bot.chat.suggestions.poll_view import PollMessage
from bot.domain.suggestions.panel_views import PollResult

_OVER = 520006
"""The poll has ended already (docs: topics/opcodes-and-status-codes, Poll expired)."""


class PanelMessages:
    """REST calls for boards, reviews and polls. Each method is one call and raises what discord.py raises."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def put_up(self, channel_id: int, message: Message, nonce: str) -> int:
        """Post a message, at most once for a nonce, and return its id."""
        channel = self._client.get_partial_messageable(channel_id)
        return (await channel.send(view=message.view(), nonce=nonce, allowed_mentions=NO_PINGS)).id

    async def repaint(self, channel_id: int, message_id: int, message: Message) -> int:
        """Edit a message."""
        shown = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        await shown.edit(view=message.view(), allowed_mentions=NO_PINGS)
        return message_id

    async def ask(self, channel_id: int, made: PollMessage, nonce: str) -> int:
        """Open a poll, at most once for a nonce, and return its message's id."""
        channel = self._client.get_partial_messageable(channel_id)
        sent = await channel.send(made.content, poll=made.poll, nonce=nonce, allowed_mentions=NO_PINGS)
        return sent.id

    async def result(self, channel_id: int, message_id: int) -> PollResult:
        """Fetch the votes of a poll.

        Answers without votes may be missing (docs: resources/poll, Poll Results Object).
        """
        message: Any = await self._client.http.get_message(channel_id, message_id)
        results = (message.get("poll") or {}).get("results") or {}
        votes = {int(each["id"]): int(each["count"]) for each in results.get("answer_counts") or ()}
        return PollResult(votes, final=bool(results.get("is_finalized")))

    async def close(self, channel_id: int, message_id: int) -> int:
        """End a poll. One that has ended already is no error."""
        try:
            await self._client.http.end_poll(channel_id, message_id)
        except discord.HTTPException as error:
            if error.code != _OVER:
                raise
        return message_id
