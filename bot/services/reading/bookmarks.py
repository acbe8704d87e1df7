"""Readers' bookmarks, stored as text positions so that they survive revisions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.pages import Page, page_at
from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.domain.releases.release import Edition, Release
from bot.services.delivery.post_messenger import ChapterPost
from bot.services.pages.paginator import Paginator
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that a reader sees, with its chapter."""

    release: Release
    edition: Edition
    page: Page


class Bookmarks:
    """Reads and advances bookmarks, carrying their positions over to the current text."""

    def __init__(self, pager: Paginator, clock: Clock) -> None:
        self._pager = pager
        self._clock = clock

    async def get(
        self, tx: Transaction, user_id: int, slug: str, number: int, edition: Edition
    ) -> Bookmark | None:
        """Return the reader's bookmark with positions in chapter `number` carried over to `edition`, if any.

        Positions are carried over for one reader at a time, when that reader returns: a revision touches no
        bookmark, and one saved during a revision is right too, because it names the revision it belongs to.
        """
        bookmark = await tx.bookmarks.get(user_id, slug)
        if bookmark is None:
            return None
        return replace(
            bookmark,
            last=await self._carried(tx, bookmark.last, number, edition),
            furthest=await self._carried(tx, bookmark.furthest, number, edition),
            stay=await self._carried(tx, bookmark.position, number, edition),
        )

    async def advance(
        self,
        tx: Transaction,
        user_id: int,
        seen: SeenPage,
        bookmark: Bookmark | None,
        *,
        settle: bool = False,
    ) -> Bookmark:
        """Record that the reader sees a page, and return the new bookmark.

        `bookmark` is the one returned by `get`. `settle` means that the reader chose this page as the one to
        read on from.
        """
        now = self._clock.now()
        release, revision = seen.release, seen.edition.revision
        position = TextPosition(release.number, seen.page.start, revision)
        if bookmark is None:
            moved = Bookmark(user_id, release.story, position, position, now, position)
        elif settle:
            moved = bookmark.settle_at(position, now)
        else:
            moved = bookmark.move_to(position, now, follows=await _follows(tx, release, bookmark.last))
        await tx.bookmarks.save(moved, settle=settle)
        await tx.bookmarks.record_read(release.id, user_id, now, furthest=seen.page.end, revision=revision)
        return moved

    def is_elsewhere(self, moved: Bookmark, release: Release, edition: Edition, page_number: int) -> bool:
        """Return whether that page is away from the bookmark.

        A page is away if it is in another chapter, or further back in the same one than the page before.
        """
        place = moved.position
        if place.number != release.number or release.is_withdrawn:
            return place.number != release.number
        return page_at(self._pager.pages(edition), place.offset) > page_number

    async def record_turn(self, tx: Transaction, user_id: int, shown: ChapterPost) -> None:
        """Advance the bookmark of a reader who turned a post that only they can see."""
        if shown.release.is_withdrawn:
            return
        bookmark = await self.get(tx, user_id, shown.story.slug, shown.release.number, shown.edition)
        await self.advance(tx, user_id, SeenPage(shown.release, shown.edition, shown.page), bookmark)

    async def get_edition(self, tx: Transaction, current: Edition, revision: int) -> Edition:
        """Return that revision of the chapter, or the current one if it is not stored."""
        if revision == current.revision:
            return current
        return await tx.releases.get_edition(current.release_id, revision) or current

    async def _carried(
        self, tx: Transaction, place: TextPosition, number: int, edition: Edition
    ) -> TextPosition:
        if place.number != number or place.revision == edition.revision:
            return place
        old = await self.get_edition(tx, edition, place.revision)
        return TextPosition(number, self._pager.map_offset(old, edition, place.offset), edition.revision)


async def _follows(tx: Transaction, release: Release, last: TextPosition) -> bool:
    if release.number <= last.number:
        return False
    if release.number == last.number + 1:
        return True
    following = await tx.releases.find_first_readable(release.story, last.number)
    return following is not None and following.number == release.number
