"""Answers after a decision that can be undone, and after undoing it, outside of the review queue."""

from __future__ import annotations

from discord import ui

from bot.chat.interactions.outgoing_message import Message, button, plain, row
from bot.chat.interactions.responses import refusal_text
from bot.chat.suggestions import confirmation_ids, decision_texts, decision_undo_texts, suggestion_texts
from bot.chat.suggestions.queue_position import QueuePosition
from bot.domain.errors import Refusal
from bot.domain.suggestions.panel_contents import UndoOffer
from bot.domain.suggestions.suggestion import Decision, Suggestion, SuggestionState, author_decisions
from bot.services.suggestions.decisions import DecisionResult


def decided_text(made: DecisionResult) -> str:
    """Return the sentence about a suggestion's new state, and about who is told of it when."""
    one = made.suggestion
    state = suggestion_texts.state(one.state)
    if made.undo is None:
        return decision_texts.decide_answer(one.number, state)
    until = int(made.undo.until.timestamp())
    tell = decision_undo_texts.decided_for_later if made.waits_for_chapter else decision_undo_texts.decided
    return tell(one.number, state, until)


def decided_answer(text: str, undo: UndoOffer | None) -> Message:
    """Render the answer after a decision."""
    if undo is None:
        return plain(text)
    return Message(
        (
            ui.TextDisplay(text),
            row(button(decision_undo_texts.undo_button(), confirmation_ids.undo(undo.change))),
        )
    )


def undone_text(one: Suggestion) -> str:
    """Return the sentence after an undo."""
    return decision_undo_texts.undone(one.number, suggestion_texts.state(one.state))


def not_undone_answer(refusal: Refusal) -> Message:
    """Render the refusal of an undo, with a button to reopen the suggestion where that is possible."""
    text, state = refusal_text(refusal), refusal.facts.get("state")
    if state not in set(SuggestionState) or Decision.REOPEN not in author_decisions(SuggestionState(state)):
        return plain(text)
    position = QueuePosition(int(str(refusal.facts["number"])), state=None)
    reopen = button(decision_texts.button(Decision.REOPEN), position.button(Decision.REOPEN.value))
    return Message((ui.TextDisplay(text), row(reopen)))
