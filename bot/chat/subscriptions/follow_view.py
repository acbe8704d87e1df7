"""The answers to `/follow` and `/unfollow`, and to the Follow buttons of posts."""

from __future__ import annotations

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Message, button, row
from bot.chat.pages import page_texts
from bot.chat.stories import catalogue_texts
from bot.chat.stories.library_position import LibraryPosition
from bot.chat.subscriptions import follow_texts
from bot.chat.text.user_text import literal_line, soon
from bot.services.stories.catalogue import LibraryFilter
from bot.services.subscriptions.followers import FollowResult

_TITLE = 120

_FOLLOWED = LibraryPosition(LibraryFilter.FOLLOWED)


def follow_answer(done: FollowResult) -> Message:
    """Render the answer to `/follow`, with the way back and the way to all that one follows."""
    lines = [follow_texts.follow_answer(literal_line(done.story.title, _TITLE), news=done.created)]
    if done.next_at is not None:
        lines.append(f"-# {catalogue_texts.next_chapter(soon(done.next_at))}")
    ways = row(
        button(catalogue_texts.unfollow(), custom_ids.unfollow(done.story.slug), emoji="🔕"),
        button(follow_texts.all_followed(), _FOLLOWED.show_id, emoji="📚"),
    )
    return Message((ui.TextDisplay("\n".join(lines)), ways))


def unfollow_answer(done: FollowResult) -> Message:
    """Render the answer to `/unfollow`, with the way back."""
    text = follow_texts.unfollow_answer(literal_line(done.story.title, _TITLE))
    ways = row(
        button(page_texts.follow(), custom_ids.follow(done.story.slug), emoji="🔔"),
        button(follow_texts.all_followed(), _FOLLOWED.show_id, emoji="📚"),
    )
    return Message((ui.TextDisplay(text), ways))
