"""Catalogue of stories and chapters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see
from bot.domain.reading.bookmark import Bookmark
from bot.domain.releases.release import PictureFile, Release
from bot.domain.stories.story import Story
from bot.services.stories.story_lookup import find_story, is_following, spoiler_limit
from bot.services.stories.upcoming import ReleaseHold, Unscheduled, UpcomingReleases
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


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
    is_following: bool = False
    """Set if the chapters come to the viewer by DM."""
    unread: Release | None = None
    """The first chapter beyond the furthest they have read; None for somebody who has not begun."""
    new_since_visit: int = 0
    """Number of unread chapters released since they last read."""
    cover: PictureFile | None = None


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


class Catalogue:
    """Read-only queries over stories and chapters."""

    def __init__(self, store: Database, upcoming: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._upcoming = upcoming
        self._clock = clock

    async def list_stories(self, viewer: Viewer) -> list[StoryCard]:
        """Return every story that may be shown to the viewer here, by title."""
        async with self._store.read() as tx:
            places = {place.story: place for place in await tx.bookmarks.list_by_reader(viewer.user_id)}
            return [
                await self._card(tx, record, places.get(record.story.slug))
                for record in await tx.stories.list_all()
                if may_see(record.story, viewer)
            ]

    async def describe_story(self, viewer: Viewer, story: str, *, cover: bool = False) -> StoryDetail:
        """Return one story, with its cover if `cover` is set and there is one.

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
            pictures = []
            if cover and record.story.cover is not None and releases:
                pictures = await tx.releases.get_pictures(releases[-1].id, [record.story.cover])
            return StoryDetail(
                card=await self._card(tx, record, place),
                releases=releases,
                waiting=self._waiting(record, releases) if is_author_of else None,
                is_author_of=is_author_of,
                spoiler_limit=len(releases) if told is None else told,
                is_following=await is_following(tx, viewer.user_id, slug),
                unread=unread[0] if unread else None,
                new_since_visit=sum(
                    1 for each in unread if place is not None and each.released_at > place.seen_at
                ),
                cover=pictures[0] if pictures else None,
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

    async def _card(self, tx: Transaction, record: StoryRecord, place: Bookmark | None) -> StoryCard:
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
        )

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
