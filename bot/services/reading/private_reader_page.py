"""One page of a private reader, with all that stands around it for that reader."""

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
from bot.services.delivery.chapter_credits import credits_of
from bot.services.delivery.composer import edition_of, pictures_on
from bot.services.pages.paginator import Paginator
from bot.services.reading.bookmarks import Bookmarks
from bot.services.stories.next_chapter import succeeding_of
from bot.services.stories.story_lookup import follows
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.transaction import Transaction

CHOICES = 25
"""Discord's limit for the options of a menu (docs: components/reference, String Select)."""

_WINDOW = CHOICES - 2
"""Chapters listed where there are more than a menu takes: the other two lead to those before and after."""

_NOTHING = Page((), 0, 0, None, PageEnd.END)
"""The page of a chapter that its author has withdrawn."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """One page in somebody's private reader. `page_number` counts from 1; `released` is the number of chapters out.

    `previous` and `following` are the chapters next to it; `next_at` says when the next comes out, at the end of the
    last one. Of a chapter that its author has withdrawn there is one page, and it is empty.

    `succeeding` is the next chapter that can be read. `away`: this is not where the reader was in the story.

    `listed` are the chapters at hand, ascending and without a gap; titles are told up to the chapter of the number
    `told`. `unread` is the first chapter beyond the furthest they have been that can be read, `fresh` how many of those
    have come out since their last visit, known where a visit begins. `starred` is their own vote. `follows` is None
    where there is nothing to offer.
    """

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    page_count: int
    released_count: int
    previous: Release | None
    following: Release | None
    pictures: tuple[PictureFile, ...]
    next_at: datetime | None
    listed: tuple[Release, ...] = ()
    titles_up_to: int = 1
    first_unread: Release | None = None
    new_count: int = 0
    starred: bool = False
    follows: bool | None = None
    credits: Credits | None = None
    counters: Counters | None = None
    next_readable: Release | None = None
    is_elsewhere: bool = False

    @property
    def is_last_page(self) -> bool:
        """Whether this is the chapter's last page."""
        return self.page_number == self.page_count


@dataclass(frozen=True, slots=True)
class ReaderRequest:
    """What is asked for of a chapter: a page by its number (None: the one seen last in it, else the reader's place in
    it; -1: its last), as counted in that revision; whether a visit begins with it; from which index on chapters are
    listed; whether the reader goes `back` to their place; and whether they say that they read on from there."""

    page: int | None = None
    revision: int | None = None
    visit: bool = False
    list_from: int | None = None
    back: bool = False
    settle: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """The chapters beside the one that is read: how many are out, those that are listed, and its neighbours."""

    released: int
    listed: tuple[Release, ...]
    previous: Release | None
    following: Release | None


BuiltPage = tuple[ReaderView, Bookmark | None]
"""A page, and the reader's places before they see it."""


class ReaderPageBuilder:
    """Lays a chapter open before a reader. Changes nothing."""

    def __init__(self, pager: Paginator, places: Bookmarks, outlook: UpcomingReleases, clock: Clock) -> None:
        self._pager = pager
        self._places = places
        self._outlook = outlook
        self._clock = clock

    async def build(
        self, tx: Transaction, viewer: Viewer, story: Story, release: Release, wish: ReaderRequest
    ) -> BuiltPage:
        """The page that is wished for with what stands around it, and the reader's places before they see it."""
        edition = await edition_of(tx, release)
        kept = await self._places.get(tx, viewer.user_id, story.slug, release.number, edition)
        pages: tuple[Page, ...] = (_NOTHING,)
        index = 0
        if not release.is_withdrawn:
            pages = self._pager.pages(edition)
            index = await self._index(tx, edition, pages, kept, release, wish)
        around = await self._around(tx, release, wish)
        released, furthest = around.released, kept.furthest.number if kept is not None else 0
        ended = index + 1 == len(pages)
        succeeding = await succeeding_of(tx, release)
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
            pictures=await pictures_on(tx, release.id, pages[index]),
            next_at=None if succeeding is not None else await self._next_at(tx, story.slug),
            next_readable=succeeding,
            listed=around.listed,
            titles_up_to=released
            if viewer.is_author_of(story)
            else max(last_known_chapter(kept), release.number),
            first_unread=await self._unread(tx, story.slug, furthest, around),
            new_count=await self._fresh(tx, story.slug, kept, furthest) if wish.visit else 0,
            starred=await tx.bookmarks.has_voted(release.id, viewer.user_id),
            follows=await self._follows(tx, viewer, story, at_end=ended and around.following is None),
            credits=await credits_of(tx, release) if ended else None,
            counters=(await tx.counters.count_by_release([release.id]))[release.id],
        )
        return view, kept

    @staticmethod
    async def _around(tx: Transaction, release: Release, wish: ReaderRequest) -> _Around:
        released = await tx.releases.count(release.story)
        first, last = window(released, release.number - 1, wish.list_from)
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
        kept: Bookmark | None,
        release: Release,
        wish: ReaderRequest,
    ) -> int:
        """Which of the pages is wished for."""
        number = wish.page
        if number is None:
            known = () if kept is None else (kept.position,) if wish.back else (kept.last, kept.position)
            return page_at(pages, next((each.offset for each in known if each.number == release.number), 0))
        if number == -1:
            return len(pages) - 1
        if wish.revision is not None and wish.revision != edition.revision:
            asked = await self._places.get_edition(tx, edition, wish.revision)
            number = self._pager.carried_page(asked, edition, number)
        return min(max(number, 1), len(pages)) - 1

    @staticmethod
    async def _unread(tx: Transaction, slug: str, furthest: int, around: _Around) -> Release | None:
        """The first that can be read beyond the furthest; mostly it is at hand."""
        if furthest >= around.released:
            return None
        following = next((each for each in around.listed if each.number == furthest + 1), None)
        if following is not None and not following.is_withdrawn:
            return following
        return await tx.releases.find_first_readable(slug, furthest)

    async def _next_at(self, tx: Transaction, slug: str) -> datetime | None:
        record = await tx.stories.get(slug)
        return None if record is None else self._outlook.next_at(record, self._clock.now())

    @staticmethod
    async def _fresh(tx: Transaction, slug: str, kept: Bookmark | None, furthest: int) -> int:
        """How many chapters beyond the furthest came out since the last visit; to a newcomer none is new."""
        return 0 if kept is None else await tx.releases.count_released_since(slug, furthest, kept.seen_at)

    @staticmethod
    async def _follows(tx: Transaction, viewer: Viewer, story: Story, *, at_end: bool) -> bool | None:
        """Whether they follow a story that they have come to the end of; None where they are not there yet, or may
        not."""
        if not at_end or story.rating.age_restricted:
            return None
        return await follows(tx, viewer.user_id, story.slug)


def window(count: int, current: int, start: int | None) -> tuple[int, int]:
    """The half-open range of chapters (by index) that are listed: all if they fit, else some around the current one,
    or from `start` on."""
    if count <= CHOICES:
        return 0, count
    first = current - _WINDOW // 2 if start is None else start
    first = min(max(first, 0), count - _WINDOW)
    return first, first + _WINDOW
