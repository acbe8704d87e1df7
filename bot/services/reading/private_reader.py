"""The private reader, which shows any page of any released chapter and keeps the reader's bookmark."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see, require_visible
from bot.domain.reading.reading_refusals import PostGone, StarElsewhere
from bot.domain.releases.release import Release
from bot.domain.stories.story_refusals import NothingPublished, StoryHidden
from bot.services.pages.paginator import Paginator
from bot.services.read_cache import ReadCache
from bot.services.reading.bookmarks import Bookmarks, SeenPage
from bot.services.reading.private_reader_page import BuiltPage, ReaderPageBuilder, ReaderRequest, ReaderView
from bot.services.stories.chapter_lookup import ChapterLabel, default_chapter_label
from bot.services.stories.story_lookup import find_here, find_implied, find_release, find_story
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.reading.chapter_read_records import PRIVATE_READER
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


class PrivateReader:
    """Opens chapters at the bookmark and advances it with every page."""

    def __init__(self, store: Database, pager: Paginator, upcoming: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._pager = pager
        self._upcoming = upcoming
        self._clock = clock
        self._bookmarks = Bookmarks(pager, clock)
        self._pages = ReaderPageBuilder(pager, self._bookmarks, upcoming, clock)
        self._cache = ReadCache(store)

    async def open(
        self,
        viewer: Viewer,
        story: str | None,
        chapter: str | None,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> ReaderView:
        """Open a story at the reader's bookmark, or at the named chapter.

        Without a story, it is that of the chapter whose thread this is, else the one read last, else the
        channel's only one, else the only one there is.

        Args:
            viewer: The reader.
            story: The name of the story, if given.
            chapter: The name of the chapter, if given.
            label: Formats chapters as lists show them, to recognize a picked one.

        Raises:
            Refusal: The story or chapter does not exist for the reader, is not released, or is ambiguous.
        """

        async def opened(tx: Transaction) -> BuiltPage:
            record = await self._which(tx, viewer, story)
            found = await self._meant(tx, viewer, record, chapter, label)
            return await self._pages.build(tx, viewer, record.story, found, ReaderRequest(visit=True))

        return await self._kept(viewer, await self._cache.read(opened))

    async def return_to_bookmark(self, viewer: Viewer, release_id: int) -> ReaderView:
        """Open that chapter's story where the reader was before looking something up.

        Raises:
            Refusal: It may not be shown here, or is no longer stored.
        """
        async with self._store.read() as tx:
            release = await tx.releases.get(release_id)
            bookmark = await tx.bookmarks.get(viewer.user_id, release.story) if release is not None else None
            if release is not None and bookmark is not None:
                release = await tx.releases.get_by_number(release.story, bookmark.position.number) or release
        if release is None:
            raise PostGone
        return await self._released(viewer, release.id, ReaderRequest(back=True))

    async def set_bookmark(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int | None
    ) -> ReaderView:
        """Make that page the reader's bookmark, wherever it was before.

        Raises:
            Refusal: It may not be shown here, or is no longer stored.
        """
        return await self._released(viewer, release_id, ReaderRequest(page_number, revision, settle=True))

    async def open_release(self, viewer: Viewer, release_id: int, *, visit: bool = True) -> ReaderView:
        """Open the chapter of a post's Read button, at the bookmark if that lies in it.

        Otherwise it opens at the beginning. `visit` tells whether a visit may begin here, which reports new
        chapters.

        Raises:
            Refusal: It may not be shown here, or is no longer stored.
        """
        return await self._released(viewer, release_id, ReaderRequest(visit=visit))

    async def show_page(
        self,
        viewer: Viewer,
        release_id: int,
        page_number: int,
        revision: int | None = None,
        *,
        list_from: int | None = None,
    ) -> ReaderView:
        """Show another page of a chapter.

        Args:
            viewer: The reader.
            release_id: The chapter.
            page_number: The page; -1 is the last, other numbers out of range go to the nearest.
            revision: The revision in which `page_number` counts (None: the current one). If the chapter was
                revised since, the page with the same text is shown.
            list_from: The index of the first chapter listed, if not around the current one.

        Raises:
            Refusal: It may not be shown here, or is no longer stored.
        """
        return await self._released(
            viewer, release_id, ReaderRequest(page_number, revision, list_from=list_from)
        )

    async def toggle_star(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int | None
    ) -> ReaderView:
        """Give or take back the reader's star, and show the same page again.

        Raises:
            StarElsewhere: The star is a reaction under a post, which only the reader can remove.
            Refusal: It may not be shown here, or is no longer stored.
        """
        view = await self.show_page(viewer, release_id, page_number, revision)
        async with self._store.begin() as tx:
            if view.starred:
                await tx.bookmarks.remove_vote(release_id, viewer.user_id, PRIVATE_READER)
            else:
                await tx.bookmarks.add_vote(release_id, viewer.user_id, PRIVATE_READER, self._clock.now())
            starred = await tx.bookmarks.has_voted(release_id, viewer.user_id)
            counters = (await tx.counters.count_by_release([release_id]))[release_id]
        if view.starred and starred:
            raise StarElsewhere
        return replace(view, starred=starred, counters=counters)

    async def list_chapters(self, viewer: Viewer, story: str) -> list[Release]:
        """Return all released chapters of a story.

        Raises:
            Refusal: The story does not exist for the reader here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            return await tx.releases.list_by_story(record.story.slug)

    async def _which(self, tx: Transaction, viewer: Viewer, story: str | None) -> StoryRecord:
        if story is not None:
            return await find_story(tx, viewer, story)
        here = await find_here(tx, viewer)
        if here is not None:
            return here.record
        return await self._read_last(tx, viewer) or (await find_implied(tx, viewer)).record

    async def _read_last(self, tx: Transaction, viewer: Viewer) -> StoryRecord | None:
        for bookmark in await tx.bookmarks.list_by_reader(viewer.user_id):
            record = await tx.stories.get(bookmark.story)
            if record is not None and may_see(record.story, viewer):
                return record
        return None

    async def _meant(
        self, tx: Transaction, viewer: Viewer, record: StoryRecord, chapter: str | None, label: ChapterLabel
    ) -> Release:
        if chapter is not None:
            return await find_release(tx, viewer, record, chapter, label)
        bookmark = await tx.bookmarks.get(viewer.user_id, record.story.slug)
        number = bookmark.resume.number if bookmark is not None else 1
        found = await tx.releases.get_by_number(record.story.slug, number)
        if found is None:
            raise NothingPublished(story=record.story.title)
        return found

    async def _released(self, viewer: Viewer, release_id: int, request: ReaderRequest) -> ReaderView:
        async def opened(tx: Transaction) -> BuiltPage:
            release = await tx.releases.get(release_id)
            story = await tx.stories.get_description(release.story) if release is not None else None
            if release is None or story is None:
                raise PostGone
            require_visible(story, viewer, StoryHidden())
            return await self._pages.build(tx, viewer, story, release, request)

        return await self._kept(viewer, await self._cache.read(opened), settle=request.settle)

    async def _kept(self, viewer: Viewer, built: BuiltPage, *, settle: bool = False) -> ReaderView:
        """Advance the bookmark before the reader sees the page, so that no seen page is lost."""
        view, bookmark = built
        if not view.release.is_withdrawn:
            async with self._store.begin() as tx:
                bookmark = await self._bookmarks.advance(
                    tx,
                    viewer.user_id,
                    SeenPage(view.release, view.edition, view.page),
                    bookmark,
                    settle=settle,
                )
        if bookmark is None:
            return view
        return replace(
            view,
            is_elsewhere=self._bookmarks.is_elsewhere(bookmark, view.release, view.edition, view.page_number),
        )
