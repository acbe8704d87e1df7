"""The form for a suggestion."""

from __future__ import annotations

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.pages import page_texts
from bot.chat.suggestions import submission_texts
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.suggestions.suggestion import SUGGESTION_LENGTH
from bot.services.suggestions.submission import SuggestionTarget

_TITLE, _LABEL, _HINT = 45, 45, 100


_CHAPTER = 200
TEXT = "idea"
ANONYMOUS = "anonymous"
NAME_ME = "name_me"


def submission_modal(
    target: SuggestionTarget, *, anonymous: bool = False, named: bool = False, text: str = ""
) -> ui.Modal:
    """Build the form, prefilled with a draft; text that does not fit is cut."""
    number = target.chapter.number if target.chapter is not None else 0
    form = ui.Modal(
        title=one_line(submission_texts.form_title(target.story.title), _TITLE),
        custom_id=custom_ids.suggest_form(custom_ids.story_token(target.story.slug), number, anonymous),
    )
    if target.chapter is not None:
        title = literal_line(target.chapter.title, _CHAPTER)
        form.add_item(ui.TextDisplay(f"-# {page_texts.chapter_of(number)} · {title}"))
    prompt = target.question.question
    form.add_item(
        ui.Label(
            text=one_line(prompt, _LABEL)
            if prompt and len(prompt) <= _LABEL
            else submission_texts.text_label(),
            description=one_line(prompt, _HINT)
            if prompt and len(prompt) > _LABEL
            else submission_texts.text_hint(),
            component=ui.TextInput(
                custom_id=TEXT,
                style=discord.TextStyle.paragraph,
                max_length=SUGGESTION_LENGTH,
                placeholder=submission_texts.text_placeholder(),
                default=clip(text, SUGGESTION_LENGTH) or None,
            ),
        )
    )
    form.add_item(
        ui.Label(
            text=submission_texts.name_label(),
            description=submission_texts.name_hint(),
            component=ui.Checkbox(custom_id=NAME_ME, default=named),
        )
    )
    form.add_item(
        ui.Label(
            text=submission_texts.anonymous_label(),
            description=submission_texts.anonymous_hint(),
            component=ui.Checkbox(custom_id=ANONYMOUS, default=anonymous),
        )
    )
    return form
