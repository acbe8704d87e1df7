"""Forms that ask an author for the details of a decision, or for search terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.suggestions import decision_texts, review_queue_texts
from bot.chat.suggestions.queue_position import LONGEST_SEARCH, QueuePosition
from bot.chat.text.user_text import one_line
from bot.domain.suggestions.suggestion import Decision
from bot.services.stories.autocomplete_choices import Choice

PICKED = "picked"


_LABEL, _HINT, _OPTION, _TITLE = 45, 100, 100, 45


_REASON = 500
_TYPED = 200


def reason_modal(decision: Decision, position: QueuePosition) -> ui.Modal:
    """Build the form that asks for a word to the suggester, who is told of accepting or declining."""
    form = _modal(decision, position)
    label, hint = decision_texts.form_label(decision)
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=ANSWER, style=discord.TextStyle.paragraph, required=False, max_length=_REASON
    )
    return _add_field(form, label, hint, field)


def picker_modal(decision: Decision, position: QueuePosition, choices: Sequence[Choice]) -> ui.Modal:
    """Build the form that offers suggestions to merge into, or chapters; others can be typed."""
    form = _modal(decision, position)
    label, hint = decision_texts.form_label(decision)
    options = [
        discord.SelectOption(label=one_line(each.label, _OPTION), value=each.value)
        for each in choices
        if 0 < len(each.value) <= _OPTION
    ]
    if options:
        menu: ui.Select[Any] = ui.Select(
            custom_id=PICKED,
            placeholder=decision_texts.pick_placeholder(),
            required=False,
            min_values=0,
            options=options,
        )
        form.add_item(ui.Label(text=one_line(decision_texts.pick_label(decision), _LABEL), component=menu))
        label = decision_texts.input_label(decision)
    field: ui.TextInput[Any] = ui.TextInput(custom_id=ANSWER, required=not options, max_length=_TYPED)
    return _add_field(form, label, hint, field)


def search_modal(position: QueuePosition) -> ui.Modal:
    """Build the form that asks for search terms."""
    form = ui.Modal(
        title=one_line(review_queue_texts.search_title(), _TITLE), custom_id=position.form("search")
    )
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=ANSWER, required=False, max_length=2 * LONGEST_SEARCH, default=position.search or None
    )
    return _add_field(form, review_queue_texts.search_label(), review_queue_texts.search_hint(), field)


def _modal(decision: Decision, position: QueuePosition) -> ui.Modal:
    title = one_line(decision_texts.form_title(decision, position.number), _TITLE)
    return ui.Modal(title=title, custom_id=position.form(decision.value))


def _add_field(form: ui.Modal, label: str, hint: str, field: ui.TextInput[Any]) -> ui.Modal:
    return form.add_item(
        ui.Label(text=one_line(label, _LABEL), description=one_line(hint, _HINT), component=field)
    )


ANSWER = "answer"
