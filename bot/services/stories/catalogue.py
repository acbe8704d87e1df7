"""Catalogue of stories and chapters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see
from bot.domain.reading.bookmark import Bookmark
from bot.domain.releases.release import PictureFile, Release
from bot.domain.stories.story import Status, Story
from bot.domain.text.fuzzy_search import SearchEntry, search_entries
from bot.services.stories.autocomplete_choices import Choice, match_choices
from bot.services.stories.catalogue_covers import CatalogueCovers
from bot.services.stories.story_lookup import find_story, is_following, search_names, spoiler_limit
from bot.services.stories.upcoming import ReleaseHold, Unscheduled, UpcomingReleases
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

PAGE_SIZE = 5
"""Stories on a page of the library, all of whose cards fit into a message."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list."""

    story: Story
    released: int
    """Number of released chapters."""
    latest: Release | None
    """The newest chapter."""
    next_at: datetime | None
    """When the next chapter comes."""
    hold: ReleaseHold | None
    """The hold that stops releases, if there is one."""
    unscheduled: Unscheduled | None = None
    """The reason that there is no next date, if no hold explains it."""
    bookmark: Bookmark | None = None
    """The reader's bookmark; None if they have not begun."""
    is_following: bool = False
    """Set if the chapters come to the viewer by DM."""
    cover: PictureFile | None = None
    """The cover, scaled down."""


class LibraryFilter(StrEnum):
    """The stories that the library shows."""

    ALL = "all"
    ONGOING = "ongoing"
    """Those that are not complete, also while they pause."""
    COMPLETE = "complete"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class LibraryRequest:
    """The part of the library to show."""

    shown: LibraryFilter = LibraryFilter.ALL
    search: str = ""
    """Part of a title, an author's name or a tag; empty for all stories."""
    page: int = 0
    """Counted from 0; a number out of range becomes the nearest page's."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library."""

    request: LibraryRequest
    """What was asked for, with the page that is shown."""
    cards: tuple[StoryCard, ...]
    page_count: int
    found: int
    """Number of stories on all pages."""
    total: int
    """Number of stories without filter and search."""


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """One story with all its chapters, for one viewer."""

    card: StoryCard
    releases: tuple[Release, ...]
    waiting: int | None
    """Number of finished chapters not yet released; None for everybody but the authors."""
    is_author_of: bool
    spoiler_limit: int = 1
    """Number of the last chapter whose title is no spoiler for this viewer."""
    unread: Release | None = None
    """The first chapter beyond the furthest they have read; None for somebody who has not begun."""
    new_since_visit: int = 0
    """Number of unread chapters released since they last read."""


@dataclass(frozen=True, slots=True)
class Help:
    """Facts about the viewer for the help page."""

    manages: bool = False
    """Set if the viewer manages this guild, and the bot is a member of it."""
    operates: bool = False
    """Set if the configuration names the viewer as an operator."""
    is_author_of: tuple[Story, ...] = ()
    """The stories that the viewer writes."""
    reads: Story | None = None
    """The story that the viewer read last, of those that may be shown here."""
    may_begin: bool = False
    """Set if the viewer may start stories of their own."""


