"""What there is to read, and the choices that commands offer while somebody types."""

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
"""Discord's limit for the suggestions of an autocomplete (docs: interactions/application-commands)."""

_LABEL = 100


class ChoicePurpose(StrEnum):
    """What a story is picked for, which decides whose titles are offered."""

    READ = "read"
    SUBSCRIBE = "subscribe"
    SUBSCRIBED = "subscribed"
    SUGGEST = "suggest"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list: how much is out, what came last, and when the next chapter comes or why it does not. `place`
    is where the reader is in it, None if they have not begun."""

    story: Story
    released: int
    latest: Release | None
    next_at: datetime | None
    hold: ReleaseHold | None
    unscheduled: Unscheduled | None = None
    bookmark: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """One story with all its chapters. `waiting` is the number of finished chapters not yet out: for its authors only,
    None for everybody else.

    The titles of chapters up to the number `spoiler_limit` give this person nothing away. `is_following`: its chapters
    come to their direct messages. `unread` is the first chapter beyond the furthest they have been, `new_since_visit`
    how many of those came out since they last read; none of either for somebody who has not begun.
    """

    card: StoryCard
    releases: tuple[Release, ...]
    waiting: int | None
    is_author_of: bool
    spoiler_limit: int = 1
    is_following: bool = False
    unread: Release | None = None
    new_since_visit: int = 0
    cover: PictureFile | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion of an autocomplete: what is shown (100 characters at most) and what is sent."""

    label: str
    value: str


class SuggestionLabel(Protocol):
    """How an idea is called in a list, in the words of whoever looks at it. `beginning` is how its text begins, empty
    where that must not be shown."""

    def __call__(self, number: int, beginning: str, state: SuggestionState) -> str: ...


def suggestion_label(number: int, beginning: str, state: SuggestionState) -> str:
    """In English, as the database has it."""
    return f"{number}: {beginning or state.value}"


@dataclass(frozen=True, slots=True)
class Help:
    """What matters to the help page: whether they manage this server, and which stories they direct."""

    manages: bool
    is_author_of: tuple[Story, ...]


class Catalogue:
    """Looks into the store; changes nothing."""

    def __init__(self, store: Database, outlook: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._outlook = outlook
        self._clock = clock

    async def list_stories(self, viewer: Viewer) -> list[StoryCard]:
        """Every story that may be shown to them here, by title."""
        async with self._store.read() as tx:
            places = {place.story: place for place in await tx.bookmarks.list_by_reader(viewer.user_id)}
            return [
                await self._card(tx, record, places.get(record.story.slug))
                for record in await tx.stories.list_all()
                if may_see(record.story, viewer)
            ]

    async def describe_story(self, viewer: Viewer, story: str, *, cover: bool = False) -> StoryDetail:
        """One story, with its `cover` if that is wanted and there is one.

        Raises:
            Refusal: there is no such story for them here, or several could be meant.
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
        """Stories to pick from, the likeliest first; before anything is typed, the one that the place implies."""
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
        """Released chapters to pick from, newest first, of that story or what the place implies; with `unreleased`,
        also those to come, for the story's authors.

        What lies beyond the furthest the reader has been goes by its number, and is found by nothing else. What is
        sent is a released chapter's number, which never changes, and the mark of one to come.
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
        """What that person can do here."""
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
    """The story that is meant at that place; None where several could be."""
    try:
        return (await find_implied(tx, viewer)).record.story.slug
    except Refusal:
        return None


def match_choices(pairs: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """The (label, value) pairs that what was typed may mean, the likeliest first, `MAX_CHOICES` at most."""
    entries = (SearchEntry(value, label, (value,)) for label, value in pairs)
    return [Choice(_cut(each.label), each.item) for each in search_entries(entries, typed, MAX_CHOICES)]


def chapter_choices(found: Iterable[SearchEntry[Release | UpcomingChapter]]) -> list[Choice]:
    """Chapters to pick from. What is sent gives nothing away, and means the same chapter later on."""
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
    """What can be read beyond the furthest they have been; nothing where they have not begun."""
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
