"""Readers' places: kept by text, so that they outlive every revision, and moved only by what is read in private."""

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
    """Finds readers' places in the text as it is now, and keeps them as they read on."""

    def __init__(self, pager: Paginator, clock: Clock) -> None:
        self._pager = pager
        self._clock = clock

    async def get(
        self, tx: Transaction, user_id: int, slug: str, number: int, edition: Edition
    ) -> Bookmark | None:
        """The reader's places in a story; those in the chapter of that number count in this edition's text.

        They are carried over one reader at a time, when they come back: a revision need touch no bookmark, and one that
        was being kept while it was made is as right as any, since it says which revision it belongs to.
        """
        kept = await tx.bookmarks.get(user_id, slug)
        if kept is None:
            return None
        return replace(
            kept,
            last=await self._carried(tx, kept.last, number, edition),
            furthest=await self._carried(tx, kept.furthest, number, edition),
            stay=await self._carried(tx, kept.position, number, edition),
        )

    async def advance(
        self,
        tx: Transaction,
        user_id: int,
        seen: SeenPage,
        kept: Bookmark | None,
        *,
        settle: bool = False,
    ) -> Bookmark:
        """The reader has that page before them: the bookmark after it, with the chapter as one that they have read.

        `kept` is what `of` found. `settle`: they say that this is where they read on.
        """
        now = self._clock.now()
        release, revision = seen.release, seen.edition.revision
        position = TextPosition(release.number, seen.page.start, revision)
        if kept is None:
            moved = Bookmark(user_id, release.story, position, position, now, position)
        elif settle:
            moved = kept.settle_at(position, now)
        else:
            moved = kept.move_to(position, now, follows=await _follows(tx, release, kept.last))
        await tx.bookmarks.save(moved, settle=settle)
        await tx.bookmarks.record_read(release.id, user_id, now, furthest=seen.page.end, revision=revision)
        return moved

    def is_elsewhere(self, moved: Bookmark, release: Release, edition: Edition, page_number: int) -> bool:
        """Whether a reader who has that page before them is not where they were: in another chapter, or further back
        in this one than a turn of the page."""
        place = moved.position
        if place.number != release.number or release.is_withdrawn:
            return place.number != release.number
        return page_at(self._pager.pages(edition), place.offset) > page_number

    async def record_turn(self, tx: Transaction, user_id: int, shown: ChapterPost) -> None:
        """The reader has turned a post that nobody else sees, and it shows that page now."""
        if shown.release.is_withdrawn:
            return
        kept = await self.get(tx, user_id, shown.story.slug, shown.release.number, shown.edition)
        await self.advance(tx, user_id, SeenPage(shown.release, shown.edition, shown.page), kept)

    async def get_edition(self, tx: Transaction, current: Edition, revision: int) -> Edition:
        """That revision of the chapter; the current one where it is not kept."""
        if revision == current.revision:
            return current
        return await tx.releases.get_edition(current.release_id, revision) or current

    async def _carried(
        self, tx: Transaction, place: TextPosition, number: int, edition: Edition
    ) -> TextPosition:
        """A place in the chapter of that number, moved to where its text stands now; any other place as it is."""
        if place.number != number or place.revision == edition.revision:
            return place
        old = await self.get_edition(tx, edition, place.revision)
        return TextPosition(number, self._pager.carried_offset(old, edition, place.offset), edition.revision)


async def _follows(tx: Transaction, release: Release, last: TextPosition) -> bool:
    """Whether that chapter is the next one that can be read after the one of a place."""
    if release.number <= last.number:
        return False
    if release.number == last.number + 1:
        return True
    following = await tx.releases.find_first_readable(release.story, last.number)
    return following is not None and following.number == release.number
