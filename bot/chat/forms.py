"""Forms: what they ask, and reading what was filled in.

discord.py would hold every form in memory until it is sent, and lose it at a restart. Ours carry all they need in
their id; what comes back is read from Discord's own data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.chat import ids
from bot.chat.ids import QueueSpot
from bot.chat.text import literal_line, one_line
from bot.chat.words import pages as page_words
from bot.chat.words import queue as words
from bot.domain.suggestion import IDEA_LENGTH, Decision
from bot.services.suggest import Target

_TITLE, _LABEL, _HINT = 45, 45, 100
_CHAPTER = 200
_REASON_LENGTH = 500

IDEA = "idea"
ANONYMOUS = "anonymous"
ANSWER = "answer"

Filled = Mapping[str, str | bool]


def idea_form(target: Target, *, anonymous: bool = False) -> ui.Modal:
    """The form for an idea."""
    number = target.chapter.number if target.chapter is not None else 0
    form = ui.Modal(
        title=one_line(words.idea_form_title(target.story.title), _TITLE),
        custom_id=ids.suggest_form(ids.token(target.story.slug), number, anonymous),
    )
    if target.chapter is not None:
        title = literal_line(target.chapter.title, _CHAPTER)
        form.add_item(ui.TextDisplay(f"-# {page_words.chapter_of(number)} · {title}"))
    prompt = target.story.suggestions.prompt
    form.add_item(
        ui.Label(
            text=one_line(prompt, _LABEL) if prompt and len(prompt) <= _LABEL else words.IDEA_LABEL,
            description=one_line(prompt, _HINT) if prompt and len(prompt) > _LABEL else words.IDEA_HINT,
            component=ui.TextInput(
                custom_id=IDEA,
                style=discord.TextStyle.paragraph,
                max_length=IDEA_LENGTH,
                placeholder=words.IDEA_PLACEHOLDER,
            ),
        )
    )
    form.add_item(
        ui.Label(
            text=words.ANONYMOUS_LABEL,
            description=words.ANONYMOUS_HINT,
            component=ui.Checkbox(custom_id=ANONYMOUS, default=anonymous),
        )
    )
    return form


def decision_form(decision: Decision, spot: QueueSpot) -> ui.Modal:
    """The form for what a decision needs beyond itself: a reason, a number, a chapter."""
    label, hint = words.FORM_LABELS[decision]
    reason = decision is Decision.DECLINE
    form = ui.Modal(title=words.form_title(decision, spot.number), custom_id=spot.form(decision))
    form.add_item(
        ui.Label(
            text=label,
            description=hint,
            component=ui.TextInput(
                custom_id=ANSWER,
                style=discord.TextStyle.paragraph if reason else discord.TextStyle.short,
                required=not reason,
                max_length=_REASON_LENGTH if reason else _CHAPTER,
            ),
        )
    )
    return form


async def show(interaction: discord.Interaction[Any], form: ui.Modal) -> None:
    """Open the form; it is stopped first, so that discord.py does not keep it."""
    form.stop()
    await interaction.response.send_modal(form)


def filled(data: Mapping[str, Any]) -> Filled:
    """What was filled in, by field (docs: interactions/receiving-and-responding, Modal Submit Data)."""
    return {field["custom_id"]: field.get("value", "") for field in _fields(data.get("components") or ())}


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "component" in component:
            yield from _fields([component["component"]])
        elif "components" in component:
            yield from _fields(component["components"])
        elif "custom_id" in component:
            yield component
