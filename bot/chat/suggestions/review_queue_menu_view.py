"""Menus and search of the review queue, which its list has too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Item, button, row
from bot.chat.suggestions import review_queue_texts, suggestion_texts
from bot.chat.suggestions.queue_position import ALL, GIVEN, QueuePosition, story_token
from bot.chat.text.user_text import literal_line, one_line
from bot.domain.stories.story import Story
from bot.domain.suggestions.panel_contents import QueueFilter, QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState

_TITLE = 100
_OPTION = 100
_STORIES = 22


def filter_menus(
    position: QueuePosition,
    look: QueueFilter,
    stories: Sequence[Story],
    chapter: tuple[int, str] | None = None,
) -> list[Item]:
    """Render the menus of state, order and scope; `chapter`: number and title of one to look at alone."""
    return [
        row(_state_menu(position)),
        row(_order_menu(position)),
        row(_scope_menu(position, look, stories, chapter)),
    ]


def search_line(position: QueuePosition) -> str:
    """Return the line with the search terms; empty if there are none."""
    return review_queue_texts.search_terms(literal_line(position.search, _TITLE)) if position.search else ""


def search_buttons(position: QueuePosition) -> list[Item]:
    """Render the button that opens the search, and the one that ends it."""
    found: list[Item] = [button(review_queue_texts.search_button(), position.button("search"))]
    if position.search:
        found.append(button(review_queue_texts.clear_search_button(), position.button("clear")))
    return found


def _state_menu(position: QueuePosition) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=suggestion_texts.state(state),
            value=state.value,
            default=state is position.state and not position.held,
        )
        for state in SuggestionState
    ]
    options += [
        discord.SelectOption(
            label=review_queue_texts.any_state(),
            value="any",
            default=position.state is None and not position.held,
        ),
        discord.SelectOption(label=review_queue_texts.held_only(), value="held", default=position.held),
    ]
    return _menu(position, "state", options)


def _order_menu(position: QueuePosition) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=review_queue_texts.order(each), value=each.value, default=each is position.order
        )
        for each in QueueOrder
    ]
    return _menu(position, "order", options)


def _scope_menu(
    position: QueuePosition, look: QueueFilter, stories: Sequence[Story], chapter: tuple[int, str] | None
) -> ui.Select[Any]:
    """Render the menu with all stories, each story, and the chapter of the suggestion shown."""
    story = look.story
    options = [discord.SelectOption(label=review_queue_texts.all_stories(), value=ALL, default=story is None)]
    options += [
        discord.SelectOption(
            label=one_line(each.title, _OPTION),
            value=GIVEN + story_token(each.slug),
            default=each.slug == story and look.chapter is None,
        )
        for each in stories[:_STORIES]
    ]
    if chapter is not None:
        number, title = chapter
        options.append(
            discord.SelectOption(
                label=one_line(review_queue_texts.only_chapter(title), _OPTION),
                value=f"c{number}",
                default=look.chapter is not None,
            )
        )
    return _menu(position, "scope", options)


def _menu(position: QueuePosition, what: str, options: Sequence[discord.SelectOption]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=position.button(what),
        placeholder=review_queue_texts.menu(what),
        options=list(options),
        min_values=1,
    )
