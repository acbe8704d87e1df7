"""The review queue as a list, from which one suggestion is opened."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Item, Message, button, container, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.stories import morning_card_texts
from bot.chat.suggestions import (
    review_queue_list_texts,
    review_queue_texts,
    suggestion_texts,
)
from bot.chat.suggestions.queue_position import QueuePosition
from bot.chat.suggestions.review_queue_menu_view import filter_menus, search_buttons, search_line
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.suggestions.panel_contents import QueueListEntry, QueueListView

_NOTE = 300
_TITLE = 60
_IDEA = 100
_OPTION = 100


def list_message(view: QueueListView, *, note: str = "") -> Message:
    """Render a page of the queue as a list, or an empty result. `note` is a sentence about the last action."""
    top = view.entries[0].suggestion.number if view.entries else 0
    position = QueuePosition.within(view.filter, top, listed=True)
    noted: list[Item] = [ui.TextDisplay(clip(note, _NOTE))] if note.strip() else []
    look = view.filter
    head = [review_queue_list_texts.title(look.state, held=look.held)]
    head += [line for line in (search_line(position),) if line]
    head.append(
        review_queue_list_texts.count(view.total) if view.entries else review_queue_texts.empty_filter()
    )
    parts: list[Item] = [ui.TextDisplay("\n".join(head))]
    parts += [ui.TextDisplay("\n".join(_lines(view, each))) for each in view.entries]
    if view.entries:
        parts.append(row(_pick_menu(view, position)))
    parts += [_navigation(view, position), _preferences(view, position)]
    of_chapter = [each for each in view.entries if each.release_number is not None and each.chapter]
    chapter = None
    if look.chapter is not None and of_chapter:
        chapter = of_chapter[0].release_number or 0, of_chapter[0].chapter or ""
    parts += filter_menus(position, look, view.stories, chapter)
    color = story_color(view.entries[0].story) if look.story is not None and view.entries else None
    return Message((*noted, container(parts, color=color)))


def _lines(view: QueueListView, entry: QueueListEntry) -> list[str]:
    one = entry.suggestion
    first = review_queue_list_texts.head(one.number, suggestion_texts.state(one.state), one.supporters)
    lines = [f"{first} {review_queue_list_texts.held_mark()}" if one.held else first]
    lines.append(suggestion_texts.text_withheld() if one.veiled else f"> {literal_line(one.text, _IDEA)}")
    several = view.filter.story is None and len(view.stories) > 1
    story = literal_line(entry.story.title, _TITLE) if several else ""
    chapter = literal_line(entry.chapter, _TITLE) if entry.chapter else ""
    if story or chapter:
        lines.append(review_queue_list_texts.origin(story, chapter))
    return lines


def _pick_menu(view: QueueListView, position: QueuePosition) -> ui.Select[Any]:
    options = []
    for entry in view.entries:
        one = entry.suggestion
        text = suggestion_texts.state(one.state) if one.veiled else " ".join(one.text.split())
        label = one_line(review_queue_list_texts.option(one.number, text), _OPTION)
        options.append(discord.SelectOption(label=label, value=str(one.number)))
    return ui.Select(
        custom_id=position.button("pick"),
        placeholder=review_queue_list_texts.pick(),
        options=options,
        min_values=1,
    )


def _navigation(view: QueueListView, position: QueuePosition) -> Item:
    # The way on starts at the last suggestion shown, the way back at the first.
    last = view.entries[-1].suggestion.number if view.entries else 0
    return row(
        button("", position.button("back"), emoji="◀️", disabled=view.page == 0),
        button(
            review_queue_texts.position(view.page + 1, view.page_count),
            position.button("here"),
            disabled=True,
        ),
        button(
            "", position.of_number(last).button("on"), emoji="▶️", disabled=view.page + 1 >= view.page_count
        ),
        *search_buttons(position),
    )


def _preferences(view: QueueListView, position: QueuePosition) -> Item:
    found = [button(review_queue_list_texts.single_button(), position.button("single"))]
    if view.digest is not None:
        label = morning_card_texts.off_button() if view.digest else morning_card_texts.on_button()
        found.append(button(label, position.button("hush" if view.digest else "daily")))
    return row(*found)
