"""Search for posts of the bot's own, needed after an attempt with an unknown outcome."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.chat.gateway.session import Session
from bot.chat.rest.channel_lookup import ChannelLookup
from bot.chat.rest.outcomes import NO_ANSWER
from bot.chat.text import post_markers
from bot.domain.delivery.post_identity import PostIdentity
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome

_log = logging.getLogger(__name__)

Json = Mapping[str, Any]
IsWanted = Callable[[Json, int], bool]
"""Predicate of a message and the bot's user id."""

_CLOCK_SKEW = timedelta(minutes=1)
"""Allowance for a machine whose clock is ahead of Discord's."""

_PAGE_SIZE = 100
_MOST_PAGES = 100
_MOST_FORUM_PAGES = 20
_UNKNOWN_CHANNEL = 10003
_UNKNOWN_GUILD = 10004


class _TooMuchHistory(Exception):
    """There is more history than is searched."""


class PostSearch:
    """Searches a channel's history or a forum's threads."""

    def __init__(self, client: Session, surveyor: ChannelLookup) -> None:
        self._client = client
        self._surveyor = surveyor

    async def find(self, to: Destination, is_wanted: IsWanted, since: datetime) -> FoundPost | SearchOutcome:
        """Search for the wanted message, made at or after `since`."""
        if not self._client.usable or self._client.user is None:
            return SearchOutcome.LATER
        since -= _CLOCK_SKEW
        try:
            if to.forum and to.guild_id is not None:
                return await self._in_forum(to.guild_id, to.channel_id, is_wanted, since)
            return await self._in_channel(to.channel_id, self._client.user.id, is_wanted, since)
        except NO_ANSWER as error:
            return _unanswered(error)

    async def list_chapter_posts(
        self, to: Destination, since: datetime
    ) -> list[PostIdentity] | SearchOutcome:
        """List the bot's own chapter posts made at or after `since`, oldest first; of a forum its posts alone."""
        if not self._client.usable or self._client.user is None:
            return SearchOutcome.LATER
        since -= _CLOCK_SKEW
        try:
            return await self._traces(to, since)
        except _TooMuchHistory:
            return SearchOutcome.TOO_MUCH
        except discord.HTTPException as error:
            if error.code in (_UNKNOWN_CHANNEL, _UNKNOWN_GUILD):
                return []
            return SearchOutcome.BLIND if error.status in (403, 404) else _unanswered(error)
        except NO_ANSWER as error:
            return _unanswered(error)

    async def _traces(self, to: Destination, since: datetime) -> list[PostIdentity] | SearchOutcome:
        assert self._client.user is not None
        own, found, seen = self._client.user.id, [], False
        if to.forum and to.guild_id is not None:
            async for thread in self._threads(to.guild_id, to.channel_id, since):
                seen = True
                first = await self._first_message(thread)
                found.append(post_markers.trace_of(first, own) if first is not None else None)
        else:
            async for message in self._messages(to.channel_id, since):
                seen = True
                found.append(post_markers.trace_of(message, own))
        if not seen and not await self._surveyor.reads_history(to.channel_id):
            return SearchOutcome.BLIND
        return sorted((trace for trace in found if trace is not None), key=lambda trace: trace.message_id)

    async def _in_channel(
        self, channel_id: int, own_id: int, is_wanted: IsWanted, since: datetime
    ) -> FoundPost | SearchOutcome:
        """Search a channel's history.

        Where the bot may not read the history, Discord returns an empty one (docs: resources/message, Get Channel
        Messages), which proves nothing. In a deleted channel there is certainly no post.
        """
        seen = False
        try:
            async for message in self._messages(channel_id, since):
                if is_wanted(message, own_id):
                    return FoundPost(int(message["id"]))
                seen = True
        except _TooMuchHistory:
            return SearchOutcome.BLIND
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_CHANNEL:
                return SearchOutcome.ABSENT
            if error.status in (403, 404):
                return SearchOutcome.BLIND
            raise
        readable = seen or await self._surveyor.reads_history(channel_id)
        return SearchOutcome.ABSENT if readable else SearchOutcome.BLIND

    async def _messages(self, channel_id: int, since: datetime) -> AsyncIterator[Json]:
        """Yield a channel's messages since then, page by page.

        Raises:
            _TooMuchHistory: Not all pages were read, so absence is not certain.
        """
        after = discord.utils.time_snowflake(since)
        for _ in range(_MOST_PAGES):
            messages: list[Any] = await self._client.http.logs_from(channel_id, _PAGE_SIZE, after=after)
            for message in messages:
                yield message
            if len(messages) < _PAGE_SIZE:
                return
            after = max(int(message["id"]) for message in messages)
        raise _TooMuchHistory

    async def _in_forum(
        self, guild_id: int, forum_id: int, is_wanted: IsWanted, since: datetime
    ) -> FoundPost | SearchOutcome:
        """Search a forum's threads, archived ones too, for a post of the bot's."""
        known = False
        try:
            async for thread in self._threads(guild_id, forum_id, since):
                known = True
                if await self._starts_with(thread, is_wanted):
                    return FoundPost(int(thread["id"]))
        except _TooMuchHistory:
            return SearchOutcome.BLIND
        except discord.HTTPException as error:
            if error.code in (_UNKNOWN_CHANNEL, _UNKNOWN_GUILD):
                return SearchOutcome.ABSENT
            if error.status == 403:
                return SearchOutcome.BLIND
            raise
        readable = known or await self._surveyor.reads_history(forum_id)
        return SearchOutcome.ABSENT if readable else SearchOutcome.BLIND

    async def _starts_with(self, thread: Json, is_wanted: IsWanted) -> bool:
        first = await self._first_message(thread)
        assert self._client.user is not None
        return first is not None and is_wanted(first, self._client.user.id)

    async def _first_message(self, thread: Json) -> Json | None:
        """Return the first message of a forum's thread, if the thread is the bot's own."""
        assert self._client.user is not None
        if int(thread.get("owner_id") or 0) != self._client.user.id:
            return None
        try:
            first: Json = await self._client.http.get_message(int(thread["id"]), int(thread["id"]))
        except discord.NotFound:
            return None
        return first

    async def _threads(self, guild_id: int, forum_id: int, since: datetime) -> AsyncIterator[Json]:
        """Yield a forum's threads made since then: the active ones, then those archived since.

        Raises:
            _TooMuchHistory: Not all pages of archived threads were read.
        """
        oldest = discord.utils.time_snowflake(since)
        active: Any = await self._client.http.get_active_threads(guild_id)
        for thread in active["threads"]:
            if int(thread.get("parent_id") or 0) == forum_id and int(thread["id"]) >= oldest:
                yield thread
        before: str | None = None
        for _ in range(_MOST_FORUM_PAGES):
            archived: Any = await self._client.http.get_public_archived_threads(
                forum_id, before=before, limit=_PAGE_SIZE
            )
            for thread in archived["threads"]:
                if int(thread["id"]) >= oldest:
                    yield thread
                before = thread["thread_metadata"]["archive_timestamp"]
            if not archived["has_more"] or before is None or datetime.fromisoformat(before) < since:
                return
        raise _TooMuchHistory


def _unanswered(error: Exception) -> SearchOutcome:
    _log.info("could not look for a post: %s", error, extra={"action": "look_failed"})
    return SearchOutcome.LATER