class Catalogue:
    """Read-only queries over stories and chapters."""

    def __init__(self, store: Database, upcoming: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._upcoming = upcoming
        self._clock = clock
        self._covers = CatalogueCovers(store)

    async def list_stories(self, viewer: Viewer, request: LibraryRequest = LibraryRequest()) -> LibraryPage:
        """Return the stories that may be shown to the viewer here, those they follow first, then by title.

        Only those on the page are looked at closely, however many there are.
        """
        async with self._store.read() as tx:
            followed = {each.story for each in await tx.subscriptions.list_by_reader(viewer.user_id)}
            visible = [each for each in await tx.stories.list_descriptions() if may_see(each, viewer)]
            fitting = _search(
                [each for each in visible if _fits(each, request.shown, followed)], request.search
            )
            fitting.sort(key=lambda each: each.slug not in followed)
            count = max(1, -(-len(fitting) // PAGE_SIZE))
            number = min(max(request.page, 0), count - 1)
            slugs = [each.slug for each in fitting[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]]
            records = {record.story.slug: record for record in await tx.stories.get_many(slugs)}
            cards = [
                await self._card(
                    tx,
                    records[slug],
                    await tx.bookmarks.get(viewer.user_id, slug),
                    follows=slug in followed,
                )
                for slug in slugs
                if slug in records
            ]
        return LibraryPage(
            replace(request, page=number),
            await self._add_covers(cards),
            count,
            len(fitting),
            len(visible),
        )

    async def list_slugs(self, viewer: Viewer) -> list[str]:
        """Return the slugs of the stories that may be shown to the viewer here."""
        async with self._store.read() as tx:
            return [each.slug for each in await tx.stories.list_descriptions() if may_see(each, viewer)]

    async def search_choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """Return titles, authors and tags to search the library for; each finds at least one story."""
        async with self._store.read() as tx:
            stories = [each for each in await tx.stories.list_descriptions() if may_see(each, viewer)]
        titles = [each.title for each in stories]
        others = [name for each in stories for name in (*(one.name for one in each.authors), *each.tags)]
        return match_choices(((each, each) for each in dict.fromkeys([*titles, *others])), typed)

    async def describe_story(self, viewer: Viewer, story: str) -> StoryDetail:
        """Return one story, with its cover scaled down.

        Raises:
            Refusal: There is no such story for them here, or several are possible.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            is_author_of, slug = viewer.is_author_of(record.story), record.story.slug
            releases = tuple(await tx.releases.list_by_story(slug))
            place = await tx.bookmarks.get(viewer.user_id, slug)
            unread = _unread(releases, place)
            told = spoiler_limit(viewer, record.story, place)
            follows = await is_following(tx, viewer.user_id, slug)
            card = await self._card(tx, record, place, follows=follows)
        (card,) = await self._add_covers([card])
        return StoryDetail(
            card=card,
            releases=releases,
            waiting=self._waiting(record, releases) if is_author_of else None,
            is_author_of=is_author_of,
            spoiler_limit=len(releases) if told is None else told,
            unread=unread[0] if unread else None,
            new_since_visit=sum(
                1 for each in unread if place is not None and each.released_at > place.seen_at
            ),
        )

    async def help(self, viewer: Viewer) -> Help:
        """Return what the viewer can do here."""
        async with self._store.read() as tx:
            stories = {record.story.slug: record.story for record in await tx.stories.list_all()}
            places = await tx.bookmarks.list_by_reader(viewer.user_id)
        read = [stories[place.story] for place in places if place.story in stories]
        return Help(
            manages=viewer.governing_guild is not None and viewer.manages_guild,
            operates=viewer.operator,
            is_author_of=tuple(story for story in stories.values() if story.is_by(viewer.user_id)),
            reads=next((story for story in read if may_see(story, viewer)), None),
        )

    async def _card(
        self, tx: Transaction, record: StoryRecord, place: Bookmark | None, *, follows: bool
    ) -> StoryCard:
        now = self._clock.now()
        released = await tx.releases.count(record.story.slug)
        return StoryCard(
            story=record.story,
            released=released,
            latest=await tx.releases.get_by_number(record.story.slug, released) if released else None,
            next_at=self._upcoming.next_at(record, now),
            hold=self._upcoming.hold(record, now),
            unscheduled=self._upcoming.why_unscheduled(record, now),
            bookmark=place,
            is_following=follows,
        )

    async def _add_covers(self, cards: Sequence[StoryCard]) -> tuple[StoryCard, ...]:
        """Add the covers of stories of which a chapter is out; the newest has the present one."""
        covers = await self._covers.load(
            {
                card.story.slug: (card.latest.id, card.story.cover)
                for card in cards
                if card.latest is not None and card.story.cover is not None
            }
        )
        return tuple(replace(card, cover=covers.get(card.story.slug)) for card in cards)

    def _waiting(self, record: StoryRecord, releases: Iterable[Release]) -> int:
        serial = self._upcoming.serial(record.story.slug)
        if serial is None:
            return 0
        out = {release.chapter for release in releases}
        return sum(1 for chapter in serial.chapters if not chapter.draft and chapter.key not in out)


def _unread(releases: Iterable[Release], place: Bookmark | None) -> list[Release]:
    """Return the readable chapters beyond the furthest they have been; none where they have not begun."""
    if place is None:
        return []
    return [each for each in releases if each.number > place.furthest.number and not each.is_withdrawn]


def _fits(story: Story, shown: LibraryFilter, followed: set[str]) -> bool:
    match shown:
        case LibraryFilter.ALL:
            return True
        case LibraryFilter.ONGOING:
            return story.status is not Status.COMPLETE
        case LibraryFilter.COMPLETE:
            return story.status is Status.COMPLETE
        case LibraryFilter.FOLLOWED:
            return story.slug in followed


def _search(stories: Sequence[Story], typed: str) -> list[Story]:
    """Return the stories that fit, best first; all, in their order, where nothing was typed."""
    if not typed.strip():
        return list(stories)
    entries = [SearchEntry(each, each.title, search_names(each)) for each in stories]
    return [each.item for each in search_entries(entries, typed, len(entries))]
