"""The private reader: any page of any released chapter, and a place that is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see, require_visible
from bot.domain.errors import NothingPublished, PostGone, StarElsewhere, StoryHidden
from bot.domain.releases.release import Release
from bot.services.pages.paginator import Paginator
from bot.services.read_cache import ReadCache
from bot.services.reading.bookmarks import Bookmarks, SeenPage
from bot.services.reading.private_reader_page import BuiltPage, ReaderPageBuilder, ReaderRequest, ReaderView
from bot.services.stories.chapter_lookup import ChapterLabel, bare_label
from bot.services.stories.story_lookup import find_implied, find_of_place, find_release, find_story
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.reading.chapter_read_records import PRIVATE_READER
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


class PrivateReader:
    """Opens chapters where the reader left them, and keeps their place at every page."""

    def __init__(self, store: Database, pager: Paginator, outlook: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._pager = pager
        self._outlook = outlook
        self._clock = clock
        self._places = Bookmarks(pager, clock)
        self._pages = ReaderPageBuilder(pager, self._places, outlook, clock)
        self._shelf = ReadCache(store)

    async def open(
        self, viewer: Viewer, story: str | None, chapter: str | None, *, label: ChapterLabel = bare_label
    ) -> ReaderView:
        """A story at the reader's place, or at a chapter they name, as a list does with `label`.

        Without a story it is that of the chapter whose thread this is, else the one they read last, else the channel's
        only one, else the only one there is.

        Raises:
            Refusal: there is no such story or chapter for them here, nothing of it is out, or several could be meant.
        """

        async def opened(tx: Transaction) -> BuiltPage:
            record = await self._which(tx, viewer, story)
            found = await self._meant(tx, viewer, record, chapter, label)
            return await self._pages.build(tx, viewer, record.story, found, ReaderRequest(visit=True))

        return await self._kept(viewer, await self._shelf.read(opened))

    async def return_to_bookmark(self, viewer: Viewer, release_id: int) -> ReaderView:
        """Where the reader was in the story of that chapter, before they looked something up.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
        """
        async with self._store.read() as tx:
            release = await tx.releases.get(release_id)
            kept = await tx.bookmarks.get(viewer.user_id, release.story) if release is not None else None
            if release is not None and kept is not None:
                release = await tx.releases.get_by_number(release.story, kept.position.number) or release
        if release is None:
            raise PostGone
        return await self._released(viewer, release.id, ReaderRequest(back=True))

    async def set_bookmark(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int | None
    ) -> ReaderView:
        """The reader says that they read on from that page: it is their place, wherever they were before.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
        """
        return await self._released(viewer, release_id, ReaderRequest(page_number, revision, settle=True))

    async def open_release(self, viewer: Viewer, release_id: int, *, visit: bool = True) -> ReaderView:
        """The chapter of a post's Read button: at the reader's place if that lies in it, else at its beginning. It may
        be where a `visit` begins.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
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
        """Another page of a chapter; -1 is its last, any other number goes to the nearest there is.

        The number counts in that `revision` of the chapter (None: the current one), the one on the reader's screen
        when they asked: where it has been revised since, they get the page with the same text.

        Raises:
            Refusal: it may not be shown here, or is no longer kept.
        """
        return await self._released(
            viewer, release_id, ReaderRequest(page_number, revision, list_from=list_from)
        )

    async def toggle_star(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int | None
    ) -> ReaderView:
        """Give the chapter the reader's vote, or take it back, and show the page of that number again.

        Raises:
            StarElsewhere: their vote is a reaction under a post, which is theirs to take back.
            Refusal: it may not be shown here, or is no longer kept.
        """
        view = await self.show_page(viewer, release_id, page_number, revision)
        async with self._store.begin() as tx:
            if view.starred:
                await tx.bookmarks.remove_vote(release_id, viewer.user_id, PRIVATE_READER)
            else:
                await tx.bookmarks.add_vote(release_id, viewer.user_id, PRIVATE_READER, self._clock.now())
            starred = await tx.bookmarks.has_voted(release_id, viewer.user_id)
            figures = (await tx.counters.count_by_release([release_id]))[release_id]
        if view.starred and starred:
            raise StarElsewhere
        return replace(view, starred=starred, counters=figures)

    async def list_chapters(self, viewer: Viewer, story: str) -> list[Release]:
        """All that is out of a story.

        Raises:
            Refusal: there is no such story for them here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            return await tx.releases.list_by_story(record.story.slug)

    async def _which(self, tx: Transaction, viewer: Viewer, story: str | None) -> StoryRecord:
        if story is not None:
            return await find_story(tx, viewer, story)
        here = await find_of_place(tx, viewer)
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
        """The chapter of that name, else the one with the reader's place."""
        if chapter is not None:
            return await find_release(tx, viewer, record, chapter, label)
        bookmark = await tx.bookmarks.get(viewer.user_id, record.story.slug)
        number = bookmark.resume.number if bookmark is not None else 1
        found = await tx.releases.get_by_number(record.story.slug, number)
        if found is None:
            raise NothingPublished(story=record.story.title)
        return found

    async def _released(self, viewer: Viewer, release_id: int, wish: ReaderRequest) -> ReaderView:
        async def opened(tx: Transaction) -> BuiltPage:
            release = await tx.releases.get(release_id)
            story = await tx.stories.get_description(release.story) if release is not None else None
            if release is None or story is None:
                raise PostGone
            require_visible(story, viewer, StoryHidden())
            return await self._pages.build(tx, viewer, story, release, wish)

        return await self._kept(viewer, await self._shelf.read(opened), settle=wish.settle)

    async def _kept(self, viewer: Viewer, laid: BuiltPage, *, settle: bool = False) -> ReaderView:
        """The bookmark moves before the reader sees the page: what was seen is never lost."""
        view, kept = laid
        if not view.release.is_withdrawn:
            async with self._store.begin() as tx:
                kept = await self._places.advance(
                    tx, viewer.user_id, SeenPage(view.release, view.edition, view.page), kept, settle=settle
                )
        if kept is None:
            return view
        return replace(
            view, is_elsewhere=self._places.is_elsewhere(kept, view.release, view.edition, view.page_number)
        )
