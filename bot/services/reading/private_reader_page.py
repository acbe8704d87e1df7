"""One page of the private reader, with everything that surrounds it for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.pages import Page, PageEnd, page_at
from bot.domain.reading.bookmark import Bookmark, last_known_chapter
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Story
from bot.domain.suggestions.credits import Credits
from bot.services.delivery.composer import load_credits, load_edition, load_pictures
from bot.services.pages.paginator import Paginator
from bot.services.reading.bookmarks import Bookmarks
from bot.services.stories.next_chapter import find_succeeding
from bot.services.stories.story_lookup import is_following
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.transaction import Transaction

CHOICES = 25
"""Discord's limit for the options of a menu (docs: components/reference, String Select)."""

_WINDOW = CHOICES - 2
"""Chapters listed if a menu does not take all; the other two options lead to those before and after."""

_NOTHING = Page((), 0, 0, None, PageEnd.END)
"""The page of a chapter that its author has withdrawn."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """One page as one reader sees it in the private reader. A withdrawn chapter has a single, empty page."""

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    """The number of the page, from 1."""

    page_count: int
    released_count: int
    """The number of released chapters."""

    previous: Release | None
    """The chapter before this one."""

    following: Release | None
    """The chapter after this one."""

    pictures: tuple[PictureFile, ...]
    next_at: datetime | None
    """When the next chapter is released, if this is the last readable one."""

    listed: tuple[Release, ...] = ()
    """The chapters to list, ascending and without a gap."""

    spoiler_limit: int = 1
    """The number of the last chapter whose title the reader may see."""

    first_unread: Release | None = None
    """The first readable chapter beyond the furthest one read; at the end of all, the first that they left out."""

    new_since_visit: int = 0
    """The number of chapters released since the last visit, known where a visit begins."""

    starred: bool = False
    """Whether the reader has given a star."""

    is_following: bool | None = None
    """Whether the reader follows the story; None where following is not offered, as before a chapter's end."""

    credits: Credits | None = None
    counters: Counters | None = None
    next_readable: Release | None = None
    """The next chapter that can be read."""

    is_elsewhere: bool = False
    """Whether the page is away from the reader's bookmark."""

    @property
    def is_last_page(self) -> bool:
        """Return whether this is the chapter's last page."""
        return self.page_number == self.page_count

    @property
    def ends_all(self) -> bool:
        """Return whether this is the last page that there is to read."""
        return self.is_last_page and self.next_readable is None


@dataclass(frozen=True, slots=True)
class ReaderRequest:
    """The page of a chapter that a reader asks for."""

    page: int | None = None
    """The page's number; -1 is the last, None the page seen last or the bookmarked one."""

    revision: int | None = None
    """The revision in which `page` counts; None is the current one."""

    visit: bool = False
    """Whether a visit begins with this page."""

    list_from: int | None = None
    """The index of the first chapter to list."""

    back: bool = False
    """Whether the reader returns to the bookmark."""

    settle: bool = False
    """Whether the reader moves the bookmark here."""


@dataclass(frozen=True, slots=True)
class _Around:
    released: int
    listed: tuple[Release, ...]
    previous: Release | None
    following: Release | None


BuiltPage = tuple[ReaderView, Bookmark | None]
"""A page, and the reader's bookmark before they see it."""


