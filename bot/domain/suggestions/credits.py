"""Credits: the suggestions that a chapter may thank for, and the readers named for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.suggestions.suggestion import Suggestion, SuggestionState

MOST_NAMED = 12
"""How many readers a chapter's credits name; the others are counted."""


class CreditFlaw(StrEnum):
    """Reason why a chapter cannot thank for a suggestion."""

    UNKNOWN = "unknown"
    FOREIGN = "foreign"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ELSEWHERE = "elsewhere"


_UNFIT = {
    SuggestionState.DECLINED: CreditFlaw.DECLINED,
    SuggestionState.WITHDRAWN: CreditFlaw.WITHDRAWN,
    SuggestionState.MERGED: CreditFlaw.MERGED,
}


def find_credit_flaw(idea: Suggestion | None, story: str, chapter: str) -> CreditFlaw | None:
    """Return what keeps a chapter of that story from thanking for a suggestion; None if nothing does."""
    if idea is None:
        return CreditFlaw.UNKNOWN
    if idea.story != story:
        return CreditFlaw.FOREIGN
    if idea.state is SuggestionState.USED:
        return None if idea.used_in == chapter else CreditFlaw.ELSEWHERE
    return _UNFIT.get(idea.state)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Suggester of a suggestion that a chapter used, or of one merged into it."""

    user_id: int | None
    """None once their data was erased, and where they asked to be anonymous."""
    name: str | None
    named: bool
    """Set if they agreed to be named."""


@dataclass(frozen=True, slots=True)
class Credits:
    """The readers whom a chapter thanks: some by name, and the number of the others."""

    names: tuple[str, ...] = ()
    others: int = 0


def credit_contributors(makers: Iterable[Contributor]) -> Credits:
    """Return the credits of a chapter with suggestions by these contributors.

    Known contributors count once, unknown ones once for each suggestion. Those who did not agree to be named are
    only counted.
    """
    names: dict[int, str] = {}
    silent: set[int] = set()
    unknown = 0
    for maker in makers:
        if maker.user_id is None:
            unknown += 1
        elif maker.named and maker.name:
            names.setdefault(maker.user_id, maker.name)
        else:
            silent.add(maker.user_id)
    shown = tuple(names.values())[:MOST_NAMED]
    return Credits(shown, len(names) - len(shown) + len(silent - names.keys()) + unknown)
