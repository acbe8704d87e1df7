"""Suggestions: readers' ideas for a story, their states, and the table of transitions between these.

Seen by: readers, authors.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.message_templates import Listing, Message
from bot.domain.suggestions.submission_refusals import SuggestionEmpty, SuggestionTooLong
from bot.domain.suggestions.suggestion_refusals import TransitionForbidden

SUGGESTION_LENGTH = 4000

UNDO_TIME = timedelta(minutes=1)
"""How long an author's decision can be undone; nobody is told of it before."""


class SuggestionState(StrEnum):
    """State of a suggestion."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MERGED = "merged"
    USED = "used"
    WITHDRAWN = "withdrawn"

    @property
    def is_undecided(self) -> bool:
        """Return whether it counts against the number that a reader, or a story, may have open."""
        return self is SuggestionState.NEW

    @property
    def is_open(self) -> bool:
        """Return whether readers may still support it, and others be merged into it."""
        return self in OPEN_STATES


class Decision(StrEnum):
    """A decision about a suggestion.

    The first five are an author's, the next is the suggester's, and the last is made by the `thanks` of a
    released chapter.
    """

    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    USED = "used"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    THANK = "thank"


OPEN_STATES = (SuggestionState.NEW, SuggestionState.ACCEPTED)
"""The states in which readers may support a suggestion, and others be merged into it."""

AUTHOR_DECISIONS = (Decision.ACCEPT, Decision.DECLINE, Decision.MERGE, Decision.USED, Decision.REOPEN)
"""The decisions that an author can make by hand."""

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


def allowed_decisions(state: SuggestionState) -> tuple[Decision, ...]:
    """Return the decisions open in that state, in the order of the enumeration."""
    return tuple(decision for decision in Decision if (state, decision) in _TRANSITIONS)


def author_decisions(state: SuggestionState) -> tuple[Decision, ...]:
    """Return the open decisions that an author can make by hand."""
    return tuple(decision for decision in allowed_decisions(state) if decision in AUTHOR_DECISIONS)


def source_states(decision: Decision) -> tuple[SuggestionState, ...]:
    """Return the states from which that decision is allowed."""
    return tuple(state for state, made in _TRANSITIONS if made is decision)


def apply_decision(number: int, state: SuggestionState, decision: Decision) -> SuggestionState:
    """Return the state that `decision` leads to.

    Raises:
        TransitionForbidden: The table has no such transition; the message names the possible ones.
    """
    after = _TRANSITIONS.get((state, decision))
    if after is None:
        raise transition_refusal(number, state)
    return after


def transition_refusal(number: int, state: SuggestionState) -> TransitionForbidden:
    """Return the refusal of a decision that this state does not allow, naming the possible ones."""
    hint = Message("It can no longer be changed.")
    if possible := author_decisions(state):
        decisions = Listing(tuple(choice.value for choice in possible), style="or")
        hint = Message("Possible now: {decisions}.", {"decisions": decisions})
    shown = Message("open") if state is SuggestionState.NEW else state.value
    return TransitionForbidden(number=number, state=shown, hint=hint)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A stored suggestion."""

    number: int
    """Counted over the whole bot."""
    story: str
    chapter: str | None
    """The key of the chapter that it was made under, if any."""
    text: str
    suggester: int | None
    """None once the suggester's data was erased."""
    suggester_name: str | None
    anonymous: bool
    name_me: bool
    state: SuggestionState
    created_at: datetime
    guild_id: int | None = None
    channel_id: int | None = None
    supporters: int = 0
    """The number of people behind it besides its suggester: those who support it or a suggestion merged into it,
    and the suggesters of these, each anonymous one counted separately.
    """
    merged_into: int | None = None
    """The number of the suggestion it was merged into."""
    used_in: str | None = None
    """The key of the chapter that used it."""
    decided_by: int | None = None
    """Made the last decision, as `decided_at` and `reason` also describe the last one."""
    decided_at: datetime | None = None
    reason: str | None = None
    held: bool = False
    """Set if only its suggester and its author see it until the author accepts it."""
    suggester_hash: str | None = None
    """The keyed hash of a suggester whose data was erased; None where there is none."""
    veiled: bool = False
    """Set if the text was left out because it may not be shown here, see `redact_suggestion`."""

    @property
    def shown_suggester(self) -> str | None:
        """The name that others may see: None if it is anonymous or its suggester was erased."""
        return None if self.anonymous or self.suggester is None else self.suggester_name

    @property
    def credit_name(self) -> str | None:
        """The name under which it may be thanked for; anonymous suggesters are not named."""
        return self.shown_suggester if self.name_me else None

    @property
    def is_public(self) -> bool:
        """Return whether readers see it: on boards, among the most supported, in polls, as a similar one."""
        return self.state.is_open and not self.held


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """One entry of a suggestion's history."""

    was: SuggestionState | None
    became: SuggestionState
    by: int | None
    """None once that person's data was erased."""
    at: datetime
    reason: str | None
    id: int = field(default=0, compare=False)
    undo_until: datetime | None = None
    """When people are told of an author's decision, which can be undone until then; None for any other change."""
    was_into: int | None = field(default=None, compare=False)
    """The suggestion it was merged into before."""
    was_held: bool = field(default=False, compare=False)
    """Whether readers did not see it before."""


def is_bare(idea: str) -> bool:
    """Return whether a text has at most one letter or digit, which is more often a slip than a suggestion."""
    return sum(unicodedata.category(character)[0] in "LN" for character in idea) < 2


def clean_text(text: str) -> str:
    """Return the text as it is stored: NFC, line breaks kept, outer white space and control characters dropped.

    Raises:
        SuggestionEmpty: Nothing is left.
        SuggestionTooLong: More than `SUGGESTION_LENGTH` characters are left.
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
