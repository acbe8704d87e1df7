"""The private reader: any page of any released chapter, and a place that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.access import Viewer, may_see, require_visible
from bot.domain.errors import NothingPublished, PostGone
from bot.domain.pages import Cut, Page, page_at
from bot.domain.reader import Bookmark, Place
from bot.domain.release import Edition, PictureFile, Release
from bot.domain.story import Story
from bot.services.compose import edition_of, pictures_on
from bot.services.lookup import find_implied_story, find_release, find_story
from bot.services.outlook import Outlook
from bot.services.paging import Pager
from bot.services.ports import Store
from bot.services.storage import StoryRecord, Transaction

_NOTHING = Page((), 0, 0, None, Cut.END)
"""The page of a chapter that its author has withdrawn."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """One page in somebody's private reader. `page_number` counts from 1; `released` is the number of chapters out.

    `previous` and `following` are the chapters next to it; `next_at` says when the next comes out, at the end of the
    last one. Of a chapter that its author has withdrawn there is one page, and it is empty.
    """

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    page_count: int
    released: int
    previous: Release | None
    following: Release | None
    pictures: tuple[PictureFile, ...]
    next_at: datetime | None


class Reading:
    """Opens chapters where the reader left them, and keeps their place at every page."""

    def __init__(self, store: Store, pager: Pager, outlook: Outlook, clock: Clock) -> None:
        self._store = store
        self._pager = pager
        self._outlook = outlook
        self._clock = clock

    async def open(self, viewer: Viewer, story: str | None, chapter: str | None) -> ReaderView:
        """A story at the reader's place, or at a chapter they name.

        Without a story it is the one they read last, else the channel's only one, else the only one there is.

        Raises:
            Refusal: there is no such story or chapter for them here, nothing of it is out, or several could be meant.
        """
        async with self._store.begin() as tx:
            if story is not None:
                record = await find_story(tx, viewer, story)
            else:
                record = await self._read_last(tx, viewer) or await find_implied_story(tx, viewer)
            bookmark = await tx.readers.bookmark(viewer.user_id, record.story.slug)
            if chapter is not None:
                release = await find_release(tx, record, chapter)
                return await self._view(tx, viewer, record, release)
            place = bookmark.last if bookmark is not None else Place(1, 0)
            found = await tx.releases.by_number(record.story.slug, place.number)
            if found is None:
                raise NothingPublished(story=record.story.title)
            return await self._view(tx, viewer, record, found)

    async def open_release(self, viewer: Viewer, release_id: int) -> ReaderView:
        """The chapter of a post's Read button: at the reader's place if that lies in it, else at its beginning.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
        """
        async with self._store.begin() as tx:
            record, release = await self._released(tx, viewer, release_id)
            return await self._view(tx, viewer, record, release)

    async def show(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int | None = None
    ) -> ReaderView:
        """Another page of a chapter; -1 is its last, any other number goes to the nearest there is.

        The number counts in that `revision` of the chapter (None: the current one), the one on the reader's screen
        when they asked: where it has been revised since, they get the page with the same text.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
        """
        async with self._store.begin() as tx:
            record, release = await self._released(tx, viewer, release_id)
            edition = await edition_of(tx, release)
            number = page_number
            if page_number == -1:
                number = len(self._pager.pages(edition))
            elif revision is not None and revision != edition.revision:
                asked = await self._edition(tx, edition, revision)
                number = self._pager.carried_page(asked, edition, page_number)
            return await self._view(tx, viewer, record, release, number)

    async def chapters(self, viewer: Viewer, story: str) -> list[Release]:
        """All that is out of a story.

        Raises:
            Refusal: there is no such story for them here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            return await tx.releases.of(record.story.slug)

    async def _read_last(self, tx: Transaction, viewer: Viewer) -> StoryRecord | None:
        for bookmark in await tx.readers.bookmarks(viewer.user_id):
            record = await tx.stories.get(bookmark.story)
            if record is not None and may_see(record.story, viewer):
                return record
        return None

    async def _released(
        self, tx: Transaction, viewer: Viewer, release_id: int
    ) -> tuple[StoryRecord, Release]:
        release = await tx.releases.get(release_id)
        record = await tx.stories.get(release.story) if release is not None else None
        if release is None or record is None:
            raise PostGone
        require_visible(record.story, viewer)
        return record, release

    @staticmethod
    async def _edition(tx: Transaction, current: Edition, revision: int) -> Edition:
        """That revision of the chapter; the current one where it is not kept."""
        if revision == current.revision:
            return current
        return await tx.releases.edition(current.release_id, revision) or current

    async def _carried(self, tx: Transaction, place: Place, number: int, edition: Edition) -> Place:
        """A place in the chapter of that number, moved to where its text stands now; any other place as it is."""
        if place.number != number or place.revision == edition.revision:
            return place
        old = await self._edition(tx, edition, place.revision)
        return Place(number, self._pager.carried_offset(old, edition, place.offset), edition.revision)

    async def _bookmark(
        self, tx: Transaction, viewer: Viewer, slug: str, number: int, edition: Edition
    ) -> Bookmark | None:
        """The reader's places in a story; those in the chapter of that number count in this edition's text.

        They are carried over one reader at a time, when they come back: a revision need touch no bookmark, and one that
        was being kept while it was made is as right as any, since it says which revision it belongs to.
        """
        kept = await tx.readers.bookmark(viewer.user_id, slug)
        if kept is None:
            return None
        return replace(
            kept,
            last=await self._carried(tx, kept.last, number, edition),
            furthest=await self._carried(tx, kept.furthest, number, edition),
        )

    async def _view(
        self,
        tx: Transaction,
        viewer: Viewer,
        record: StoryRecord,
        release: Release,
        number: int | None = None,
    ) -> ReaderView:
        """The chapter's page of that number, else the one with the reader's place in it; it becomes their place."""
        edition = await edition_of(tx, release)
        if release.withdrawn:
            return await self._framed(tx, record, release, edition, (_NOTHING,), 0)
        pages = self._pager.pages(edition)
        slug, now = record.story.slug, self._clock.now()
        bookmark = await self._bookmark(tx, viewer, slug, release.number, edition)
        if number is not None:
            index = min(max(number, 1), len(pages)) - 1
        else:
            here = bookmark is not None and bookmark.last.number == release.number
            index = page_at(pages, bookmark.last.offset if bookmark is not None and here else 0)
        place = Place(release.number, pages[index].start, edition.revision)
        if bookmark is None:
            bookmark = Bookmark(viewer.user_id, slug, place, place, now)
        await tx.readers.keep(bookmark.moved(place, now))
        return await self._framed(tx, record, release, edition, pages, index)

    async def _framed(
        self,
        tx: Transaction,
        record: StoryRecord,
        release: Release,
        edition: Edition,
        pages: Sequence[Page],
        index: int,
    ) -> ReaderView:
        """That page with what stands around it."""
        story = record.story
        following = await tx.releases.by_number(story.slug, release.number + 1)
        return ReaderView(
            story=story,
            release=release,
            edition=edition,
            page=pages[index],
            page_number=index + 1,
            page_count=len(pages),
            released=await tx.releases.count(story.slug),
            previous=await tx.releases.by_number(story.slug, release.number - 1),
            following=following,
            pictures=await pictures_on(tx, release.id, pages[index]),
            next_at=self._outlook.next_at(record, self._clock.now()) if following is None else None,
        )
