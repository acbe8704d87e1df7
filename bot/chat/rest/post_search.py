"""Looking for a post of the bot's own, after an attempt whose outcome nobody knows."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.chat.gateway.session import Session
from bot.chat.rest.channel_survey import ChannelSurvey
from bot.chat.rest.outcomes import NO_WORD
from bot.chat.text import post_markers
from bot.domain.delivery.post_identity import PostIdentity
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome

_log = logging.getLogger(__name__)

Json = Mapping[str, Any]
Bears = Callable[[Json, int], bool]
"""Whether a message is that author's own with the mark that is looked for."""

SKEW = timedelta(minutes=1)
"""How far this machine's clock may be ahead of Discord's."""

_HISTORY = 100
_PAGES = 100
_FORUM_PAGES = 20
_CHANNEL_GONE = 10003
_GUILD_GONE = 10004


class _TooMany(Exception):
    """There is more than could be looked through."""


class PostSearch:
    """Looks through a channel's history, or among a forum's threads."""

    def __init__(self, client: Session, surveyor: ChannelSurvey) -> None:
        self._client = client
        self._surveyor = surveyor

    async def find(self, to: Destination, bears: Bears, since: datetime) -> FoundPost | SearchOutcome:
        """The bot's own post with a mark, made at or after `since`."""
        if not self._client.usable or self._client.user is None:
            return SearchOutcome.LATER
        since -= SKEW
        try:
            if to.forum and to.guild_id is not None:
                return await self._in_forum(to.guild_id, to.channel_id, bears, since)
            return await self._in_channel(to.channel_id, self._client.user.id, bears, since)
        except NO_WORD as error:
            return _later(error)

    async def traces(self, to: Destination, since: datetime) -> list[PostIdentity] | SearchOutcome:
        """The bot's own chapters there, made at or after `since`, oldest first; of a forum its posts alone."""
        if not self._client.usable or self._client.user is None:
            return SearchOutcome.LATER
        since -= SKEW
        try:
            return await self._traces(to, since)
        except _TooMany:
            return SearchOutcome.TOO_MUCH
        except discord.HTTPException as error:
            if error.code in (_CHANNEL_GONE, _GUILD_GONE):
                return []
            return SearchOutcome.BLIND if error.status in (403, 404) else _later(error)
        except NO_WORD as error:
            return _later(error)

    async def _traces(self, to: Destination, since: datetime) -> list[PostIdentity] | SearchOutcome:
        assert self._client.user is not None
        own, found, seen = self._client.user.id, [], False
        if to.forum and to.guild_id is not None:
            async for thread in self._threads(to.guild_id, to.channel_id, since):
                seen = True
                first = await self._first_of(thread)
                found.append(post_markers.trace_of(first, own) if first is not None else None)
        else:
            async for message in self._messages(to.channel_id, since):
                seen = True
                found.append(post_markers.trace_of(message, own))
        if not seen and not await self._surveyor.reads_history(to.channel_id):
            return SearchOutcome.BLIND
        return sorted((trace for trace in found if trace is not None), key=lambda trace: trace.message_id)

    async def _in_channel(
        self, channel_id: int, own_id: int, bears: Bears, since: datetime
    ) -> FoundPost | SearchOutcome:
        """Look through a channel's history.

        An empty history says nothing where the bot may not read it (docs: resources/message, Get Channel Messages). In
        a channel that is gone there is surely no post.
        """
        seen = False
        try:
            async for message in self._messages(channel_id, since):
                if bears(message, own_id):
                    return FoundPost(int(message["id"]))
                seen = True
        except _TooMany:
            return SearchOutcome.BLIND
        except discord.HTTPException as error:
            if error.code == _CHANNEL_GONE:
                return SearchOutcome.ABSENT
            if error.status in (403, 404):
                return SearchOutcome.BLIND
            raise
        believed = seen or await self._surveyor.reads_history(channel_id)
        return SearchOutcome.ABSENT if believed else SearchOutcome.BLIND

    async def _messages(self, channel_id: int, since: datetime) -> AsyncIterator[Json]:
        """A channel's messages that were made since then, a hundred a request.

        Raises:
            _TooMany: too much was written since to look through it all, so absence is not known.
        """
        after = discord.utils.time_snowflake(since)
        for _ in range(_PAGES):
            messages: list[Any] = await self._client.http.logs_from(channel_id, _HISTORY, after=after)
            for message in messages:
                yield message
            if len(messages) < _HISTORY:
                return
            after = max(int(message["id"]) for message in messages)
        raise _TooMany

    async def _in_forum(
        self, guild_id: int, forum_id: int, bears: Bears, since: datetime
    ) -> FoundPost | SearchOutcome:
        """Look for a forum's post of the bot's with that mark among its threads, sleeping ones too."""
        known = False
        try:
            async for thread in self._threads(guild_id, forum_id, since):
                known = True
                if await self._starts(thread, bears):
                    return FoundPost(int(thread["id"]))
        except _TooMany:
            return SearchOutcome.BLIND
        except discord.HTTPException as error:
            if error.code in (_CHANNEL_GONE, _GUILD_GONE):
                return SearchOutcome.ABSENT
            if error.status == 403:
                return SearchOutcome.BLIND
            raise
        believed = known or await self._surveyor.reads_history(forum_id)
        return SearchOutcome.ABSENT if believed else SearchOutcome.BLIND

    async def _starts(self, thread: Json, bears: Bears) -> bool:
        first = await self._first_of(thread)
        assert self._client.user is not None
        return first is not None and bears(first, self._client.user.id)

    async def _first_of(self, thread: Json) -> Json | None:
        """The message that a thread of the bot's own in a forum began with."""
        assert self._client.user is not None
        if int(thread.get("owner_id") or 0) != self._client.user.id:
            return None
        try:
            first: Json = await self._client.http.get_message(int(thread["id"]), int(thread["id"]))
        except discord.NotFound:
            return None
        return first

    async def _threads(self, guild_id: int, forum_id: int, since: datetime) -> AsyncIterator[Json]:
        """The forum's threads that were made since then: those awake, then those that fell asleep since.

        Raises:
            _TooMany: so many fell asleep since that not all were looked at.
        """
        oldest = discord.utils.time_snowflake(since)
        awake: Any = await self._client.http.get_active_threads(guild_id)
        for thread in awake["threads"]:
            if int(thread.get("parent_id") or 0) == forum_id and int(thread["id"]) >= oldest:
                yield thread
        before: str | None = None
        for _ in range(_FORUM_PAGES):
            asleep: Any = await self._client.http.get_public_archived_threads(
                forum_id, before=before, limit=_HISTORY
            )
            for thread in asleep["threads"]:
                if int(thread["id"]) >= oldest:
                    yield thread
                before = thread["thread_metadata"]["archive_timestamp"]
            if not asleep["has_more"] or before is None or datetime.fromisoformat(before) < since:
                return
        raise _TooMany


def _later(error: Exception) -> SearchOutcome:
    _log.info("could not look for a post: %s", error, extra={"action": "look_failed"})
    return SearchOutcome.LATER
