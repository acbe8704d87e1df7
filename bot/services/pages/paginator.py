"""Pages of editions, made once and kept while they are in use; and what stands where in two of them."""

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
        """The edition's pages: one at least."""
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
        """The pages of an edition, if they are kept."""
        return self._kept.get((release_id, revision))

    def map_offset(self, old: Edition, new: Edition, offset: int) -> int:
        """Where the word that stood at that offset in one revision's text stands in another's."""
        return offset if old.text == new.text else self._carrying(old, new).word(offset)

    def map_page(self, old: Edition, new: Edition, number: int) -> int:
        """The number of the page on which what that page of another revision began with stands now, from 1."""
        return self._carrying(old, new).page(self.pages(old), self.pages(new), number - 1) + 1

    def _carrying(self, old: Edition, new: Edition) -> PositionMap:
        """The two texts compared: once for all the posts and readers that are carried over."""
        key = (old.release_id, old.revision, new.revision)
        carried = self._carried.get(key)
        if carried is None:
            carried = self._carried[key] = PositionMap(old.text, new.text)
        return carried
