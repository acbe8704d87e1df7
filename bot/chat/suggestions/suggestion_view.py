"""Lists of suggestions for readers: their own, and the most supported of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.chat.i18n.gettext import listed
from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import Item, Message, button, container, plain, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.suggestions import review_queue_texts, submission_texts, suggestion_texts
from bot.chat.text.user_text import literal_line, literal_pages, utf16_length
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.services.suggestions.submission import SubmissionResult
from bot.services.suggestions.supporters import SuggestionLocations, SupportResult, TopSuggestions

_LINES = 5
_TITLE = 100
_IDEA_LINE = 300
_REASON = 200
_PAGE = 3000
_CHANNELS = 3


def withdraw_answer(made: SubmissionResult) -> Message:
    """Render the answer to `/suggestions withdraw`."""
    return plain(suggestion_texts.withdraw_answer(made.suggestion.number))


def own_suggestions(made: Sequence[SubmissionResult], page: int = 0) -> Message:
    """Render one page of somebody's suggestions, newest first."""
    if not made:
        return plain(suggestion_texts.own_empty())
    shown, number, count = paginate(made, page, _LINES)
    parts: list[Item] = [ui.TextDisplay(suggestion_texts.own_title())]
    for each in shown:
        one = each.suggestion
        whole = button(suggestion_texts.full_text_button(), custom_ids.look(one.number, 0, number))
        parts.append(ui.TextDisplay("\n".join(_own_lines(each))))
        parts.append(
            row(
                button(suggestion_texts.whereabouts_button(), custom_ids.where(one.number))
                if one.veiled
                else whole
            )
        )
    return Message((container([*parts, *page_buttons(number, count, custom_ids.mine)]),))


def _own_lines(made: SubmissionResult) -> list[str]:
    one = made.suggestion
    lines = [
        suggestion_texts.list_line(
            one.number, literal_line(made.story.title, _TITLE), suggestion_texts.state(one.state)
        )
    ]
    lines.append(
        suggestion_texts.text_withheld() if one.veiled else f"> {literal_line(one.text, _IDEA_LINE)}"
    )
    return [*lines, *_record(one)]


def _record(one: Suggestion) -> list[str]:
    lines = []
    if one.merged_into is not None:
        lines.append(review_queue_texts.merged_into(one.merged_into))
    if one.held and one.state.is_open:
        lines.append(f"-# {submission_texts.held_back()}")
    if one.reason:
        lines.append(suggestion_texts.author_reason(literal_line(one.reason, _REASON)))
    return lines


def own_suggestion(made: SubmissionResult, text_page: int, list_page: int) -> Message:
    """Render the full text of one's own suggestion, with a button back to the list."""
    one = made.suggestion
    text = [suggestion_texts.text_withheld()] if one.veiled else literal_pages(one.text, _PAGE)
    pages, number, count = paginate(text, text_page, 1)
    head = suggestion_texts.list_line(
        one.number, literal_line(made.story.title, _TITLE), suggestion_texts.state(one.state)
    )
    wishes = [] if one.anonymous or not one.state.is_open else [preference_buttons(made)[0]]
    if one.veiled:
        wishes.append(button(suggestion_texts.whereabouts_button(), custom_ids.where(one.number)))
    parts: list[Item] = [
        ui.TextDisplay(head),
        ui.TextDisplay(pages[0]),
        *(ui.TextDisplay(line) for line in _record(one)),
        *page_buttons(number, count, lambda page: custom_ids.look(one.number, page, list_page)),
        row(button(suggestion_texts.back_button(), custom_ids.mine(list_page)), *wishes),
    ]
    return Message((container(parts, color=story_color(made.story)),))


