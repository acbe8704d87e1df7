"""The result of a poll, as its author is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.pages import excerpt
from bot.domain.suggestions.panels import Poll
from bot.store.transaction import Transaction

_TOLD_IDEA = 200


async def result_facts(tx: Transaction, poll: Poll, votes: Mapping[int, int]) -> dict[str, str]:
    """Return the facts of the notice about a poll's result: the votes, and the suggestion that has most of them."""
    best = max(poll.choices, key=lambda answer: (votes.get(answer, 0), -answer), default=None)
    suggestion = await tx.suggestions.get(poll.choices[best]) if best is not None else None
    return {
        "votes": str(votes.get(best, 0) if best is not None else 0),
        "all": str(sum(votes.values())),
        "number": str(suggestion.number if suggestion is not None else ""),
        "idea": excerpt(suggestion.text, _TOLD_IDEA) if suggestion is not None else "",
    }
