"""A story's suggestion board."""

from __future__ import annotations

from discord import ui

from bot.chat.i18n.refusal_line import refusal_line
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Item, Message, button, container, plain, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.suggestions import board_texts, poll_texts
from bot.chat.suggestions.review_queue_view import review_message
from bot.chat.text import post_markers
from bot.chat.text.user_text import literal_line
from bot.domain.suggestions.panel_contents import BoardPost, PanelPost, ReviewPost
from bot.domain.suggestions.suggestion import Suggestion
from bot.services.suggestions.panels import BoardResult

_TITLE = 100
_IDEA = 300
_REASON = 200
_FAULTS = 5


def panel_message(post: PanelPost) -> Message:
    """Render a board or a review."""
    if isinstance(post, ReviewPost):
        return review_message(post.view, marker=post_markers.container_id(post.marker))
    return board_message(post)


def board_message(post: BoardPost) -> Message:
    """Render a board: each suggestion takes three of the forty components, with a button to support it."""
    title = board_texts.title(literal_line(post.story.title, _TITLE))
    about = board_texts.count(post.total) if post.suggestions else board_texts.empty()
    parts: list[Item] = [ui.TextDisplay(f"{title}\n{about}")]
    parts += [
        ui.Section(
            ui.TextDisplay(_line(post, one)),
            accessory=button(f"👍 {one.supporters}", custom_ids.support(one.number)),
        )
        for one in post.suggestions
    ]
    if post.suggestions:
        parts.append(ui.TextDisplay(board_texts.more()))
    return Message(
        (container(parts, color=story_color(post.story), marker=post_markers.container_id(post.marker)),)
    )


def _line(post: BoardPost, one: Suggestion) -> str:
    lines = [board_texts.line(one.number, literal_line(one.text, _IDEA))]
    if one.chapter is not None and one.chapter in post.titles:
        lines.append(board_texts.made_under(literal_line(post.titles[one.chapter], _TITLE)))
    if one.number in post.votes:
        lines.append(poll_texts.votes(post.votes[one.number]))
    return "\n".join(lines)


def board_answer(done: BoardResult) -> Message:
    """Render the answer to `/author board`."""
    title = literal_line(done.story.title, _TITLE)
    lines = [board_texts.board_answer(title, done.board.channel_id)]
    lines += [
        board_texts.fault(each.channel_id, refusal_line(each.fault or "", _REASON))
        for each in done.faulty[:_FAULTS]
    ]
    remove = button(board_texts.remove_button(), custom_ids.unboard(done.board.id))
    return Message((ui.TextDisplay("\n".join(lines)), row(remove)))


def remove_answer() -> Message:
    """Render the answer after a board was removed."""
    return plain(board_texts.remove_answer())
