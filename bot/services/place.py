"""Readers' places: kept by text, so that they outlive every revision, and moved only by what is read in private."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.pages import Page
from bot.domain.reader import Bookmark, Place
from bot.domain.release import Edition, Release
from bot.services.paging import Pager
from bot.services.ports import ChapterPost
from bot.services.storage import Transaction


class Places:
    """Finds readers' places in the text as it is now, and keeps them as they read on."""

    def __init__(self, pager: Pager, clock: Clock) -> None:
        self._pager = pager
        self._clock = clock

    async def of(
        self, tx: Transaction, user_id: int, slug: str, number: int, edition: Edition
    ) -> Bookmark | None:
        """The reader's places in a story; those in the chapter of that number count in this edition's text.

        They are carried over one reader at a time, when they come back: a revision need touch no bookmark, and one that
        was being kept while it was made is as right as any, since it says which revision it belongs to.
        """
        kept = await tx.readers.bookmark(user_id, slug)
        if kept is None:
            return None
        return replace(
            kept,
            last=await self._carried(tx, kept.last, number, edition),
            furthest=await self._carried(tx, kept.furthest, number, edition),
        )

    async def move(
        self,
        tx: Transaction,
        user_id: int,
        release: Release,
        edition: Edition,
        page: Page,
        kept: Bookmark | None,
    ) -> None:
        """The reader has that page before them: it is their place now, and the chapter is one that they have read.

        `kept` is what `of` found.
        """
        now = self._clock.now()
        place = Place(release.number, page.start, edition.revision)
        bookmark = kept or Bookmark(user_id, release.story, place, place, now)
        moved = bookmark.moved(place, now)
        await tx.readers.keep(moved)
        await tx.readers.read(release.id, user_id, now, furthest=page.end, revision=edition.revision)

    async def turned(self, tx: Transaction, user_id: int, shown: ChapterPost) -> None:
        """The reader has turned a post that nobody else sees, and it shows that page now."""
        if shown.release.withdrawn:
            return
        kept = await self.of(tx, user_id, shown.story.slug, shown.release.number, shown.edition)
        await self.move(tx, user_id, shown.release, shown.edition, shown.page, kept)

    async def edition(self, tx: Transaction, current: Edition, revision: int) -> Edition:
        """That revision of the chapter; the current one where it is not kept."""
        if revision == current.revision:
            return current
        return await tx.releases.edition(current.release_id, revision) or current

    async def _carried(self, tx: Transaction, place: Place, number: int, edition: Edition) -> Place:
        """A place in the chapter of that number, moved to where its text stands now; any other place as it is."""
        if place.number != number or place.revision == edition.revision:
            return place
        old = await self.edition(tx, edition, place.revision)
        return Place(number, self._pager.carried_offset(old, edition, place.offset), edition.revision)
