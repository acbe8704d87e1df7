"""One suggestion in an author's review queue or review channel, with the controls to decide on it."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import paginate
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Item, Message, button, container, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.stories import morning_card_texts
from bot.chat.suggestions import (
    blocking_texts,
    decision_texts,
    decision_undo_texts,
    poll_texts,
    review_queue_list_texts,
    review_queue_texts,
    suggestion_texts,
)
from bot.chat.suggestions.queue_position import QueuePosition
from bot.chat.suggestions.review_queue_menu_view import filter_menus, search_buttons, search_line
from bot.chat.suggestions.suggestion_text_pages import PAGE_LENGTH, split_text
from bot.chat.text.user_text import clip, literal_line, utf16_length
from bot.domain.suggestions.panel_contents import QueueView, UndoOffer
from bot.domain.suggestions.suggestion import AUTHOR_DECISIONS, Suggestion

_TITLE = 100
_NAME = 80
_REASON = 200
_CHANGES = 4
_NOTE = 300
_ALIKE = 100


def queue_message(
    view: QueueView, *, page: int = 0, note: str = "", undo: ui.Button[Any] | None = None
) -> Message:
    """Render one suggestion of the queue, or an empty result.

    `note` is a sentence about the last action, and `undo` a button that undoes it.
    """
    number = view.suggestion.number if view.suggestion is not None else 0
    position = QueuePosition.within(view.filter, number, page=page)
    noted: list[Item] = [ui.TextDisplay(clip(note, _NOTE))] if note.strip() else []
    if undo is not None and undo.custom_id not in (_undo_id(view, position), None):
        noted.append(row(undo))
    one = view.suggestion
    chapter = None
    if one is not None and one.chapter is not None and view.release_number is not None:
        chapter = view.release_number, view.titles.get(one.chapter, one.chapter)
    menus = filter_menus(position, view.filter, view.stories, chapter)
    if one is None or view.story is None:
        text = f"{search_line(position)}\n{review_queue_texts.empty_filter()}".strip()
        found = row(*search_buttons(position))
        return Message((*noted, ui.TextDisplay(text), found, *_preference_rows(view, position), *menus))
    parts = _suggestion_items(view, one, position, public=False)
    parts += [_navigation(view, position), *_preference_rows(view, position), *menus]
    return Message((*noted, container(parts, color=story_color(view.story))))


def review_message(view: QueueView, *, page: int = 0, marker: int | None = None) -> Message:
    """Render one suggestion in a review channel. Others may read there, so no unreleased chapter is named."""
    one, story = view.suggestion, view.story
    if one is None or story is None:
        return Message((ui.TextDisplay(review_queue_texts.empty()),))
    position = QueuePosition(one.number, page, state=None, review=True)
    parts = _suggestion_items(view, one, position, public=True)
    parts.append(row(button(blocking_texts.block_button(), position.button("block"))))
    return Message((container(parts, color=story_color(story), marker=marker),))


def undo_button(position: QueuePosition, undo: UndoOffer) -> ui.Button[Any]:
    """Render the button that undoes a decision on the suggestion at that position."""
    # The decision stands in the place of the suggestion, for which there would be no room beside it.
    return button(decision_undo_texts.undo_button(), position.of_number(undo.change).button("undo"))


def _undo_id(view: QueueView, position: QueuePosition) -> str | None:
    return undo_button(position, view.undo).custom_id if view.undo is not None else None


def _suggestion_items(
    view: QueueView, one: Suggestion, position: QueuePosition, *, public: bool
) -> list[Item]:
    assert view.story is not None
    text = [suggestion_texts.text_withheld()] if one.veiled else split_text(one.text)
    shown, page, pages = paginate(text, position.page, 1)
    head = [review_queue_texts.title(one.number, literal_line(view.story.title, _TITLE)), _origin(one)]
    if one.held:
        head.append(review_queue_texts.held_back())
    record = "\n".join(
        [*_record(view, one, public=public), *_similar_lines(view), search_line(position)]
    ).strip()
    parts: list[Item] = [ui.TextDisplay("\n".join(head)), ui.TextDisplay(shown[0])]
    parts.append(
        ui.TextDisplay(clip(record, TEXT_LIMIT - _NOTE - PAGE_LENGTH - utf16_length("\n".join(head))))
    )
    if pages > 1:
        at = position.at(page)
        parts.append(
            row(
                button("◀", position.at(page - 1).button("text"), disabled=page == 0),
                button(review_queue_texts.text_page(page + 1, pages), at.button("part"), disabled=True),
                button("▶", position.at(page + 1).button("more"), disabled=page == pages - 1),
            )
        )
    decisions = [
        button(decision_texts.button(each), position.button(each.value))
        for each in view.possible
        if each in AUTHOR_DECISIONS
    ]
    if view.undo is not None:
        decisions.append(undo_button(position, view.undo))
    if one.veiled:
        parts.append(row(button(suggestion_texts.whereabouts_button(), custom_ids.where(one.number))))
    return [*parts, row(*decisions)] if decisions else parts


def _origin(one: Suggestion) -> str:
    stamp = int(one.created_at.timestamp())
    if one.anonymous:
        return review_queue_texts.anonymous_suggester(stamp)
    name = (
        literal_line(one.shown_suggester, _NAME)
        if one.shown_suggester
        else review_queue_texts.erased_suggester()
    )
    return review_queue_texts.suggester(name, stamp, anonymous=False)


def _record(view: QueueView, one: Suggestion, *, public: bool) -> list[str]:
    lines = [f"-# {suggestion_texts.state(one.state)}"]
    if one.supporters:
        lines.append(review_queue_texts.supporters(one.supporters))
    if view.votes is not None:
        lines.append(poll_texts.votes(view.votes))
    if one.chapter:
        lines.append(
            review_queue_texts.made_under(literal_line(view.titles.get(one.chapter, one.chapter), _TITLE))
        )
    if one.merged_into is not None:
        lines.append(review_queue_texts.merged_into(one.merged_into))
    if one.used_in and public and one.used_in not in view.released:
        lines.append(review_queue_texts.used_in_unreleased())
    elif one.used_in:
        used_in = view.titles.get(one.used_in, one.used_in)
        lines.append(review_queue_texts.used_in(literal_line(used_in, _TITLE)))
    for change in view.history[1:][-_CHANGES:]:
        reason = literal_line(change.reason, _REASON) if change.reason else ""
        state = suggestion_texts.state(change.became)
        lines.append(review_queue_texts.change(state, int(change.at.timestamp()), reason))
    if view.undo is not None:
        lines.append(decision_undo_texts.undo_until(int(view.undo.until.timestamp())))
    return lines


def _similar_lines(view: QueueView) -> list[str]:
    lines = [
        review_queue_texts.similar_line(one.number, literal_line(one.text, _ALIKE), one.supporters)
        for one in view.similar
    ]
    return [review_queue_texts.similar_title(), *lines] if lines else []


def _navigation(view: QueueView, position: QueuePosition) -> Item:
    at, total = view.position, view.total
    return row(
        button("", position.button("back"), emoji="◀️", disabled=at <= 1),
        button(review_queue_texts.position(at, total), position.button("here"), disabled=True),
        button("", position.button("on"), emoji="▶️", disabled=at >= total),
        *search_buttons(position),
    )


def _preference_rows(view: QueueView, position: QueuePosition) -> list[Item]:
    found = []
    if view.suggestion is not None:
        # Shown for every suggestion: if it were missing on an anonymous one, that would reveal an erased suggester.
        found.append(button(blocking_texts.block_button(), position.button("block")))
    found.append(button(review_queue_list_texts.list_button(), position.at(0).button("list")))
    if view.digest is not None:
        label = morning_card_texts.off_button() if view.digest else morning_card_texts.on_button()
        found.append(button(label, position.button("hush" if view.digest else "daily")))
    return [row(*found)]
