"""One idea before its author, in the queue or in a review, with all that can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import cut
from bot.chat.interactions.message import TEXT_LIMIT, Item, Message, button, panel, row
from bot.chat.pages.page_frame_view import shade
from bot.chat.stories import list_texts
from bot.chat.suggestions import panel_texts, review_queue_texts, suggestion_texts
from bot.chat.suggestions.queue_position import ALL, GIVEN, SHOWN, QueuePosition, short
from bot.chat.text.user_text import clip, literal_block, literal_line, one_line, utf16_length
from bot.domain.pages import escape
from bot.domain.pages.text_length import cluster_starts
from bot.domain.suggestions.panel_views import QueueOrder, QueueView
from bot.domain.suggestions.suggestion import AUTHOR_DECISIONS, Suggestion, SuggestionState

_TITLE = 100
_NAME = 80
_REASON = 200
_CHANGES = 4
_NOTE = 300
_ALIKE = 100
_OPTION = 100
_STORIES = 22
_PIECE = 2_200
"""Units of an idea's text on one page, as sent; the rest of a message is room for what is said about it."""


def decided_words(one: Suggestion) -> str:
    """What has become of an idea, in a sentence."""
    return review_queue_texts.decided(one.number, list_texts.state(one.state))


def queue(view: QueueView, *, page: int = 0, note: str = "") -> Message:
    """One idea of the queue, or what was looked for in vain. `note` is a sentence about what has just happened."""
    spot = _spot(view, page)
    noted: list[Item] = [ui.TextDisplay(clip(note, _NOTE))] if note.strip() else []
    menus = [row(_states(spot)), row(_orders(spot)), row(_scopes(view, spot))]
    if view.suggestion is None or view.story is None:
        text = f"{_searched(spot)}\n{panel_texts.empty_filtered()}".strip()
        found = row(*_asking(spot))
        return Message((*noted, ui.TextDisplay(text), found, *menus))
    parts = _idea(view, view.suggestion, spot, public=False)
    parts += [_moves(view, spot), *_rest(view, spot), *menus]
    return Message((*noted, panel(parts, color=shade(view.story))))


def review(view: QueueView, *, page: int = 0, marker: int | None = None) -> Message:
    """One idea in a channel for its author. Others may read there: what is not out yet is not named."""
    one, story = view.suggestion, view.story
    if one is None or story is None:
        return Message((ui.TextDisplay(review_queue_texts.empty()),))
    spot = QueuePosition(one.number, page, state=None, review=True)
    parts = _idea(view, one, spot, public=True)
    parts.append(row(button(panel_texts.button("block"), spot.button("block"))))
    return Message((panel(parts, color=shade(story), marker=marker),))


def pieces(idea: str) -> list[str]:
    """An idea cut into pages, literal as each will be sent, between words where there are any."""
    found: list[str] = []
    rest = idea.strip()
    while rest:
        end = _fitting(rest)
        found.append(literal_block(rest[:end], TEXT_LIMIT))
        rest = rest[end:].lstrip("\n ")
    return found or [literal_block(idea, _PIECE)]


def _fitting(text: str) -> int:
    """How much of a text fits on a page, in characters."""
    if utf16_length(escape(text)) <= _PIECE:
        return len(text)
    starts = [*cluster_starts(text[: _PIECE + 1]), min(len(text), _PIECE + 1)]
    low, high = 1, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if utf16_length(escape(text[: starts[middle]])) <= _PIECE:
            low = middle
        else:
            high = middle - 1
    end = starts[low]
    gap = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
    return gap if gap > end * 0.6 else end


def _spot(view: QueueView, page: int) -> QueuePosition:
    look, one = view.look, view.suggestion
    scope = ALL
    if look.story is not None:
        scope = SHOWN if one is not None else GIVEN + short(look.story)
    return QueuePosition(
        number=one.number if one is not None else 0,
        page=page,
        state=look.state,
        order=look.order,
        held=look.held,
        chapter=look.chapter,
        scope=scope,
        search=look.search,
    )


def _idea(view: QueueView, one: Suggestion, spot: QueuePosition, *, public: bool) -> list[Item]:
    """The idea with what is known of it and what can be decided."""
    assert view.story is not None
    text = [suggestion_texts.veiled()] if one.veiled else pieces(one.idea)
    shown, page, pages = cut(text, spot.page, 1)
    head = [review_queue_texts.title(one.number, literal_line(view.story.title, _TITLE)), _origin(one)]
    if one.held:
        head.append(panel_texts.held())
    record = "\n".join([*_record(view, one, public=public), *_alike(view), _searched(spot)]).strip()
    parts: list[Item] = [ui.TextDisplay("\n".join(head)), ui.TextDisplay(shown[0])]
    parts.append(ui.TextDisplay(clip(record, TEXT_LIMIT - _NOTE - _PIECE - utf16_length("\n".join(head)))))
    if pages > 1:
        at = spot.at(page)
        parts.append(
            row(
                button("◀", spot.at(page - 1).button("text"), disabled=page == 0),
                button(panel_texts.text_page(page + 1, pages), at.button("part"), disabled=True),
                button("▶", spot.at(page + 1).button("more"), disabled=page == pages - 1),
            )
        )
    decisions = [
        button(review_queue_texts.button(each), spot.button(each.value))
        for each in view.possible
        if each in AUTHOR_DECISIONS
    ]
    if one.veiled:
        parts.append(row(button(suggestion_texts.where(), custom_ids.where(one.number))))
    return [*parts, row(*decisions)] if decisions else parts


