"""Message counts of threads, collected from the gateway's events about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

import discord


def message_count(thread: Mapping[str, Any]) -> int:
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
        self._told |= {int(each["id"]): message_count(each) for each in threads if "message_count" in each}
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
