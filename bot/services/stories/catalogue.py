"""Catalogue of stories and chapters, and the choices of autocomplete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see
from bot.domain.errors import Refusal
from bot.domain.reading.bookmark import Bookmark
from bot.domain.releases.release import PictureFile, Release
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import SuggestionState
from bot.domain.text.fuzzy_search import SearchEntry, search_entries
from bot.services.stories.chapter_lookup import (
    ChapterLabel,
    UpcomingChapter,
    chapter_token,
    list_upcoming,
    released_entries,
    upcoming_entries,
)
from bot.services.stories.story_lookup import (
    find_implied,
    find_named_or_implied,
    find_story,
    is_following,
    spoiler_limit,
    story_entries,
)
from bot.services.stories.upcoming import ReleaseHold, Unscheduled, UpcomingReleases
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

MAX_CHOICES = 25
"""Discord's limit for choices of an autocomplete (docs: interactions/application-commands)."""

_LABEL = 100


class ChoicePurpose(StrEnum):
    """The purpose of picking a story, which decides which stories are offered."""

    READ = "read"
    SUBSCRIBE = "subscribe"
    SUBSCRIBED = "subscribed"
    SUGGEST = "suggest"
    AUTHOR = "author"


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
class Choice:
    """One choice of an autocomplete."""

    label: str
    """The text shown, 100 characters at most."""
    value: str
    """The value sent."""


class SuggestionLabel(Protocol):
    """Function that labels a suggestion in the language of the viewer.

    `beginning` is the beginning of its text, empty where that must not be shown.
    """

    def __call__(self, number: int, beginning: str, state: SuggestionState) -> str: ...


def suggestion_label(number: int, beginning: str, state: SuggestionState) -> str:
    """Label a suggestion in English, with the state as the database has it."""
    return f"{number}: {beginning or state.value}"


@dataclass(frozen=True, slots=True)
class Help:
    """Facts about the viewer for the help page."""

    manages: bool
    """Set if the viewer manages this guild."""
    is_author_of: tuple[Story, ...]
    """The stories that the viewer writes."""


class Catalogue:
    """Read-only queries over stories and chapters."""

    def __init__(self, store: Database, outlook: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._outlook = outlook
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

    async def story_choices(self, viewer: Viewer, typed: str, purpose: ChoicePurpose) -> list[Choice]:
        """Return stories to pick from, best matches first; before anything is typed, the implied story comes first."""
        async with self._store.read() as tx:
            records = await tx.stories.list_all()
            subscribed = (
                await tx.subscriptions.list_stories(viewer.guild_id)
                if purpose is ChoicePurpose.SUBSCRIBED and viewer.guild_id is not None
                else set()
            )
            here = None if typed.strip() else await _implied(tx, viewer)
        theirs = [each for each in records if may_see(each.story, viewer) or viewer.is_author_of(each.story)]
        entries = story_entries(theirs)
        offered = [each for each in entries if _offers(each.item.story, viewer, purpose, subscribed)]
        offered.sort(key=lambda each: each.item.story.slug != here)
        return [
            Choice(_cut(each.label), each.item.story.slug)
            for each in search_entries(offered, typed, MAX_CHOICES)
        ]

    async def chapter_choices(
        self, viewer: Viewer, story: str | None, typed: str, label: ChapterLabel, *, unreleased: bool = False
    ) -> list[Choice]:
        """Return released chapters to pick from, newest first, of the named or implied story.

        With `unreleased`, the story's authors are also offered chapters to come. Chapters beyond the furthest that the
        reader has been are labelled by number and found by nothing else. The value sent is the number of a released
        chapter, which never changes, or the token of one to come.
        """
        try:
            async with self._store.read() as tx:
                record = await find_named_or_implied(tx, viewer, story)
                released = await tx.releases.list_by_story(record.story.slug)
                place = await tx.bookmarks.get(viewer.user_id, record.story.slug)
        except Refusal:
            return []
        entries: list[SearchEntry[Release | UpcomingChapter]] = []
        entries += released_entries(released[::-1], label, spoiler_limit(viewer, record.story, place))
        serial = self._outlook.serial(record.story.slug)
        if unreleased and serial is not None and viewer.is_author_of(record.story):
            entries += upcoming_entries(list_upcoming(serial, {each.chapter for each in released}), label)
        return chapter_choices(search_entries(entries, typed, MAX_CHOICES))

    async def help(self, viewer: Viewer) -> Help:
        """Return what the viewer can do here."""
        async with self._store.read() as tx:
            records = await tx.stories.list_all()
        return Help(
            manages=viewer.guild_id is not None and viewer.manages_guild,
            is_author_of=tuple(record.story for record in records if viewer.is_author_of(record.story)),
        )

    async def _card(self, tx: Transaction, record: StoryRecord, place: Bookmark | None) -> StoryCard:
        now = self._clock.now()
        released = await tx.releases.count(record.story.slug)
        return StoryCard(
            story=record.story,
            released=released,
            latest=await tx.releases.get_by_number(record.story.slug, released) if released else None,
            next_at=self._outlook.next_at(record, now),
            hold=self._outlook.hold(record, now),
            unscheduled=self._outlook.why_unscheduled(record, now),
            bookmark=place,
        )

    def _waiting(self, record: StoryRecord, releases: Iterable[Release]) -> int:
        serial = self._outlook.serial(record.story.slug)
        if serial is None:
            return 0
        out = {release.chapter for release in releases}
        return sum(1 for chapter in serial.chapters if not chapter.draft and chapter.key not in out)


async def _implied(tx: Transaction, viewer: Viewer) -> str | None:
    """Return the story that the channel implies; None where several are possible."""
    try:
        return (await find_implied(tx, viewer)).record.story.slug
    except Refusal:
        return None


def match_choices(pairs: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """Match (label, value) pairs against the typed text, best first, `MAX_CHOICES` at most."""
    entries = (SearchEntry(value, label, (value,)) for label, value in pairs)
    return [Choice(_cut(each.label), each.item) for each in search_entries(entries, typed, MAX_CHOICES)]


def chapter_choices(found: Iterable[SearchEntry[Release | UpcomingChapter]]) -> list[Choice]:
    """Build choices of chapters whose values reveal nothing and stay valid."""
    return [
        Choice(
            _cut(each.label),
            chapter_token(each.item.chapter.key)
            if isinstance(each.item, UpcomingChapter)
            else str(each.item.number),
        )
        for each in found
    ]


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"


def _unread(releases: Iterable[Release], place: Bookmark | None) -> list[Release]:
    """Return the readable chapters beyond the furthest they have been; none where they have not begun."""
    if place is None:
        return []
    return [each for each in releases if each.number > place.furthest.number and not each.is_withdrawn]


def _offers(story: Story, viewer: Viewer, purpose: ChoicePurpose, subscribed: set[str]) -> bool:
    match purpose:
        case ChoicePurpose.AUTHOR:
            return viewer.is_author_of(story)
        case ChoicePurpose.SUBSCRIBED:
            return story.slug in subscribed and may_see(story, viewer)
        case ChoicePurpose.SUGGEST:
            return may_see(story, viewer) and story.suggestions.open
        case ChoicePurpose.READ | ChoicePurpose.SUBSCRIBE:
            return may_see(story, viewer)
