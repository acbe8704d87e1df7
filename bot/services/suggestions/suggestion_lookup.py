"""What the maker of an idea may know of it: the one place that decides it, for whatever they are shown."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.authorization import Viewer
from bot.domain.errors import SuggestionNotYours, SuggestionUnknown
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


async def find_suggestion(tx: Transaction, number: int) -> tuple[Suggestion, StoryRecord]:
    """Return a suggestion with its story.

    Raises:
        SuggestionUnknown: Either is not stored.
    """
    suggestion = await tx.suggestions.get(number)
    record = await tx.stories.get(suggestion.story) if suggestion is not None else None
    if suggestion is None or record is None:
        raise SuggestionUnknown(number=number)
    return suggestion, record


async def find_directed(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, StoryRecord]:
    """Return a suggestion for a story that the viewer is an author of.

    Raises:
        SuggestionUnknown: There is none. Only the story's authors may learn whether the number exists.
    """
    suggestion, record = await find_suggestion(tx, number)
    if not viewer.is_author_of(record.story):
        raise SuggestionUnknown(number=number)
    return suggestion, record


async def find_own(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
    """One of the viewer's own ideas as it is kept, with its story.

    Raises:
        SuggestionNotYours: there is none of that number, or somebody else made it; which, is not told.
    """
    idea = await tx.suggestions.get(number)
    if idea is None or idea.suggester != viewer.user_id:
        raise SuggestionNotYours(number=number)
    record = await tx.stories.get(idea.story)
    if record is None:
        raise SuggestionNotYours(number=number)
    return idea, record.story


async def hide_unreleased_use(tx: Transaction, idea: Suggestion) -> Suggestion:
    """The idea as its maker, and whoever stands behind it, may know it.

    That a chapter uses it is told when that chapter is out. Until then it is as it was when it was accepted: which
    chapter it will be, what its author wrote down then, and when, is nobody's but the author's.
    """
    if idea.state is not SuggestionState.USED:
        return idea
    if idea.used_in is not None and await tx.releases.get_by_chapter(idea.story, idea.used_in) is not None:
        return idea
    before = [
        change
        for change in await tx.suggestions.list_changes(idea.number)
        if change.became is SuggestionState.ACCEPTED
    ]
    accepted = before[-1] if before else None
    return replace(
        idea,
        state=SuggestionState.ACCEPTED,
        used_in=None,
        decided_by=accepted.by if accepted else None,
        decided_at=accepted.at if accepted else None,
        reason=accepted.reason if accepted else None,
    )
