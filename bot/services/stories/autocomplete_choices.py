"""Choices that autocomplete offers: stories, chapters, and others by label.

Discord takes 25 choices at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from bot.domain.authorization import Viewer, may_see
from bot.domain.errors import Refusal
from bot.domain.releases.release import Release
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
    search_names,
    spoiler_limit,
    story_entries,
)
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
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


class AutocompleteChoices:
    """Offers stories and chapters to pick from."""

    def __init__(self, store: Database, upcoming: UpcomingReleases) -> None:
        self._store = store
        self._upcoming = upcoming

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
        # Authors and tags find a story here as they do in the library, though they do not name it.
        offered = [replace(each, names=(*each.names, *search_names(each.item.story))) for each in offered]
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
        serial = self._upcoming.serial(record.story.slug)
        if unreleased and serial is not None and viewer.is_author_of(record.story):
            entries += upcoming_entries(list_upcoming(serial, {each.chapter for each in released}), label)
        return chapter_choices(search_entries(entries, typed, MAX_CHOICES))


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
