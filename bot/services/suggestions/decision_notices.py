"""What people are owed word of: what became of an idea they made, merged or supported, each change once."""

from __future__ import annotations

from datetime import datetime

from bot.domain.pages import excerpt
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Decision, Suggestion
from bot.kit.nonces import new_nonce
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
"""The kind of news that each decision is; that an idea was used is news of its chapter's release."""

SUGGESTION_NOTICE_PREFIX = "idea-"
"""How the kinds of news begin that people may turn off."""

_TOLD_IDEA = 200


async def notify_of_decision(
    tx: Transaction, story: Story, idea: Suggestion, decision: Decision, *, by: int | None, now: datetime
) -> None:
    """Owe word of a decision to its maker, the makers of what was merged into it, and all supporters, but not to
    whoever decided.

    `idea` is as it stands after the decision. That it was used is told once its chapter is out: at once if it is.
    The facts name neither a maker nor an author; what is held is shown to nobody but its maker.
    """
    if decision is Decision.USED:
        release = await tx.releases.get_by_chapter(story.slug, idea.used_in or "")
        if release is not None:
            await notify_of_use(tx, story, release, idea, now)
        return
    step = len(await tx.suggestions.list_changes(idea.number))
    stakes = [stake for stake in await tx.suggestions.list_involved(idea.number) if stake.user_id != by]
    ideas = await tx.suggestions.get_many(
        {stake.number for stake in stakes} | {idea.merged_into or idea.number}
    )
    await tx.notices.add_all(
        [
            NewNotice(
                stake.user_id,
                NOTICE_KINDS[decision],
                _facts(story, idea, ideas, stake),
                key=f"idea:{idea.number}:{step}:{stake.user_id}",
                nonce=new_nonce(),
            )
            for stake in stakes
        ],
        now=now,
    )


def _facts(
    story: Story, idea: Suggestion, ideas: dict[int, Suggestion], stake: Involvement
) -> dict[str, str]:
    """`part` is what they have to do with idea `number`: they made it, or support it. `about` is the idea that was
    decided on; `into` what theirs is part of now, where it is another's."""
    own = ideas.get(stake.number, idea)
    target = ideas.get(idea.merged_into or idea.number, idea)
    into = target.number if target.number != own.number else None
    return {
        "part": "made" if stake.made else "supported",
        "number": str(own.number),
        "about": str(idea.number),
        "into": str(into or ""),
        "other": excerpt(target.text, _TOLD_IDEA) if into is not None and target.is_public else "",
        "story": story.title,
        "idea": excerpt(own.text, _TOLD_IDEA) if stake.made or not own.held else "",
        "reason": idea.reason or "",
    }
