"""Notices of decisions, to everybody who made, merged or supported the suggestion, one for each change.

A decision that can be undone is told of when its undo time is over. If another one follows before, that is told of
instead, or nothing if it leads back to what people know.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.pages import excerpt
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion, SuggestionChange, SuggestionState
from bot.kit.message_nonces import new_nonce
from bot.services.suggestions.credits import notify_of_use
from bot.services.suggestions.held_notices import notice_key, recall_untold, was_told
from bot.store.notifications.notice_records import NewNotice
from bot.store.suggestions.suggestion_records import Involvement
from bot.store.transaction import Transaction

_KINDS = {
    SuggestionState.ACCEPTED: "idea-accepted",
    SuggestionState.DECLINED: "idea-declined",
    SuggestionState.MERGED: "idea-merged",
    SuggestionState.NEW: "idea-reopened",
    SuggestionState.WITHDRAWN: "idea-withdrawn",
}
"""The kind of notice for each new state; a use is announced with its chapter's release."""

SUGGESTION_NOTICE_PREFIX = "idea-"
"""The prefix of the kinds of notices that people may turn off."""

_TOLD_IDEA = 200


async def notify_of_decision(tx: Transaction, story: Story, suggestion: Suggestion, *, now: datetime) -> None:
    """Queue notices to everybody involved except the person who decided.

    These are the suggester, those of merged suggestions, and all supporters. A use is announced only once its
    chapter is released: now, if it is. The facts name neither suggesters nor authors, and a held text is
    shown to nobody but its suggester.

    Args:
        tx: The transaction of the decision.
        story: The story.
        suggestion: The suggestion after the decision, which is the last change in its record.
        now: The current time.
    """
    if suggestion.state is SuggestionState.USED:
        release = await tx.releases.get_by_chapter(story.slug, suggestion.used_in or "")
        if release is not None:
            await notify_of_use(tx, story, release, suggestion, now)
        return
    changes = await tx.suggestions.list_changes(suggestion.number)
    place = await recall_untold(tx, suggestion.number, changes)
    known, last = changes[place], changes[-1]
    if len(changes) - place > 2 and (known.became, known.reason, changes[place + 1].was_into) == (
        last.became,
        last.reason,
        suggestion.merged_into,
    ):
        return
    await _queue(tx, story, suggestion, last, now=now)


async def resume_notices(
    tx: Transaction, story: Story, suggestion: Suggestion, undone: SuggestionChange, *, now: datetime
) -> None:
    """Queue the notices of the decision that stands again, if the undone one had replaced them."""
    changes = await tx.suggestions.list_changes(suggestion.number)
    if was_told([*changes, undone], len(changes) - 1):
        return
    await notify_of_decision(tx, story, suggestion, now=now)


async def _queue(
    tx: Transaction, story: Story, suggestion: Suggestion, change: SuggestionChange, *, now: datetime
) -> None:
    involved = [
        involvement
        for involvement in await tx.suggestions.list_involved(suggestion.number)
        if involvement.user_id != change.by
    ]
    suggestions = await tx.suggestions.get_many(
        {involvement.number for involvement in involved} | {suggestion.merged_into or suggestion.number}
    )
    await tx.notices.add_all(
        [
            NewNotice(
                involvement.user_id,
                _KINDS[change.became],
                _facts(story, suggestion, suggestions, involvement),
                key=f"{notice_key(suggestion.number, change.id)}{involvement.user_id}",
                nonce=new_nonce(),
            )
            for involvement in involved
        ],
        now=now,
        due=max(now, change.undo_until or now),
    )


def _facts(
    story: Story, suggestion: Suggestion, suggestions: dict[int, Suggestion], involvement: Involvement
) -> dict[str, str]:
    """Return the facts of one notice.

    `part` and `number` tell the receiver's part and suggestion, `about` the suggestion decided on, and `into`
    the other person's suggestion that theirs belongs to now.
    """
    own = suggestions.get(involvement.number, suggestion)
    target = suggestions.get(suggestion.merged_into or suggestion.number, suggestion)
    into = target.number if target.number != own.number else None
    return {
        "part": "made" if involvement.made else "supported",
        "number": str(own.number),
        "about": str(suggestion.number),
        "into": str(into or ""),
        "other": excerpt(target.text, _TOLD_IDEA) if into is not None and target.is_public else "",
        "story": story.title,
        "idea": excerpt(own.text, _TOLD_IDEA) if involvement.made or not own.held else "",
        "reason": suggestion.reason or "",
    }
