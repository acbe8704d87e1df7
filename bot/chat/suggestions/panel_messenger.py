"""Messages that show suggestions, and native polls about them, by REST."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.outgoing_message import Message
from bot.chat.interactions.responses import NO_PINGS
from bot.chat.rest.channel_lookup import ChannelLookup
from bot.chat.rest.discord_calls import DiscordCalls
from bot.chat.rest.post_search import PostSearch
from bot.chat.suggestions.board_view import panel_message
from bot.chat.suggestions.poll_view import PollMessage, is_poll_about, poll_message
from bot.domain.delivery.outcomes import Outcome
from bot.domain.suggestions.panel_contents import PanelPost, PollPost, PollResult
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome

_POLL_EXPIRED = 520006


class DiscordPanelMessenger(DiscordCalls):
    """Implements what the services' port `PanelMessenger` adds to `PostMessenger`."""

    async def post_panel(self, to: Destination, panel: PanelPost, nonce: str) -> Outcome:
        """Post a board or a review message, at most once for a nonce."""
        with in_language(await self._locale(to.guild_id)):
            message = panel_message(panel)
        return await self._attempt(partial(self._send_panel, to.channel_id, message, nonce))

    async def _send_panel(self, channel_id: int, message: Message, nonce: str) -> int:
        channel = self._client.get_partial_messageable(channel_id)
        return (await channel.send(view=message.view(), nonce=nonce, allowed_mentions=NO_PINGS)).id

    async def edit_panel(self, channel_id: int, message_id: int, panel: PanelPost) -> Outcome:
        """Bring a board or a review message up to date."""
        with in_language(await self._locale(panel.guild_id)):
            message = panel_message(panel)

        async def change() -> int:
            shown = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
            await shown.edit(view=message.view(), allowed_mentions=NO_PINGS)
            return message_id

        return await self._attempt(self._reopening(channel_id, change))

    async def post_poll(self, to: Destination, poll: PollPost, nonce: str) -> Outcome:
        """Open a native poll, at most once for a nonce."""
        with in_language(await self._locale(to.guild_id)):
            message = poll_message(poll)
        return await self._attempt(partial(self._send_poll, to.channel_id, message, nonce))

    async def _send_poll(self, channel_id: int, message: PollMessage, nonce: str) -> int:
        channel = self._client.get_partial_messageable(channel_id)
        sent = await channel.send(message.content, poll=message.poll, nonce=nonce, allowed_mentions=NO_PINGS)
        return sent.id

    async def find_poll(
        self, to: Destination, poll: PollPost, others: Collection[int], since: datetime
    ) -> FoundPost | SearchOutcome:
        """Search for a poll about the same suggestions that is none of the `others`."""

        def is_wanted(message: Mapping[str, Any], own_id: int) -> bool:
            return int(message["id"]) not in others and is_poll_about(message, own_id, poll.suggestions)

        search = PostSearch(self._client, ChannelLookup(self._client, self._clock))
        return await search.find(to, is_wanted, since)

    async def read_poll(self, channel_id: int, message_id: int) -> PollResult | Outcome:
        """Return the votes of a poll. Answers without votes may be missing (docs: resources/poll)."""

        async def read() -> PollResult:
            message: Any = await self._client.http.get_message(channel_id, message_id)
            results = (message.get("poll") or {}).get("results") or {}
            votes = {int(each["id"]): int(each["count"]) for each in results.get("answer_counts") or ()}
            return PollResult(votes, final=bool(results.get("is_finalized")))

        return await self._request(read)

    async def end_poll(self, channel_id: int, message_id: int) -> Outcome:
        """End a poll. One that has ended already is no failure."""

        async def end() -> int:
            try:
                await self._client.http.end_poll(channel_id, message_id)
            except discord.HTTPException as error:
                if error.code != _POLL_EXPIRED:
                    raise
            return message_id

        return await self._attempt(end)
