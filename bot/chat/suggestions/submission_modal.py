"""Forms: what they ask, and reading what was filled in.

discord.py would hold every form in memory until it is sent, and lose it at a restart. Ours carry all they need in
their id; what comes back is read from Discord's own data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.pages import page_texts
from bot.chat.suggestions import review_queue_texts, suggestion_texts
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.suggestions.suggestion import SUGGESTION_LENGTH
from bot.services.suggestions.submission import SuggestionTarget

_TITLE, _LABEL, _HINT = 45, 45, 100
_CHAPTER = 200

IDEA = "idea"
ANONYMOUS = "anonymous"
NAME_ME = "name_me"
ANSWER = "answer"

Filled = Mapping[str, str | bool]


def idea_form(
    target: SuggestionTarget, *, anonymous: bool = False, named: bool = False, text: str = ""
) -> ui.Modal:
    """The form for an idea, with what is filled in already; text that does not fit is cut."""
    number = target.chapter.number if target.chapter is not None else 0
    form = ui.Modal(
        title=one_line(review_queue_texts.idea_form_title(target.story.title), _TITLE),
        custom_id=custom_ids.suggest_form(custom_ids.token(target.story.slug), number, anonymous),
    )
    if target.chapter is not None:
        title = literal_line(target.chapter.title, _CHAPTER)
        form.add_item(ui.TextDisplay(f"-# {page_texts.chapter_of(number)} · {title}"))
    prompt = target.question.prompt
    form.add_item(
        ui.Label(
            text=one_line(prompt, _LABEL)
            if prompt and len(prompt) <= _LABEL
            else review_queue_texts.idea_label(),
            description=one_line(prompt, _HINT)
            if prompt and len(prompt) > _LABEL
            else review_queue_texts.idea_hint(),
            component=ui.TextInput(
                custom_id=IDEA,
                style=discord.TextStyle.paragraph,
                max_length=SUGGESTION_LENGTH,
                placeholder=review_queue_texts.idea_placeholder(),
                default=clip(text, SUGGESTION_LENGTH) or None,
            ),
        )
    )
    form.add_item(
        ui.Label(
            text=suggestion_texts.name_label(),
            description=suggestion_texts.name_hint(),
            component=ui.Checkbox(custom_id=NAME_ME, default=named),
        )
    )
    form.add_item(
        ui.Label(
            text=suggestion_texts.anonymous_label(),
            description=suggestion_texts.anonymous_hint(),
            component=ui.Checkbox(custom_id=ANONYMOUS, default=anonymous),
        )
    )
    return form


async def show(interaction: discord.Interaction[Any], form: ui.Modal) -> None:
    """Open the form; it is stopped first, so that discord.py does not keep it."""
    form.stop()
    await interaction.response.send_modal(form)


def filled(data: Mapping[str, Any]) -> Filled:
    """What was filled in, by field (docs: interactions/receiving-and-responding, Modal Submit Data)."""
    return {field["custom_id"]: _value(field) for field in _fields(data.get("components") or ())}


def _value(field: Mapping[str, Any]) -> str | bool:
    """What was typed, ticked, or picked in a menu of one."""
    picked: Sequence[str] = field.get("values") or ("",)
    value: str | bool = field.get("value", picked[0])
    return value


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "component" in component:
            yield from _fields([component["component"]])
        elif "components" in component:
            yield from _fields(component["components"])
        elif "custom_id" in component:
            yield component
