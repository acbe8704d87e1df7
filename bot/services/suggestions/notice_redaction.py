"""Redaction of suggestion texts in notices, depending on where the notice is shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.authorization import may_quote
from bot.store.transaction import Transaction

_NUMBER = "number"
_QUOTES = ("idea", "other", "reason")
_OWN = ("made", "joined")
"""The parts in notices about one's own suggestions."""

REDACTED = "veiled"
"""The fact that a text was left out, named with the prefix of the suggestion's number."""


async def redact_quotes(
    tx: Transaction, facts: Mapping[str, str], *, age_restricted: bool, own: bool = False
) -> dict[str, str]:
    """Return a notice's facts without the texts of suggestions that may not be shown there.

    The current ratings count, not those of when the notice was queued. In the facts, each suggestion's number
    and text have names with the same prefix.

    Args:
        tx: The transaction to read in.
        facts: The facts of the notice.
        age_restricted: Whether the place is age-restricted.
        own: Whether the receiver's own texts, and the answers to them, may be shown.
    """
    numbers = {
        name.removesuffix(_NUMBER): int(value)
        for name, value in facts.items()
        if name.endswith(_NUMBER) and value.isascii() and value.isdecimal()
    }
    shown = dict(facts)
    suggestions = await tx.suggestions.get_many(set(numbers.values()))
    stories = {slug: await tx.stories.get(slug) for slug in {each.story for each in suggestions.values()}}
    theirs = _QUOTES if not own or facts.get("part") not in _OWN else ("other",)
    for start, number in numbers.items():
        quotes = [start + name for name in theirs if shown.get(start + name)]
        suggestion = suggestions.get(number)
        record = stories.get(suggestion.story) if suggestion is not None else None
        if record is not None and may_quote(record.story, age_restricted=age_restricted):
            continue
        for name in quotes:
            shown[name] = ""
        if quotes:
            shown[start + REDACTED] = "1"
    return shown
