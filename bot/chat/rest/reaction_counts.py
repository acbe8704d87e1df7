"""What people did under posts: stars, and how much is said in threads, by REST and by what the gateway tells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

import discord

from bot.chat.text.reaction_emoji import STAR, bare
from bot.services.ports import PostCounts

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
        messages = None if thread is None else messages_in(thread)
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
        return messages_in(await self._client.http.get_channel(thread_id))


def messages_in(thread: Mapping[str, Any]) -> int:
    """Messages of a thread, without the first and without deleted ones (docs: resources/channel)."""
    return int(thread.get("message_count") or 0)


class ThreadCounts:
    """Collects what the gateway tells of threads, before discord.py drops it; nearly all are nothing of the bot's.

    While what came before is passed on, more collects, so that a flood is a few questions to the database.
    """

    def __init__(self, connection: discord.state.ConnectionState[Any]) -> None:
        self._connection = connection
        self._told: dict[int, int] = {}
        self._lost: set[int] = set()
        self._passing = False
        for name, tell in {
            "GUILD_CREATE": self._guild,
            "THREAD_LIST_SYNC": self._guild,
            "THREAD_CREATE": self._one,
            "THREAD_UPDATE": self._one,
            "THREAD_DELETE": self._gone,
        }.items():
            self._add(name, tell)

    def _add(self, name: str, tell: Any) -> None:
        parsers = self._connection.parsers
        parse = parsers.get(name)

        def parse_and_tell(data: Any) -> None:
            if parse is not None:
                parse(data)
            tell(data)

        parsers[name] = parse_and_tell

    def _guild(self, data: Mapping[str, Any]) -> None:
        self._tell(data.get("threads") or ())

    def _one(self, data: Mapping[str, Any]) -> None:
        self._tell((data,))

    def _tell(self, threads: Iterable[Mapping[str, Any]]) -> None:
        self._told |= {int(each["id"]): messages_in(each) for each in threads if "message_count" in each}
        self._announce()

    def _gone(self, data: Mapping[str, Any]) -> None:
        thread_id = int(data["id"])
        self._told.pop(thread_id, None)
        self._lost.add(thread_id)
        self._announce()

    def _announce(self) -> None:
        """Have `pass_on` called, unless it is at work or there is nothing to pass on."""
        if not self._passing and (self._told or self._lost):
            self._passing = True
            self._connection.dispatch("thread_news")

    async def pass_on(
        self,
        told: Callable[[Mapping[int, int]], Awaitable[None]],
        gone: Callable[[Collection[int]], Awaitable[None]],
    ) -> None:
        """Tell of the threads that have come by now, with their counts of messages by id, and of those that are gone;
        then of those that came meanwhile."""
        try:
            while self._told or self._lost:
                counts, self._told = self._told, {}
                lost, self._lost = self._lost, set()
                if counts:
                    await told(counts)
                if lost:
                    await gone(lost)
        finally:
            self._passing = False
