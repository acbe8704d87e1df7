"""Lookup of suggestions by number, as suggesters, authors and supporters may know them."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.authorization import Viewer
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.domain.suggestions.suggestion_refusals import SuggestionNotYours, SuggestionUnknown
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
    """Return one of the viewer's own suggestions as it is stored, with its story.

    Raises:
        SuggestionNotYours: There is none of that number, or somebody else made it; the two look the same.
    """
    suggestion = await tx.suggestions.get(number)
    if suggestion is None or suggestion.suggester != viewer.user_id:
        raise SuggestionNotYours(number=number)
    record = await tx.stories.get(suggestion.story)
    if record is None:
        raise SuggestionNotYours(number=number)
    return suggestion, record.story


async def hide_unreleased_use(tx: Transaction, suggestion: Suggestion) -> Suggestion:
    """Hide the `used` state from the suggester and supporters until the crediting chapter is released.

    Until then the suggestion looks as when it was accepted: the chapter, and the author's notes and time, are
    the author's secret.
    """
    if suggestion.state is not SuggestionState.USED:
        return suggestion
    if (
        suggestion.used_in is not None
        and await tx.releases.get_by_chapter(suggestion.story, suggestion.used_in) is not None
    ):
        return suggestion
    before = [
        change
        for change in await tx.suggestions.list_changes(suggestion.number)
        if change.became is SuggestionState.ACCEPTED
    ]
    accepted = before[-1] if before else None
    return replace(
        suggestion,
        state=SuggestionState.ACCEPTED,
        used_in=None,
        decided_by=accepted.by if accepted else None,
        decided_at=accepted.at if accepted else None,
        reason=accepted.reason if accepted else None,
    )
