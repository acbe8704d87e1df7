"""Notices of decisions that can still be undone: nobody is told of one before its undo time is over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.suggestions.suggestion import SuggestionChange
from bot.store.transaction import Transaction


def notice_key(number: int, change_id: int) -> str:
    """Return the beginning of the keys of the notices about that change of a suggestion."""
    return f"idea:{number}:{change_id}:"


def was_told(changes: Sequence[SuggestionChange], place: int) -> bool:
    """Return whether people were told of a change before the next one came."""
    until = changes[place].undo_until
    return until is None or (place + 1 < len(changes) and until <= changes[place + 1].at)


async def recall_untold(tx: Transaction, number: int, changes: Sequence[SuggestionChange]) -> int:
    """Cancel the notices of those changes that the last one overtook before anybody was told of them.

    Args:
        tx: The transaction of the last change.
        number: The suggestion's number.
        changes: Its record; the last change is the one that was just made.

    Returns:
        The place in the record of the last change that people know of.
    """
    for place in range(len(changes) - 2, 0, -1):
        if was_told(changes, place) or await tx.notices.recall(notice_key(number, changes[place].id)):
            return place
    return 0
