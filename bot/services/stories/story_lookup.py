"""Lookup of stories and chapters by what a person typed or picked, limited to what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.authorization import Viewer, may_know, may_see, require_visible
from bot.domain.errors import DiscordSlow
from bot.domain.reading.bookmark import Bookmark, last_known_chapter
from bot.domain.releases.release import Release
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import (
    ChapterUnknown,
    NoStoryHere,
    StoryNeeded,
    StoryUnclear,
    StoryUnknown,
)
from bot.domain.text.fuzzy_search import SearchEntry, parse_number, resolve_entry
from bot.domain.text.normalization import fold
from bot.services.stories.chapter_lookup import (
    SHOWN_TEXT,
    ChapterLabel,
    default_chapter_label,
    pick_one,
    released_entries,
)
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

__all__ = [
    "SHOWN_TEXT",
    "ImpliedStory",
    "find_here",
    "find_implied",
    "find_named_or_implied",
    "find_release",
    "find_story",
    "fold",
    "is_following",
    "matches_story",
    "search_names",
    "spoiler_limit",
    "story_entries",
]

_NAMED = 3


def story_entries(records: Sequence[StoryRecord]) -> list[SearchEntry[StoryRecord]]:
    """Build search entries of stories, labelled by title, and also by authors where several have the same title."""
    titles = Counter(fold(record.story.title) for record in records)
    return [
        SearchEntry(
            each,
            _with_authors(each.story) if titles[fold(each.story.title)] > 1 else each.story.title,
            (each.story.title, each.story.slug),
        )
        for each in records
    ]


def search_names(story: Story) -> tuple[str, ...]:
    """Return what finds a story beside its title while somebody types: its slug, its authors and its tags."""
    return (story.slug, *(author.name for author in story.authors), *story.tags)


def _with_authors(story: Story) -> str:
    names = ", ".join(author.name for author in story.authors[:_NAMED])
    return f"{story.title} ({names})" if names else story.title


def matches_story(story: Story, typed: str) -> bool:
    """Return whether the text names the story by its slug, its title or its label in a list."""
    wanted = fold(typed)
    return typed == story.slug or wanted in (fold(story.slug), fold(story.title), fold(_with_authors(story)))


async def find_named(tx: Transaction, viewer: Viewer, typed: str) -> StoryRecord | None:
    """Find the story with that slug or title, visible to the viewer or not; among several, prefer the viewer's own."""
    record = await tx.stories.get(typed)
    if record is not None:
        return record
    wanted = fold(typed)
    named = [r for r in await tx.stories.list_all() if wanted in (fold(r.story.slug), fold(r.story.title))]
    return next((r for r in named if viewer.is_author_of(r.story)), named[0] if named else None)


async def story_display_name(tx: Transaction, viewer: Viewer, typed: str) -> str:
    """Return the name to use in a refusal: the title, if the text names a story that the viewer may know of."""
    record = await find_named(tx, viewer, typed)
    return record.story.title if record is not None and may_know(record.story, viewer) else typed[:SHOWN_TEXT]


async def find_story(tx: Transaction, viewer: Viewer, typed: str) -> StoryRecord:
    """Find the story with that slug, or with that name in a list.

    Raises:
        StoryUnknown: There is none, or none that this person may know of here.
        StoryUnclear: Several that they may see here have that name.
        AgeRestricted: The story exists, but its rating does not allow this channel.
    """
    record = await tx.stories.get(typed)
    if record is None:
        records = await tx.stories.list_all()
        seen = [each for each in records if may_see(each.story, viewer) or viewer.is_author_of(each.story)]
        named = [each.item for each in resolve_entry(story_entries(seen), typed)]
        visible = [each for each in named if may_see(each.story, viewer)]
        if len(visible) > 1:
            stories = ", ".join(f"“{_with_authors(each.story)}”" for each in visible[:_NAMED])
            raise StoryUnclear(story=typed[:SHOWN_TEXT], stories=stories)
        wanted = fold(typed)
        hidden = (each for each in records if wanted in (fold(each.story.slug), fold(each.story.title)))
        record = visible[0] if visible else next(hidden, None)
    if record is None:
        raise StoryUnknown(story=typed[:SHOWN_TEXT])
    require_visible(record.story, viewer, StoryUnknown(story=typed[:SHOWN_TEXT]))
    return record