def _origin(one: Suggestion) -> str:
    stamp = int(one.created_at.timestamp())
    if one.anonymous:
        return panel_texts.anonymous_maker(stamp)
    name = literal_line(one.shown_maker, _NAME) if one.shown_maker else review_queue_texts.maker_erased()
    return review_queue_texts.maker(name, stamp, anonymous=False)


def _record(view: QueueView, one: Suggestion, *, public: bool) -> list[str]:
    lines = [f"-# {list_texts.state(one.state)}"]
    if one.supporters:
        lines.append(panel_texts.supporters(one.supporters))
    if view.votes is not None:
        lines.append(panel_texts.poll_votes(view.votes))
    if one.chapter:
        lines.append(
            review_queue_texts.under(literal_line(view.titles.get(one.chapter, one.chapter), _TITLE))
        )
    if one.into is not None:
        lines.append(review_queue_texts.merged_into(one.into))
    if one.used_in and public and one.used_in not in view.released:
        lines.append(panel_texts.used_later())
    elif one.used_in:
        used_in = view.titles.get(one.used_in, one.used_in)
        lines.append(review_queue_texts.used_in(literal_line(used_in, _TITLE)))
    for change in view.history[1:][-_CHANGES:]:
        reason = literal_line(change.reason, _REASON) if change.reason else ""
        state = list_texts.state(change.became)
        lines.append(review_queue_texts.change(state, int(change.at.timestamp()), reason))
    return lines


def _alike(view: QueueView) -> list[str]:
    lines = [
        panel_texts.alike_line(one.number, literal_line(one.idea, _ALIKE), one.supporters)
        for one in view.alike
    ]
    return [panel_texts.alike(), *lines] if lines else []


def _searched(spot: QueuePosition) -> str:
    return panel_texts.searching(literal_line(spot.search, _TITLE)) if spot.search else ""


def _moves(view: QueueView, spot: QueuePosition) -> Item:
    at, total = view.position, view.total
    return row(
        button("", spot.button("back"), emoji="◀️", disabled=at <= 1),
        button(review_queue_texts.position(at, total), spot.button("here"), disabled=True),
        button("", spot.button("on"), emoji="▶️", disabled=at >= total),
        *_asking(spot),
    )


def _asking(spot: QueuePosition) -> list[Item]:
    found: list[Item] = [button(panel_texts.button("search"), spot.button("search"))]
    if spot.search:
        found.append(button(panel_texts.button("clear"), spot.button("clear")))
    return found


def _rest(view: QueueView, spot: QueuePosition) -> list[Item]:
    """What is seldom wanted."""
    found = []
    if view.suggestion is not None:
        # Whoever made it: a button that is missing on an anonymous idea would tell that its maker was erased.
        found.append(button(panel_texts.button("block"), spot.button("block")))
    if view.digest is not None:
        what = "silence" if view.digest else "subscribe"
        found.append(button(panel_texts.button(what), spot.button("hush" if view.digest else "daily")))
    return [row(*found)] if found else []


def _states(spot: QueuePosition) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=list_texts.state(state),
            value=state.value,
            default=state is spot.state and not spot.held,
        )
        for state in SuggestionState
    ]
    options += [
        discord.SelectOption(
            label=panel_texts.any_state(), value="any", default=spot.state is None and not spot.held
        ),
        discord.SelectOption(label=panel_texts.held_only(), value="held", default=spot.held),
    ]
    return _menu(spot, "state", options)


def _orders(spot: QueuePosition) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=panel_texts.order(each), value=each.value, default=each is spot.order)
        for each in QueueOrder
    ]
    return _menu(spot, "order", options)


def _scopes(view: QueueView, spot: QueuePosition) -> ui.Select[Any]:
    """All stories, one of them, or the chapter of the idea on show."""
    story = view.look.story
    options = [discord.SelectOption(label=panel_texts.all_stories(), value=ALL, default=story is None)]
    options += [
        discord.SelectOption(
            label=one_line(each.title, _OPTION),
            value=GIVEN + short(each.slug),
            default=each.slug == story and view.look.chapter is None,
        )
        for each in view.stories[:_STORIES]
    ]
    one, chapter = view.suggestion, view.look.chapter
    if one is not None and one.chapter is not None and view.under is not None:
        title = panel_texts.only_under(view.titles.get(one.chapter, one.chapter))
        options.append(
            discord.SelectOption(
                label=one_line(title, _OPTION), value=f"c{view.under}", default=chapter is not None
            )
        )
    return _menu(spot, "scope", options)


def _menu(spot: QueuePosition, what: str, options: Sequence[discord.SelectOption]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=spot.button(what), placeholder=panel_texts.menu(what), options=list(options), min_values=1
    )
