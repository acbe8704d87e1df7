"""Finding chapters without rendered pages, and having them rendered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.clock import stopwatch
from bot.content.prerender.disk_cache import DiskPageCache
from bot.content.prerender.page_codec import PageJob
from bot.content.prerender.worker_pool import available_workers, run_workers
from bot.domain.stories.story import Chapter, Serial

_log = logging.getLogger(__name__)

ALONE = 500_000
"""Characters that are paged in a thread, in some 300 ms; for more than that, starting processes is worth it."""

_AT_ONCE = 32
"""Chapters that are kept in one transaction."""


class Prerenderer:
    """Renders the pages of every chapter before anybody opens it, and again when it changed."""

    def __init__(self, cache: DiskPageCache, *, alone: int = ALONE) -> None:
        self._cache = cache
        self._alone = alone
        self._last: Mapping[str, Serial] | None = None
        self._looked_at: frozenset[str] = frozenset()
        self._made: dict[bytes, bytes] = {}

    async def look(self, serials: Mapping[str, Serial]) -> int:
        """Render missing pages; return the number of chapters rendered.

        The event loop is never blocked: a few are rendered in a thread, many in low-priority processes that
        end with the job. Chapters unchanged since the last call cost nothing.
        """
        if serials is self._last or not self._cache.usable:
            return 0
        started = stopwatch()
        pile, digests = await asyncio.to_thread(self._missing, serials)
        if sum(len(sheet.text) for sheet in pile.values()) <= self._alone:
            await asyncio.to_thread(self._make, pile)
        else:
            try:
                await run_workers(pile, available_workers(), self._take)
            finally:
                await self._put_away()
        self._last, self._looked_at = serials, digests
        if pile:
            took = stopwatch() - started
            _log.info("chapters paged ahead: %d, in %.1f s", len(pile), took, extra={"action": "paged_ahead"})
        return len(pile)

    def _missing(self, serials: Mapping[str, Serial]) -> tuple[dict[bytes, PageJob], frozenset[str]]:
        """Return the jobs without pages, by key, and the digests of all chapters."""
        chapters = {chapter.digest: chapter for serial in serials.values() for chapter in serial.chapters}
        new = [self._sheet(chapter) for digest, chapter in chapters.items() if digest not in self._looked_at]
        pile = {sheet.key: sheet for sheet in new}
        gone = self._cache.missing(pile.keys()) if pile else set()
        return {key: sheet for key, sheet in pile.items() if key in gone}, frozenset(chapters)

    def _sheet(self, chapter: Chapter) -> PageJob:
        length = self._cache.page_length
        return PageJob(chapter.text, chapter.note_before, chapter.note_after, chapter.pov, length)

    def _make(self, pile: Mapping[bytes, PageJob]) -> None:
        made = {key: sheet.made() for key, sheet in pile.items()}
        self._cache.keep({key: packed for key, packed in made.items() if packed})

    async def _take(self, key: bytes, packed: bytes) -> None:
        if packed:
            self._made[key] = packed
        if len(self._made) >= _AT_ONCE:
            await self._put_away()

    async def _put_away(self) -> None:
        made, self._made = self._made, {}
        if made:
            await asyncio.to_thread(self._cache.keep, made)
