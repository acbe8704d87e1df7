"""The table of an idea's states."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.suggestions.suggestion import (
    AUTHOR_DECISIONS,
    Decision,
    Suggestion,
    SuggestionState,
    allowed_decisions,
    apply_decision,
    author_decisions,
)
from bot.domain.suggestions.suggestion_refusals import TransitionForbidden

S, D = SuggestionState, Decision

TABLE = {
    (S.NEW, D.ACCEPT): S.ACCEPTED,
    (S.NEW, D.DECLINE): S.DECLINED,
    (S.NEW, D.MERGE): S.MERGED,
    (S.NEW, D.WITHDRAW): S.WITHDRAWN,
    (S.NEW, D.THANK): S.USED,
    (S.ACCEPTED, D.USED): S.USED,
    (S.ACCEPTED, D.THANK): S.USED,
    (S.ACCEPTED, D.MERGE): S.MERGED,
    (S.ACCEPTED, D.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, D.REOPEN): S.NEW,
    (S.DECLINED, D.REOPEN): S.NEW,
    (S.MERGED, D.REOPEN): S.NEW,
}
"""Written out again: whoever changes the rules says so here too."""


@pytest.mark.parametrize("state", SuggestionState)
@pytest.mark.parametrize("decision", Decision)
def test_every_step_is_allowed_or_refused(state: SuggestionState, decision: Decision) -> None:
    if (state, decision) in TABLE:
        assert apply_decision(7, state, decision) is TABLE[state, decision]
        assert decision in allowed_decisions(state)
        return
    shown = "open" if state is SuggestionState.NEW else state.value
    with pytest.raises(TransitionForbidden, match=f"Idea 7 is {shown}"):
        apply_decision(7, state, decision)
    assert decision not in allowed_decisions(state)


@pytest.mark.parametrize("state", SuggestionState)
def test_authors_are_offered_what_is_theirs_to_decide(state: SuggestionState) -> None:
    assert set(author_decisions(state)) == set(allowed_decisions(state)) & set(AUTHOR_DECISIONS)


def test_who_is_anonymous_is_shown_and_thanked_nowhere() -> None:
    idea = Suggestion(
        1, "lamps", None, "x", 5, "Reader", False, True, S.NEW, datetime(2026, 5, 4, tzinfo=UTC)
    )
    assert (idea.shown_suggester, idea.credit_name) == ("Reader", "Reader")
    hidden = replace(idea, anonymous=True)
    assert (hidden.shown_suggester, hidden.credit_name) == (None, None)
    erased = replace(idea, suggester=None)
    assert (erased.shown_suggester, erased.credit_name) == (None, None)
    assert not replace(idea, held=True).is_public
