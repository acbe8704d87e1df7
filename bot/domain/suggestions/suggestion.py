"""A reader's idea, its states, and the one table that says which decision leads where."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import SuggestionEmpty, SuggestionTooLong, TransitionForbidden

SUGGESTION_LENGTH = 4000


class SuggestionState(StrEnum):
    """Where an idea stands."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MERGED = "merged"
    USED = "used"
    WITHDRAWN = "withdrawn"

    @property
    def undecided(self) -> bool:
        """Whether it counts against the ideas that a reader, or a story, may have open."""
        return self is SuggestionState.NEW

    @property
    def open(self) -> bool:
        """Whether readers may still support it, and others be merged into it."""
        return self in OPEN_STATES


class Decision(StrEnum):
    """What can be done to an idea: the first five by an author, then by its maker, last by a chapter's `thanks` when
    it is released."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    USED = "used"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    THANK = "thank"


OPEN_STATES = (SuggestionState.NEW, SuggestionState.ACCEPTED)
"""The states in which readers may still support an idea, and others be merged into it."""

AUTHOR_DECISIONS = (Decision.ACCEPT, Decision.DECLINE, Decision.MERGE, Decision.USED, Decision.REOPEN)
"""What an author can decide by hand."""

_TRANSITIONS: dict[tuple[SuggestionState, Decision], SuggestionState] = {
    (SuggestionState.NEW, Decision.ACCEPT): SuggestionState.ACCEPTED,
    (SuggestionState.NEW, Decision.DECLINE): SuggestionState.DECLINED,
    (SuggestionState.NEW, Decision.MERGE): SuggestionState.MERGED,
    (SuggestionState.NEW, Decision.WITHDRAW): SuggestionState.WITHDRAWN,
    (SuggestionState.NEW, Decision.THANK): SuggestionState.USED,
    (SuggestionState.ACCEPTED, Decision.USED): SuggestionState.USED,
    (SuggestionState.ACCEPTED, Decision.THANK): SuggestionState.USED,
    (SuggestionState.ACCEPTED, Decision.MERGE): SuggestionState.MERGED,
    (SuggestionState.ACCEPTED, Decision.WITHDRAW): SuggestionState.WITHDRAWN,
    (SuggestionState.ACCEPTED, Decision.REOPEN): SuggestionState.NEW,
    (SuggestionState.DECLINED, Decision.REOPEN): SuggestionState.NEW,
    (SuggestionState.MERGED, Decision.REOPEN): SuggestionState.NEW,
}

_DONE = {
    Decision.ACCEPT: "accepted",
    Decision.DECLINE: "declined",
    Decision.MERGE: "merged",
    Decision.USED: "marked as used",
    Decision.REOPEN: "reopened",
    Decision.WITHDRAW: "withdrawn",
    Decision.THANK: "thanked for",
}


def allowed_decisions(state: SuggestionState) -> tuple[Decision, ...]:
    """The decisions open in that state, in the order of the enumeration."""
    return tuple(decision for decision in Decision if (state, decision) in _TRANSITIONS)


def author_decisions(state: SuggestionState) -> tuple[Decision, ...]:
    """Those of them that are an author's to take by hand."""
    return tuple(decision for decision in allowed_decisions(state) if decision in AUTHOR_DECISIONS)


def source_states(decision: Decision) -> tuple[SuggestionState, ...]:
    """The states from which that decision is allowed."""
    return tuple(state for state, made in _TRANSITIONS if made is decision)


def apply_decision(number: int, state: SuggestionState, decision: Decision) -> SuggestionState:
    """The state that `decision` leads to.

    Raises:
        TransitionForbidden: the table has no such step; its message names what is possible instead.
    """
    after = _TRANSITIONS.get((state, decision))
    if after is None:
        raise transition_refusal(number, state, decision)
    return after


def transition_refusal(number: int, state: SuggestionState, decision: Decision) -> TransitionForbidden:
    """The refusal of a decision, naming what is possible instead."""
    possible = [choice.value for choice in author_decisions(state)]
    hint = f"Possible now: {', '.join(possible)}." if possible else "Nothing more can be decided about it."
    return TransitionForbidden(number=number, state=state.value, action=_DONE[decision], hint=hint)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An idea as it is kept. `number` counts over the whole bot; `maker` is None once its maker was erased, and
    `maker_hash` the keyed hash of such a maker, None where there is none.

    `chapter` is the key of the chapter it was made under, if any; `used_in` the chapter it shaped; `into` the number
    it was merged into; `decided_by`, `decided_at` and `reason` speak of the last decision. `supporters` counts the
    people behind it besides its maker: those who support it or an idea merged into it, and the makers of these, each
    anonymous idea as one of its own. `held`: only its maker and its author see it until the author accepts it.
    `veiled`: the text was left out, because it may not stand where the idea is shown (see `access.as_shown`).
    """

    number: int
    story: str
    chapter: str | None
    idea: str
    maker: int | None
    maker_name: str | None
    anonymous: bool
    name_me: bool
    state: SuggestionState
    created_at: datetime
    guild_id: int | None = None
    channel_id: int | None = None
    supporters: int = 0
    into: int | None = None
    used_in: str | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    held: bool = False
    maker_hash: str | None = None
    veiled: bool = False

    @property
    def shown_maker(self) -> str | None:
        """The name that anybody but its maker may see: None where it is anonymous or its maker was erased."""
        return None if self.anonymous or self.maker is None else self.maker_name

    @property
    def credit(self) -> str | None:
        """The name under which it may be thanked for; who asked to be anonymous is not named."""
        return self.shown_maker if self.name_me else None

    @property
    def public(self) -> bool:
        """Whether readers see it: on boards, among the most supported, in polls, as one that is alike."""
        return self.state.open and not self.held


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """One entry of a suggestion's history."""

    was: SuggestionState | None
    became: SuggestionState
    by: int | None
    """None once that person's data was erased."""
    at: datetime
    reason: str | None


def is_bare(idea: str) -> bool:
    """Whether an idea has no more than a single letter or digit, which is more often a slip than an idea."""
    return sum(unicodedata.category(character)[0] in "LN" for character in idea) < 2


def clean_text(text: str) -> str:
    """The idea as it is stored: NFC, line breaks kept, outer white space and control characters dropped.

    Raises:
        SuggestionEmpty: nothing is left.
        SuggestionTooLong: more than `SUGGESTION_LENGTH` characters are left.
    """
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c for c in unified if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cs")
    )
    kept = kept.strip()
    if not any(unicodedata.category(c)[0] not in "ZC" for c in kept):
        raise SuggestionEmpty
    if len(kept) > SUGGESTION_LENGTH:
        raise SuggestionTooLong(length=len(kept), limit=SUGGESTION_LENGTH)
    return kept
