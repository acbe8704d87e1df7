"""Undoing a decision within its undo time: a suggestion becomes again what it was before.

Only the last change can be undone, and only if nothing depends on it by now. Several decisions are undone one by one,
the last first.

Seen by: authors.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.clock import Clock
from bot.domain.message_templates import Message
from bot.domain.stories.story import Story
from bot.domain.suggestions.panel_contents import UndoOffer
from bot.domain.suggestions.suggestion import (
    Decision,
    Suggestion,
    SuggestionChange,
    SuggestionState,
    author_decisions,
)
from bot.domain.suggestions.suggestion_refusals import (
    DecisionGone,
    UndoCredited,
    UndoMergeOvertaken,
    UndoneAlready,
    UndoOvertaken,
    UndoTooLate,
)
from bot.services.suggestions.credits import follow_use, recall_use
from bot.services.suggestions.decision_notices import resume_notices
from bot.services.suggestions.held_notices import notice_key
from bot.store.transaction import Transaction


def undo_offer(changes: Sequence[SuggestionChange], now: datetime) -> UndoOffer | None:
    """Return the offer to undo the last change of a suggestion's record, if there is still time."""
    last = changes[-1] if changes else None
    if last is None or last.undo_until is None or last.undo_until <= now:
        return None
    return UndoOffer(last.id, last.undo_until)


async def undo_decision(
    tx: Transaction, story: Story, number: int, change_id: int, clock: Clock
) -> Suggestion:
    """Undo a decision on one of the story's suggestions, cancel its notices, and return the suggestion.

    Raises:
        DecisionGone: The suggestion was deleted.
        UndoneAlready: The decision was undone before.
        UndoOvertaken: It is not the last change, or others were merged into the suggestion since.
        UndoMergeOvertaken: The suggestion it was merged into was decided on since.
        UndoCredited: A released chapter thanks for it.
        UndoTooLate: People may have been told.
    """
    await tx.suggestions.lock_stories([story.slug])
    now = clock.now()
    suggestion = await tx.suggestions.get(number)
    if suggestion is None:
        raise DecisionGone
    changes = await tx.suggestions.list_changes(number)
    last = changes[-1]
    facts = {"number": number, "state": suggestion.state.value}
    if change_id not in {change.id for change in changes}:
        raise UndoneAlready(**facts)
    if last.id != change_id:
        raise UndoOvertaken(**facts, hint=_hint(suggestion.state))
    if last.undo_until is None or now >= last.undo_until:
        raise UndoTooLate(**facts, hint=_hint(suggestion.state))
    before = changes[-2]
    await _check_others(tx, suggestion, last, before)
    if await _recall(tx, story, suggestion, last):
        raise UndoTooLate(**facts, hint=_hint(suggestion.state))
    await tx.suggestions.undo(number, last, before, now)
    current = await tx.suggestions.get(number) or suggestion
    await resume_notices(tx, story, current, last, now=now)
    await follow_use(tx, story, current, last.was_into, now)
    await tx.panels.wake(
        story.slug, {number, suggestion.merged_into or number, current.merged_into or number}, now
    )
    return current


async def _check_others(
    tx: Transaction, suggestion: Suggestion, last: SuggestionChange, before: SuggestionChange
) -> None:
    """Refuse if suggestions that this one is, or was, merged with have changed since the decision."""
    facts = {"number": suggestion.number, "state": suggestion.state.value}
    hint = _hint(suggestion.state)
    # All above are as they were, so no circle of merges can arise.
    above = suggestion.merged_into or last.was_into
    while above is not None:
        parent = await tx.suggestions.get(above)
        if parent is None or await _changed_since(tx, above, last):
            raise UndoMergeOvertaken(**facts, into=above, hint=hint)
        above = parent.merged_into
    if before.became.is_open:
        return
    for joined in await tx.suggestions.list_merged_into(suggestion.number):
        # It would go with this one where its suggester does not expect it.
        if await _changed_since(tx, joined.number, last):
            raise UndoOvertaken(**facts, hint=hint)


async def _changed_since(tx: Transaction, number: int, last: SuggestionChange) -> bool:
    changes = await tx.suggestions.list_changes(number)
    return changes[-1].id > last.id


async def _recall(tx: Transaction, story: Story, suggestion: Suggestion, last: SuggestionChange) -> set[int]:
    """Cancel the notices of a decision. Return who was told of it nevertheless, or is being told now.

    Raises:
        UndoCredited: It is a use in a released chapter that thanks for the suggestion.
    """
    if suggestion.state is not SuggestionState.USED:
        return await tx.notices.recall(notice_key(suggestion.number, last.id))
    release = await tx.releases.get_by_chapter(story.slug, suggestion.used_in or "")
    if release is None:
        return set()
    edition = await tx.releases.get_edition(release.id)
    if edition is not None and suggestion.number in edition.thanks:
        raise UndoCredited(number=suggestion.number, chapter=release.title)
    return await recall_use(tx, release, suggestion, last.at)


def _hint(state: SuggestionState) -> Message:
    possible = author_decisions(state)
    if Decision.REOPEN in possible:
        return Message("You can still reopen it: with Reopen, or with `/author decide`.")
    if possible:
        return Message("You can decide on it again with `/author queue`.")
    return Message("Nothing more can be decided about it.")
