"""Readers' ideas: making one, seeing one's own, taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.access import Viewer
from bot.domain.errors import (
    IdeaReturned,
    SuggestingTooFast,
    SuggestionNotYours,
    SuggestionsClosed,
    SuggestionUnknown,
    TooManyOpenSuggestions,
)
from bot.domain.pages import excerpt
from bot.domain.release import Release
from bot.domain.story import Story
from bot.domain.suggestion import (
    Decision,
    Suggestion,
    allowed,
    clean_idea,
    decided,
)
from bot.services.browse import Choice, matching
from bot.services.lookup import find_implied_story, find_release, find_story
from bot.services.ports import Store
from bot.services.storage import NewSuggestion, StoryRecord, Transaction

_SHOWN_IDEA = 60


@dataclass(frozen=True, slots=True)
class Target:
    """What an idea is for."""

    story: Story
    chapter: Release | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """An idea with the story it is for."""

    suggestion: Suggestion
    story: Story


class Suggesting:
    """Queues ideas, within the limits that keep one reader from flooding an author."""

    def __init__(self, store: Store, clock: Clock, *, open_per_reader: int, cooldown: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._open_per_reader = open_per_reader
        self._cooldown = cooldown

    async def target(self, viewer: Viewer, story: str | None, chapter: str | None) -> Target:
        """What an idea made here would be for.

        Raises:
            Refusal: no such story or chapter here, several stories could be meant, or it takes no ideas.
        """
        async with self._store.read() as tx:
            record, release = await self._target(tx, viewer, story, chapter)
        if not record.story.suggestions.open:
            raise SuggestionsClosed(story=record.story.title)
        return Target(record.story, release)

    async def suggest(
        self, viewer: Viewer, idea: str, *, story: str | None, chapter: str | None, anonymous: bool
    ) -> Suggested:
        """Queue an idea.

        Raises:
            Refusal: nothing was queued: it is empty or too long, comes too fast, there are too many open ones, or the
                story takes none.
        """
        text = clean_idea(idea)
        now = self._clock.now()
        async with self._store.begin() as tx:
            record, release = await self._target(tx, viewer, story, chapter)
            if not record.story.suggestions.open:
                raise IdeaReturned(story=record.story.title, idea=text)
            await self._check_limits(tx, viewer, record)
            suggestion = await tx.suggestions.add(
                NewSuggestion(
                    story=record.story.slug,
                    chapter=release.chapter if release is not None else None,
                    idea=text,
                    maker=viewer.user_id,
                    maker_name=viewer.name,
                    anonymous=anonymous,
                    name_me=False,
                    created_at=now,
                    guild_id=viewer.guild_id,
                    channel_id=viewer.channel_id,
                )
            )
        return Suggested(suggestion, record.story)

    async def mine(self, viewer: Viewer) -> list[Suggested]:
        """Everything the viewer suggested, newest first."""
        async with self._store.read() as tx:
            stories = {record.story.slug: record.story for record in await tx.stories.all()}
            return [
                Suggested(suggestion, stories[suggestion.story])
                for suggestion in await tx.suggestions.of_maker(viewer.user_id)
                if suggestion.story in stories
            ]

    async def withdraw(self, viewer: Viewer, number: int) -> Suggested:
        """Take one's own idea back.

        Raises:
            SuggestionUnknown: there is none of that number.
            SuggestionNotYours: somebody else made it.
            TransitionForbidden: it is past taking back.
        """
        async with self._store.begin() as tx:
            suggestion = await tx.suggestions.get(number)
            record = await tx.stories.get(suggestion.story) if suggestion is not None else None
            if suggestion is None or record is None:
                raise SuggestionUnknown(number=number)
            if suggestion.maker != viewer.user_id:
                raise SuggestionNotYours(number=number)
            to = decided(number, suggestion.state, Decision.WITHDRAW)
            await tx.suggestions.decide(
                number, was=suggestion.state, to=to, by=viewer.user_id, at=self._clock.now()
            )
            current = await tx.suggestions.get(number)
        return Suggested(current or suggestion, record.story)

    async def own_choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """The viewer's ideas that can still be taken back."""
        async with self._store.read() as tx:
            own = await tx.suggestions.of_maker(viewer.user_id)
        return matching(
            (
                (f"{s.number}: {excerpt(s.idea, _SHOWN_IDEA)}", str(s.number))
                for s in own
                if Decision.WITHDRAW in allowed(s.state)
            ),
            typed,
        )

    async def _target(
        self, tx: Transaction, viewer: Viewer, story: str | None, chapter: str | None
    ) -> tuple[StoryRecord, Release | None]:
        record = (
            await find_story(tx, viewer, story) if story is not None else await find_implied_story(tx, viewer)
        )
        return record, await find_release(tx, record, chapter) if chapter is not None else None

    async def _check_limits(self, tx: Transaction, viewer: Viewer, record: StoryRecord) -> None:
        now = self._clock.now()
        last = await tx.suggestions.last_made(viewer.user_id)
        if last is not None and now - last < self._cooldown:
            raise SuggestingTooFast(at=int((last + self._cooldown).timestamp()) + 1)
        count = await tx.suggestions.undecided_by(viewer.user_id, record.story.slug)
        if count >= self._open_per_reader:
            raise TooManyOpenSuggestions(count=count, story=record.story.title)
