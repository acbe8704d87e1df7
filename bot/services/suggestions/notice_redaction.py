"""What news say of ideas in other people's words, and where that may stand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.authorization import may_quote
from bot.store.transaction import Transaction

_NUMBER = "number"
_QUOTES = ("idea", "other", "reason")
_OWN = ("made", "joined")
"""The parts in news of one's own ideas."""

REDACTED = "veiled"
"""The fact that says that words were left out, beside the number of the idea they are from."""


async def redact_quotes(
    tx: Transaction, facts: Mapping[str, str], *, age_restricted: bool, own: bool = False
) -> dict[str, str]:
    """The facts of news without what is written in ideas that must not stand in the place where they are told.

    Judged by the ratings of now, not of when the news were owed. Each idea in the facts has its number beside its text,
    under names that begin alike. `own`: what the person wrote themselves, and was answered, may stand.
    """
    numbers = {
        name.removesuffix(_NUMBER): int(value)
        for name, value in facts.items()
        if name.endswith(_NUMBER) and value.isascii() and value.isdecimal()
    }
    told = dict(facts)
    suggestions = await tx.suggestions.get_many(set(numbers.values()))
    stories = {slug: await tx.stories.get(slug) for slug in {each.story for each in suggestions.values()}}
    theirs = _QUOTES if not own or facts.get("part") not in _OWN else ("other",)
    for start, number in numbers.items():
        quotes = [start + name for name in theirs if told.get(start + name)]
        suggestion = suggestions.get(number)
        record = stories.get(suggestion.story) if suggestion is not None else None
        if record is not None and may_quote(record.story, age_restricted=age_restricted):
            continue
        for name in quotes:
            told[name] = ""
        if quotes:
            told[start + REDACTED] = "1"
    return told
