"""Notices of decisions, to everybody who made, merged or supported the suggestion, one for each change."""

from __future__ import annotations

from datetime import datetime

from bot.domain.pages import excerpt
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Decision, Suggestion
from bot.kit.message_nonces import new_nonce
from bot.services.suggestions.credits import notify_of_use
from bot.store.notifications.notice_records import NewNotice
from bot.store.suggestions.suggestion_records import Involvement
from bot.store.transaction import Transaction

NOTICE_KINDS = {
    Decision.ACCEPT: "idea-accepted",
    Decision.DECLINE: "idea-declined",
    Decision.MERGE: "idea-merged",
    Decision.REOPEN: "idea-reopened",
    Decision.WITHDRAW: "idea-withdrawn",
}
"""The kind of notice for each decision; a use is announced with its chapter's release."""

SUGGESTION_NOTICE_PREFIX = "idea-"
"""The prefix of the kinds of notices that people may turn off."""

_TOLD_IDEA = 200


async def notify_of_decision(
    tx: Transaction,
    story: Story,
    suggestion: Suggestion,
    decision: Decision,
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Queue notices to everybody involved except the person who decided.

    These are the suggester, those of merged suggestions, and all supporters. A use is announced only once its
    chapter is released: now, if it is. The facts name neither suggesters nor authors, and a held text is
    shown to nobody but its suggester.

    Args:
        tx: The transaction of the decision.
        story: The story.
        suggestion: The suggestion after the decision.
        decision: The decision.
        by: The person who decided, who needs no notice.
        now: The current time.
    """
    if decision is Decision.USED:
        release = await tx.releases.get_by_chapter(story.slug, suggestion.used_in or "")
        if release is not None:
            await notify_of_use(tx, story, release, suggestion, now)
        return
    step = len(await tx.suggestions.list_changes(suggestion.number))
    involved = [
        involvement
        for involvement in await tx.suggestions.list_involved(suggestion.number)
        if involvement.user_id != by
    ]
    suggestions = await tx.suggestions.get_many(
        {involvement.number for involvement in involved} | {suggestion.merged_into or suggestion.number}
    )
    await tx.notices.add_all(
        [
            NewNotice(
                involvement.user_id,
                NOTICE_KINDS[decision],
                _facts(story, suggestion, suggestions, involvement),
                key=f"idea:{suggestion.number}:{step}:{involvement.user_id}",
                nonce=new_nonce(),
            )
            for involvement in involved
        ],
        now=now,
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
