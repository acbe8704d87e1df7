"""The answer about the channel in which a story's new ideas appear."""

from __future__ import annotations

from bot.chat.interactions.message import Message, plain
from bot.chat.interactions.user_text import literal_line
from bot.chat.suggestions import review_channel_texts as words
from bot.services.suggestions.review_channels import ReviewChannelResult, ReviewState

_TITLE = 120


def review_done(done: ReviewChannelResult) -> Message:
    """After /author review channel."""
    title = literal_line(done.story.title, _TITLE) if done.story is not None else None
    match done.state, done.channel_id:
        case ReviewState.ACCEPTED, int(channel):
            said = words.accepted(title, channel) if title is not None else words.accepted_for_all(channel)
        case ReviewState.ASKED, int(channel):
            said = words.asked(title, channel) if title is not None else words.asked_for_all(channel)
        case _:
            said = words.nowhere(title) if title is not None else words.nowhere_for_all()
    return plain(said)
