"""Crediting readers: which ideas a chapter may thank for, and who is named for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.suggestions.suggestion import Suggestion, SuggestionState

MOST_NAMED = 12
"""Readers named in a chapter's credits; the others count."""


class CreditFlaw(StrEnum):
    """Why a chapter cannot thank for a number."""

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
    """What keeps that story's chapter from thanking for an idea; None if nothing does."""
    if idea is None:
        return CreditFlaw.UNKNOWN
    if idea.story != story:
        return CreditFlaw.FOREIGN
    if idea.state is SuggestionState.USED:
        return None if idea.used_in == chapter else CreditFlaw.ELSEWHERE
    return _UNFIT.get(idea.state)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who made an idea that a chapter used, or one merged into it. `user_id` is None once they were erased, and where
    they asked to be anonymous.

    `name` is how they were called, `named` whether they may be called by it.
    """

    user_id: int | None
    name: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class Credits:
    """Whom a chapter thanks for their ideas: these names, and so many others."""

    names: tuple[str, ...] = ()
    others: int = 0


def credit_contributors(makers: Iterable[Contributor]) -> Credits:
    """The credits of a chapter with ideas by these. Everybody who is known counts once, the others for each idea; who
    did not agree is only counted."""
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
