"""The form that asks for a page's number."""

from __future__ import annotations

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.reading import reader_texts
from bot.chat.text.user_text import one_line

PAGE = "page"

_TITLE, _LABEL = 45, 45
_DIGITS = 6


def jump_form(release_id: int, count: int, revision: int) -> ui.Modal:
    """For a chapter that has so many pages in that revision."""
    form = ui.Modal(
        title=one_line(reader_texts.jump_title(), _TITLE),
        custom_id=custom_ids.jump_form(release_id, revision),
    )
    form.add_item(
        ui.Label(
            text=one_line(reader_texts.jump_label(count), _LABEL),
            component=ui.TextInput(custom_id=PAGE, max_length=_DIGITS, placeholder=str(count)),
        )
    )
    return form
