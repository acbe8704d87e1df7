"""The question before an idea is taken back."""

from __future__ import annotations

from discord import ui

from bot.chat.interactions.outgoing_message import Message, button, row
from bot.chat.suggestions import confirmation_ids, suggestion_texts, withdrawal_texts
from bot.chat.text.user_text import literal_line
from bot.services.suggestions.submission import SubmissionResult

_TITLE = 100
_IDEA = 300


def withdrawal_question(made: SubmissionResult) -> Message:
    """Render the question whether the suggester wants to withdraw a suggestion."""
    one = made.suggestion
    lines = [withdrawal_texts.question(one.number, literal_line(made.story.title, _TITLE))]
    lines.append(suggestion_texts.text_withheld() if one.veiled else f"> {literal_line(one.text, _IDEA)}")
    if one.supporters:
        lines.append(withdrawal_texts.supporters_lost(one.supporters))
    return Message(
        (
            ui.TextDisplay("\n".join(lines)),
            row(
                button(
                    withdrawal_texts.withdraw_button(), confirmation_ids.withdrawal(one.number, sure=True)
                ),
                button(
                    withdrawal_texts.keep_button(),
                    confirmation_ids.withdrawal(one.number, sure=False),
                    loud=True,
                ),
            ),
        )
    )