class ReaderPageBuilder:
    """Builds pages of the private reader without changing anything."""

    def __init__(
        self, pager: Paginator, bookmarks: Bookmarks, upcoming: UpcomingReleases, clock: Clock
    ) -> None:
        self._pager = pager
        self._bookmarks = bookmarks
        self._upcoming = upcoming
        self._clock = clock

    async def build(
        self, tx: Transaction, viewer: Viewer, story: Story, release: Release, request: ReaderRequest
    ) -> BuiltPage:
        """Return the requested page, and the bookmark before the reader sees it."""
        edition = await load_edition(tx, release)
        bookmark = await self._bookmarks.get(tx, viewer.user_id, story.slug, release.number, edition)
        pages: tuple[Page, ...] = (_NOTHING,)
        index = 0
        if not release.is_withdrawn:
            pages = self._pager.pages(edition)
            index = await self._index(tx, edition, pages, bookmark, release, request)
        around = await self._around(tx, release, request)
        released, furthest = around.released, bookmark.furthest.number if bookmark is not None else 0
        ended = index + 1 == len(pages)
        succeeding = await find_succeeding(tx, release)
        unread = await self._unread(tx, story.slug, furthest, around)
        if unread is None and ended and succeeding is None:
            # Whoever jumped here may have left chapters out.
            unread = await tx.releases.find_first_unread(story.slug, viewer.user_id, besides=release.id)
        view = ReaderView(
            story=story,
            release=release,
            edition=edition,
            page=pages[index],
            page_number=index + 1,
            page_count=len(pages),
            released_count=released,
            previous=around.previous,
            following=around.following,
            pictures=await load_pictures(tx, release.id, pages[index]),
            next_at=None if succeeding is not None else await self._next_at(tx, story.slug),
            next_readable=succeeding,
            listed=around.listed,
            spoiler_limit=released
            if viewer.is_author_of(story)
            else max(last_known_chapter(bookmark), release.number),
            first_unread=unread,
            new_since_visit=await self._fresh(tx, story.slug, bookmark, furthest) if request.visit else 0,
            starred=await tx.bookmarks.has_voted(release.id, viewer.user_id),
            is_following=await self._follows(tx, viewer, story) if ended else None,
            credits=await load_credits(tx, release) if ended else None,
            counters=(await tx.counters.count_by_release([release.id]))[release.id],
        )
        return view, bookmark

    @staticmethod
    async def _around(tx: Transaction, release: Release, request: ReaderRequest) -> _Around:
        released = await tx.releases.count(release.story)
        first, last = window(released, release.number - 1, request.list_from)
        listed = await tx.releases.list_between(release.story, first + 1, last)
        at_hand = {each.number: each for each in listed}

        async def numbered(number: int) -> Release | None:
            if number in at_hand or not 0 < number <= released:
                return at_hand.get(number)
            return await tx.releases.get_by_number(release.story, number)

        previous, following = await numbered(release.number - 1), await numbered(release.number + 1)
        return _Around(released, tuple(listed), previous, following)

    async def _index(
        self,
        tx: Transaction,
        edition: Edition,
        pages: tuple[Page, ...],
        bookmark: Bookmark | None,
        release: Release,
        request: ReaderRequest,
    ) -> int:
        number = request.page
        if number is None:
            known = (
                ()
                if bookmark is None
                else (bookmark.position,)
                if request.back
                else (bookmark.last, bookmark.position)
            )
            return page_at(pages, next((each.offset for each in known if each.number == release.number), 0))
        if number == -1:
            return len(pages) - 1
        if request.revision is not None and request.revision != edition.revision:
            asked = await self._bookmarks.get_edition(tx, edition, request.revision)
            number = self._pager.map_page(asked, edition, number)
        return min(max(number, 1), len(pages)) - 1

    @staticmethod
    async def _unread(tx: Transaction, slug: str, furthest: int, around: _Around) -> Release | None:
        if furthest >= around.released:
            return None
        following = next((each for each in around.listed if each.number == furthest + 1), None)
        if following is not None and not following.is_withdrawn:
            return following
        return await tx.releases.find_first_readable(slug, furthest)

    async def _next_at(self, tx: Transaction, slug: str) -> datetime | None:
        record = await tx.stories.get(slug)
        return None if record is None else self._upcoming.next_at(record, self._clock.now())

    @staticmethod
    async def _fresh(tx: Transaction, slug: str, bookmark: Bookmark | None, furthest: int) -> int:
        return (
            0
            if bookmark is None
            else await tx.releases.count_released_since(slug, furthest, bookmark.seen_at)
        )

    @staticmethod
    async def _follows(tx: Transaction, viewer: Viewer, story: Story) -> bool | None:
        """Return whether the reader follows the story; None where it cannot be followed."""
        if story.rating.age_restricted:
            return None
        return await is_following(tx, viewer.user_id, story.slug)


def window(count: int, current: int, start: int | None) -> tuple[int, int]:
    """Return the half-open range of chapter indexes to list.

    All chapters are listed if a menu takes them, else some around `current`, or from `start` on.
    """
    if count <= CHOICES:
        return 0, count
    first = current - _WINDOW // 2 if start is None else start
    first = min(max(first, 0), count - _WINDOW)
    return first, first + _WINDOW