@dataclass(frozen=True, slots=True)
class ImpliedStory:
    """The story that a command without a name refers to, and the chapter if the channel is about one."""

    record: StoryRecord
    chapter: Release | None = None


async def find_here(tx: Transaction, viewer: Viewer) -> ImpliedStory | None:
    """Find the story and chapter that this thread, or the message referred to, is about."""
    for message_id in (viewer.about, viewer.channel_id):
        release = await tx.posts.find_release(message_id) if message_id is not None else None
        record = await tx.stories.get(release.story) if release is not None else None
        if record is not None and may_see(record.story, viewer):
            return ImpliedStory(record, release)
    return None


async def find_implied(tx: Transaction, viewer: Viewer) -> ImpliedStory:
    """Find the story that a command without a name refers to.

    It is the story of the chapter whose thread this is; else the only one subscribed in the channel (in a thread, its
    own subscriptions come before those of the parent channel); else the only visible story.

    Raises:
        StoryNeeded: Several stories are possible.
        NoStoryHere: No story is possible.
        DiscordSlow: No story is possible as far as Discord has told of which guilds they are a member.
    """
    implied = await find_here(tx, viewer)
    if implied is not None:
        return implied
    seen: list[StoryRecord] = []
    for channel_id in (viewer.channel_id, viewer.parent_id):
        if channel_id is not None and not seen:
            subscribed = await tx.subscriptions.list_by_channel(channel_id)
            records = [await tx.stories.get(each.story) for each in subscribed]
            seen = [each for each in records if each is not None and may_see(each.story, viewer)]
    if not seen:
        seen = [record for record in await tx.stories.list_all() if may_see(record.story, viewer)]
    if not seen and viewer.governing_guild is None and viewer.unsure:
        raise DiscordSlow
    if not seen:
        raise NoStoryHere
    if len(seen) > 1:
        raise StoryNeeded
    return ImpliedStory(seen[0])


async def find_named_or_implied(tx: Transaction, viewer: Viewer, typed: str | None) -> StoryRecord:
    """Find the named story, or without a name the implied one.

    Raises:
        Refusal: There is none for them here, or several are possible.
    """
    return (await find_implied(tx, viewer)).record if typed is None else await find_story(tx, viewer, typed)


async def is_following(tx: Transaction, user_id: int, slug: str) -> bool:
    """Return whether the user gets the story's chapters by DM."""
    return any(own.story == slug for own in await tx.subscriptions.list_by_reader(user_id))


async def find_release(
    tx: Transaction,
    viewer: Viewer,
    record: StoryRecord,
    typed: str,
    label: ChapterLabel = default_chapter_label,
) -> Release:
    """Find the released chapter with that number, label in this person's list, title or key.

    Raises:
        ChapterUnknown: No released chapter has that name. Unreleased ones are not revealed.
        ChapterUnclear: Several have that name.
    """
    slug, number = record.story.slug, parse_number(typed)
    found = await tx.releases.get_by_number(slug, number) if number is not None else None
    if found is None:
        released = await tx.releases.list_by_story(slug)
        told = spoiler_limit(viewer, record.story, await tx.bookmarks.get(viewer.user_id, slug))
        title = record.story.title
        found = pick_one(released_entries(released, label, told), typed, story=title)
        # What was a mere number in the list may have been read since.
        found = found or pick_one(released_entries(released, label, 0), typed, story=title)
    if found is None:
        raise ChapterUnknown(story=record.story.title, chapter=typed[:SHOWN_TEXT])
    return found


def spoiler_limit(viewer: Viewer, story: Story, place: Bookmark | None) -> int | None:
    """Return the number of the last chapter whose title may be shown to this person; None for authors, who see all."""
    return None if viewer.is_author_of(story) else last_known_chapter(place)
