"""Counting: who reads and who votes, and the figures that come of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.statistics.counters import Counters
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.reading.chapter_read_records import ChapterRead

_log = logging.getLogger(__name__)

WRITTEN_AFTER = 3.0
"""Seconds for which reads are collected. A turn waits for none of it; a bot that is killed loses at most these, of
people who will as like as not turn another page."""

_MOST_WAITING = 5_000
"""Reads waiting to be written; beyond, new ones are let go until the database answers."""

_KNOWN = 8_192
"""Reads remembered as written: who turns page after page is written once."""

_FRESH_FOR = timedelta(seconds=30)
"""How long figures serve before they are counted again."""

_COUNTED = 2048


class CounterTracker:
    """Collects reads, keeps votes, and has the figures of chapters at hand."""

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
        self.on_marked: Callable[[], None] = _nobody
        """Called when the stars of a message are to be read of Discord."""

    def record_read(self, release_id: int, user_id: int) -> None:
        """Somebody (0: nobody in particular) turned a page of a chapter's post: it is written within seconds, and
        nothing waits for it."""
        key = release_id, user_id
        if not user_id or key in self._known or key in self._waiting or len(self._waiting) >= _MOST_WAITING:
            return
        self._waiting[key] = ChapterRead(release_id, user_id, self._clock.now())
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon(), name="write reads")

    async def record_star(self, release_id: int, message_id: int, user_id: int, on: bool) -> None:
        """Somebody gave a post their star, or took it back; whoever gives one has read. To be called `in_line`."""
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
        """Somebody took reactions of others away from a message: whose stars are left is to be read of Discord."""
        if len(self._doubtful) < _MOST_WAITING:
            self._doubtful[message_id] = None
            self.on_marked()

    def take_marked(self, most: int) -> list[int]:
        """Messages whose stars are to be read; they are in doubt no more."""
        taken = list(self._doubtful)[:most]
        for message_id in taken:
            del self._doubtful[message_id]
        return taken

    def serialized(self, message_id: int) -> asyncio.Lock:
        """What concerns the stars of one message is done in the order in which it was told."""
        return self._in_line.setdefault(message_id, asyncio.Lock())

    @contextmanager
    def track_changes(self, message_id: int) -> Iterator[set[int]]:
        """Note who touches their star on a message from here on: of them, what is being read of Discord may be out of
        date."""
        touched = self._touched[message_id] = set()
        try:
            yield touched
        finally:
            self._touched.pop(message_id, None)

    async def get(self, release_id: int) -> Counters:
        """A chapter's figures, half a minute old at most where somebody asks often; older ones serve while they are
        counted anew, so that no page turn waits for it."""
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
        """A chapter's figures as they are now."""
        async with self._store.read() as tx:
            counters = (await tx.counters.count_by_release([release_id]))[release_id]
        self._counted[release_id] = self._clock.now(), counters
        return counters

    async def forget_reader(self, user_id: int) -> None:
        """Their data is about to be erased: nothing of theirs will be written after this, and chapters are counted
        anew."""
        async with self._lock:
            self._waiting = {key: read for key, read in self._waiting.items() if key[1] != user_id}
            for key in [each for each in self._known if each[1] == user_id]:
                del self._known[key]
            self._counted.clear()

    async def drain(self) -> None:
        """Write all that waits, now."""
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
        """Write what waits; it waits on if that fails or is broken off."""
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


def _nobody() -> None:
    """Nobody asked to be called."""