def whereabouts(found: SuggestionLocations, channels: Sequence[int]) -> Message:
    """Render the channels in which a withheld suggestion can be read; `channels` are those known."""
    command = suggestion_texts.command_for(is_author_of=found.is_author, own=found.is_own)
    number, title = found.suggestion.number, literal_line(found.story.title, _TITLE)
    if not channels:
        return plain(suggestion_texts.unknown_whereabouts(number, title, command))
    named = listed([f"<#{each}>" for each in channels[:_CHANNELS]])
    return plain(suggestion_texts.known_whereabouts(number, title, named, command))


def top_suggestions(shown: TopSuggestions) -> Message:
    """Render one page of a story's most supported suggestions."""
    title = literal_line(shown.story.title, _TITLE)
    if not shown.suggestions:
        return plain(suggestion_texts.top_empty(title))
    parts: list[Item] = [ui.TextDisplay(suggestion_texts.top_title(title))]
    for each in shown.suggestions:
        parts.append(ui.TextDisplay(supported_lines(each.suggestion, own=each.is_own)))
        buttons = [*_support_buttons(each, shown.page), *full_text_buttons(each.suggestion)]
        if buttons:
            parts.append(row(*buttons))
    slug = shown.story.slug
    parts += page_buttons(shown.page, shown.page_count, lambda page: custom_ids.top(slug, page))
    return Message((container(parts, color=story_color(shown.story)),))


def full_suggestion(each: SupportResult, text_page: int) -> Message:
    """Render the full text of another reader's suggestion."""
    one = each.suggestion
    pages, number, count = paginate(literal_pages(one.text, _PAGE), text_page, 1)
    parts: list[Item] = [
        ui.TextDisplay(suggestion_texts.heading(one.number, literal_line(each.story.title, _TITLE))),
        ui.TextDisplay(pages[0]),
        *page_buttons(number, count, lambda page: custom_ids.peek(one.number, page, shown=True)),
    ]
    if not each.is_own:
        parts.append(row(button(suggestion_texts.support(), custom_ids.support(one.number), emoji="💙")))
    return Message((container(parts, color=story_color(each.story)),))


def suggestion_label(number: int, beginning: str, state: SuggestionState) -> str:
    """Return the label of a suggestion to pick; its state stands in for a withheld text."""
    return f"{number}: {beginning or suggestion_texts.state(state)}"


def support_answer(result: SupportResult) -> Message:
    """Render the answer after a press on a message for everybody."""
    one = result.suggestion
    text = (
        suggestion_texts.support_answer(one.number, one.supporters)
        if result.supports
        else suggestion_texts.unsupport_answer(one.number)
    )
    return plain(text)


def supported_lines(one: Suggestion, *, own: bool) -> str:
    """Return a suggestion's lines in a list: its support and the beginning of its text."""
    line = suggestion_texts.support_line(one.number, one.supporters, own=own)
    return f"{line}\n> {literal_line(one.text, _IDEA_LINE)}"


def _support_buttons(each: SupportResult, page: int) -> list[ui.Button[Any]]:
    if each.is_own:
        return []
    label = suggestion_texts.withdraw_support() if each.supports else suggestion_texts.support()
    return [button(label, custom_ids.support(each.suggestion.number, page), emoji="💙", loud=each.supports)]


def full_text_buttons(one: Suggestion) -> list[ui.Button[Any]]:
    """Render the button to the full text if the list does not show all of it."""
    shortened = "\n" in one.text.strip() or utf16_length(one.text) > _IDEA_LINE // 2
    return [button(suggestion_texts.full_text_button(), custom_ids.peek(one.number))] if shortened else []


def preference_buttons(made: SubmissionResult) -> list[ui.Button[Any]]:
    """Render the buttons for being named and for direct messages."""
    one = made.suggestion
    label = (
        submission_texts.messages_off_button() if made.dm_notices else submission_texts.messages_on_button()
    )
    wishes = [button(label, custom_ids.told(one.number, not made.dm_notices))]
    if not one.anonymous:
        label = submission_texts.do_not_name_me_button() if one.name_me else submission_texts.name_me_button()
        wishes.insert(0, button(label, custom_ids.name_me(one.number)))
    return wishes
