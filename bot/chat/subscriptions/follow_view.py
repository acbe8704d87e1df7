"""The answers to `/follow` and `/unfollow`."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import Message, plain
from bot.chat.stories import catalogue_texts
from bot.chat.subscriptions import follow_texts
from bot.chat.text.user_text import literal_line, when
from bot.services.subscriptions.followers import FollowResult

_TITLE = 120


def follow_answer(done: FollowResult) -> Message:
    """Render the answer to `/follow`."""
    lines = [follow_texts.follow_answer(literal_line(done.story.title, _TITLE), news=done.created)]
    if done.next_at is not None:
        lines.append(f"-# {catalogue_texts.next_chapter(when(done.next_at))}")
    return plain("\n".join(lines))


def unfollow_answer(done: FollowResult) -> Message:
    """Render the answer to `/unfollow`."""
    return plain(follow_texts.unfollow_answer(literal_line(done.story.title, _TITLE)))
