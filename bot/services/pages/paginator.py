"""Pages of editions, kept while in use, and positions mapped between revisions."""

from __future__ import annotations

from cachetools import LRUCache

from bot.domain.pages import Page, PositionMap, paginate
from bot.domain.releases.release import Edition
from bot.services.pages.prerendered_pages import PrerenderedPages


class Paginator:
    """Cuts editions into pages of at most `page_length` and keeps the most recently used `keep` chapters.

    An edition never changes under its (release, revision), so a kept chapter never goes stale. `made` may have pages of
    that length already.
    """

    def __init__(self, page_length: int, keep: int = 256, made: PrerenderedPages | None = None) -> None:
        self._made = made
        self._page_length = page_length
        self._kept: LRUCache[tuple[int, int], tuple[Page, ...]] = LRUCache(keep)
        self._carried: LRUCache[tuple[int, int, int], PositionMap] = LRUCache(keep)

    def pages(self, edition: Edition) -> tuple[Page, ...]:
        """Return the pages of the edition, at least one."""
        key = (edition.release_id, edition.revision)
        pages = self._kept.get(key)
        if pages is None:
            pages = self._found(edition) or self._cut(edition)
            self._kept[key] = pages
        return pages

    def _found(self, edition: Edition) -> tuple[Page, ...] | None:
        if self._made is None:
            return None
        return self._made.find(edition.text, edition.note_before, edition.note_after, edition.pov)

    def _cut(self, edition: Edition) -> tuple[Page, ...]:
        return paginate(
            edition.text,
            limit=self._page_length,
            note_before=edition.note_before,
            note_after=edition.note_after,
            pov=edition.pov,
        )

    def cached_pages(self, release_id: int, revision: int) -> tuple[Page, ...] | None:
        """Return the pages of an edition if they are cached."""
        return self._kept.get((release_id, revision))

    def map_offset(self, old: Edition, new: Edition, offset: int) -> int:
        """Return the offset in the new text of the word at that offset in the old one."""
        return offset if old.text == new.text else self._carrying(old, new).word(offset)

    def map_page(self, old: Edition, new: Edition, number: int) -> int:
        """Return the number, from 1, of the new page on which the beginning of the old page is now."""
        return self._carrying(old, new).page(self.pages(old), self.pages(new), number - 1) + 1

    def _carrying(self, old: Edition, new: Edition) -> PositionMap:
        """Compare two texts once for all posts and readers that move between them."""
        key = (old.release_id, old.revision, new.revision)
        carried = self._carried.get(key)
        if carried is None:
            carried = self._carried[key] = PositionMap(old.text, new.text)
        return carried
