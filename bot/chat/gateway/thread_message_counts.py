"""Message counts of threads, collected from the gateway's events about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Any

import discord


def message_count(thread: Mapping[str, Any]) -> int:
    """Return the number of a thread's messages, without the first and deleted ones (docs: resources/channel)."""
    return int(thread.get("message_count") or 0)


class ThreadMessageCounts:
    """Collects message counts and deletions of threads before discord.py drops their events.

    Nearly all threads are not the bot's. What arrives while earlier counts are passed on is collected, so that a flood
    becomes a few queries to the database.
    """

    def __init__(self, connection: discord.state.ConnectionState[Any]) -> None:
        self._connection = connection
        self._counts: dict[int, int] = {}
        self._deleted: set[int] = set()
        self._passing = False
        for name, collect in {
            "GUILD_CREATE": self._collect_guild,
            "THREAD_LIST_SYNC": self._collect_guild,
            "THREAD_CREATE": self._collect_thread,
            "THREAD_UPDATE": self._collect_thread,
            "THREAD_DELETE": self._collect_deletion,
        }.items():
            self._add_parser(name, collect)

    def _add_parser(self, name: str, collect: Callable[[Any], None]) -> None:
        parsers = self._connection.parsers
        parse = parsers.get(name)

        def parse_and_collect(data: Any) -> None:
            if parse is not None:
                parse(data)
            collect(data)

        parsers[name] = parse_and_collect

    def _collect_guild(self, data: Mapping[str, Any]) -> None:
        self._collect(data.get("threads") or ())

    def _collect_thread(self, data: Mapping[str, Any]) -> None:
        self._collect((data,))

    def _collect(self, threads: Iterable[Mapping[str, Any]]) -> None:
        self._counts |= {int(each["id"]): message_count(each) for each in threads if "message_count" in each}
        self._announce()

    def _collect_deletion(self, data: Mapping[str, Any]) -> None:
        thread_id = int(data["id"])
        self._counts.pop(thread_id, None)
        self._deleted.add(thread_id)
        self._announce()

    def _announce(self) -> None:
        """Dispatch an event that leads to `pass_on`, unless that is under way or has nothing to do."""
        if not self._passing and (self._counts or self._deleted):
            self._passing = True
            self._connection.dispatch("thread_counts")

    async def pass_on(
        self,
        update: Callable[[Mapping[int, int]], Awaitable[None]],
        remove: Callable[[Collection[int]], Awaitable[None]],
    ) -> None:
        """Pass on what was collected so far, then what arrived meanwhile.

        Args:
            update: Takes the message counts by thread.
            remove: Takes the deleted threads.
        """
        try:
            while self._counts or self._deleted:
                counts, self._counts = self._counts, {}
                deleted, self._deleted = self._deleted, set()
                if counts:
                    await update(counts)
                if deleted:
                    await remove(deleted)
        finally:
            self._passing = False
