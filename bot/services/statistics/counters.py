"""Tracking of reads and stars, and the counters of chapters."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.statistics.counters import Counters
from bot.kit.callback_list import CallbackList
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.reading.chapter_read_records import ChapterRead

_log = logging.getLogger(__name__)

WRITTEN_AFTER = 3.0
"""Seconds for which reads are collected before they are written. A killed process loses these at most, and
most of these readers turn another page soon."""

_MOST_WAITING = 5_000
"""The most reads waiting to be written; further ones are dropped until the database answers."""

_KNOWN = 8_192
"""Reads remembered as written, so that each reader of a chapter is written once."""

_FRESH_FOR = timedelta(seconds=30)
"""The age from which cached counters are counted again."""

_COUNTED = 2048


class CounterTracker:
    """Collects reads, stores stars, and caches the counters of chapters."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: dict[tuple[int, int], ChapterRead] = {}
        self._lock = asyncio.Lock()
        self._known: LRUCache[tuple[int, int], None] = LRUCache(_KNOWN)
        self._writing: asyncio.Task[None] | None = None
        self._counted: LRUCache[int, tuple[datetime, Counters]] = LRUCache(_COUNTED)
        self._recounts: dict[int, asyncio.Task[None]] = {}
        self._in_line: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._touched: dict[int, set[int]] = {}
        self._doubtful: dict[int, None] = {}
        self.on_marked = CallbackList()
        """Called when the stars of a message are to be read of Discord."""

    def record_read(self, release_id: int, user_id: int) -> None:
        """Record that a reader turned a page of a chapter's post (0: nobody in particular).

        The read is written within seconds, and nobody waits for it.
        """
        key = release_id, user_id
        if not user_id or key in self._known or key in self._waiting or len(self._waiting) >= _MOST_WAITING:
            return
        self._waiting[key] = ChapterRead(release_id, user_id, self._clock.now())
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon(), name="write reads")

    async def record_star(self, release_id: int, message_id: int, user_id: int, on: bool) -> None:
        """Give or take back a reader's star on a post. The caller must hold `serialized`."""
        if message_id in self._touched:
            self._touched[message_id].add(user_id)
        now = self._clock.now()
        try:
            async with self._store.begin() as tx:
                if on:
                    await tx.bookmarks.add_vote(release_id, user_id, message_id, now)
                    await tx.bookmarks.record_reads([ChapterRead(release_id, user_id, now)])
                else:
                    await tx.bookmarks.remove_vote(release_id, user_id, message_id)
        except DatabaseAway:
            # Discord has it too: it is read there when the database is back.
            self.mark_for_recount(message_id)

    def mark_for_recount(self, message_id: int) -> None:
        """Mark a message whose remaining stars must be read from Discord.

        This is so after somebody removed others' reactions.
        """
        if len(self._doubtful) < _MOST_WAITING:
            self._doubtful[message_id] = None
            self.on_marked()

    def take_marked(self, most: int) -> list[int]:
        """Return some of the marked messages, which are no longer marked."""
        taken = list(self._doubtful)[:most]
        for message_id in taken:
            del self._doubtful[message_id]
        return taken

    def serialized(self, message_id: int) -> asyncio.Lock:
        """Return a lock that serializes the star events of one message."""
        return self._in_line.setdefault(message_id, asyncio.Lock())

    @contextmanager
    def track_changes(self, message_id: int) -> Iterator[set[int]]:
        """Collect the readers who change their star on a message meanwhile.

        For them, what is being read from Discord may be outdated.
        """
        touched = self._touched[message_id] = set()
        try:
            yield touched
        finally:
            self._touched.pop(message_id, None)

    async def get(self, release_id: int) -> Counters:
        """Return a chapter's counters, usually from the cache.

        Cached counters older than half a minute are returned once more while they are counted again, so that
        no page turn waits.
        """
        known = self._counted.get(release_id)
        if known is None:
            return await self.recount(release_id)
        counted_at, counters = known
        if self._clock.now() - counted_at >= _FRESH_FOR and release_id not in self._recounts:
            task = asyncio.create_task(self._recount(release_id), name=f"count {release_id}")
            self._recounts[release_id] = task
            task.add_done_callback(lambda _: self._recounts.pop(release_id, None))
        return counters

    async def recount(self, release_id: int) -> Counters:
        """Count a chapter's counters now."""
        async with self._store.read() as tx:
            counters = (await tx.counters.count_by_release([release_id]))[release_id]
        self._counted[release_id] = self._clock.now(), counters
        return counters

    async def forget_reader(self, user_id: int) -> None:
        """Drop a reader whose data is about to be erased: none of their reads is written after this."""
        async with self._lock:
            self._waiting = {key: read for key, read in self._waiting.items() if key[1] != user_id}
            for key in [each for each in self._known if each[1] == user_id]:
                del self._known[key]
            self._counted.clear()

    async def drain(self) -> None:
        """Write all collected reads now."""
        async with self._lock:
            # It is not in the middle of writing now: a statement that is broken off costs its connection.
            if self._writing is not None:
                self._writing.cancel()
        await self._write()
        await asyncio.gather(*self._recounts.values(), return_exceptions=True)

    async def _write_soon(self) -> None:
        while self._waiting:
            await asyncio.sleep(WRITTEN_AFTER)
            try:
                await self._write()
            except DatabaseAway:
                # They wait on.
                continue
            except Exception:
                _log.exception("reads could not be written", extra={"action": "reads_failed"})

    async def _write(self) -> None:
        """Write the collected reads; they stay collected if that fails or is cancelled."""
        async with self._lock:
            batch = list(self._waiting.items())
            if not batch:
                return
            async with self._store.begin() as tx:
                await tx.bookmarks.record_reads([read for _, read in batch])
            for key, _ in batch:
                del self._waiting[key]
                self._known[key] = None

    async def _recount(self, release_id: int) -> None:
        try:
            await self.recount(release_id)
        except DatabaseAway:
            # Those counted last serve on.
            return
        except Exception:
            _log.exception("figures could not be counted", extra={"action": "figures_failed"})
