"""A preview of a chapter for its author."""

from __future__ import annotations

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Item, Message, button, container, row
from bot.chat.pages.page_frame_view import PageFrame, story_color
from bot.chat.pages.page_view import page_items
from bot.chat.stories import preview_texts
from bot.chat.text.user_text import literal_line, utf16_length
from bot.services.stories.preview import ChapterPreview

_FAULTS = 3
_FAULT = 220


def preview_message(view: ChapterPreview) -> Message:
    """Render one page of a chapter, with the faults in the story's files above it."""
    heading = preview_texts.title(view.released)
    if view.faults:
        found = [literal_line(str(fault), _FAULT) for fault in view.faults[:_FAULTS]]
        heading = f"{heading}\n{preview_texts.faults(found, max(0, len(view.faults) - _FAULTS))}"
    leaf = PageFrame(
        view.story, view.release, view.edition, view.page, view.page_number, view.page_count, None
    )
    parts, files, _ = page_items(leaf, view.pictures, TEXT_LIMIT - utf16_length(heading))
    parts = [ui.TextDisplay(heading), *parts, _turns(view)]
    return Message((container(parts, color=story_color(view.story)),), files)


def _turns(view: ChapterPreview) -> Item:
    number, count = view.page_number, view.page_count

    def to(page: int) -> str:
        return custom_ids.preview(view.story.slug, view.token, page)

    return row(
        button("", to(number - 1), emoji="◀️", disabled=number <= 1),
        button(f"{number} / {count}", "off:here", disabled=True),
        button("", to(number + 1), emoji="▶️", disabled=number >= count),
    )
