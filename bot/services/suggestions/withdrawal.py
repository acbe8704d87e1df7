"""Withdrawal of a suggestion, with all that depends on it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import (
    Decision,
    Suggestion,
    SuggestionState,
    apply_decision,
    transition_refusal,
)
from bot.domain.suggestions.suggestion_refusals import SuggestionUnknown
from bot.services.suggestions.decision_notices import notify_of_decision
from bot.services.suggestions.suggestion_lookup import hide_unreleased_use
from bot.store.suggestions.suggestion_records import StateChange
from bot.store.transaction import Transaction


def require_withdrawable(suggestion: Suggestion) -> None:
    """Refuse to withdraw a suggestion, as its suggester may know it, before they are asked whether they are sure.

    Raises:
        TransitionForbidden: It can no longer be withdrawn.
    """
    apply_decision(suggestion.number, suggestion.state, Decision.WITHDRAW)


async def withdraw_suggestion(
    tx: Transaction, story: Story, suggestion: Suggestion, *, by: int, now: datetime
) -> Suggestion:
    """Withdraw a suggestion for its suggester.

    Others' suggestions merged into it are reopened, so that none is lost, and all supporters are notified. A
    suggestion used by an upcoming chapter can be withdrawn like any accepted one, because a refusal would
    reveal that chapter.

    Raises:
        TransitionForbidden: It can no longer be withdrawn.
    """
    to = apply_decision(
        suggestion.number, (await hide_unreleased_use(tx, suggestion)).state, Decision.WITHDRAW
    )
    if not await tx.suggestions.decide(
        suggestion.number, StateChange(was=suggestion.state, to=to, by=by, at=now)
    ):
        current = await hide_unreleased_use(tx, await _again(tx, suggestion.number))
        raise transition_refusal(suggestion.number, current.state)
    numbers = [suggestion.number]
    for joined in await tx.suggestions.list_merged_into(suggestion.number):
        if joined.merged_into == suggestion.number:
            back = apply_decision(joined.number, joined.state, Decision.REOPEN)
            await tx.suggestions.decide(
                joined.number, StateChange(was=SuggestionState.MERGED, to=back, by=by, at=now)
            )
            reopened = await _again(tx, joined.number)
            await notify_of_decision(tx, story, reopened, now=now)
            numbers.append(joined.number)
    current = await _again(tx, suggestion.number)
    await notify_of_decision(tx, story, current, now=now)
    await tx.panels.wake(story.slug, numbers, now)
    return current


async def _again(tx: Transaction, number: int) -> Suggestion:
    found = await tx.suggestions.get(number)
    if found is None:
        raise SuggestionUnknown(number=number)
    return found
