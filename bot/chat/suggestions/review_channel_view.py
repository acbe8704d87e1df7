"""The answer about the channel in which a story's new ideas appear."""

from __future__ import annotations

from bot.chat.interactions.message import Message, plain
from bot.chat.suggestions import review_channel_texts
from bot.chat.text.user_text import literal_line
from bot.services.suggestions.review_channels import ReviewChannelResult, ReviewState

_TITLE = 120


def review_done(done: ReviewChannelResult) -> Message:
    """After /author review channel."""
    title = literal_line(done.story.title, _TITLE) if done.story is not None else None
    match done.state, done.channel_id:
        case ReviewState.ACCEPTED, int(channel):
            said = (
                review_channel_texts.accepted(title, channel)
                if title is not None
                else review_channel_texts.accepted_for_all(channel)
            )
        case ReviewState.ASKED, int(channel):
            said = (
                review_channel_texts.asked(title, channel)
                if title is not None
                else review_channel_texts.asked_for_all(channel)
            )
        case _:
            said = (
                review_channel_texts.nowhere(title)
                if title is not None
                else review_channel_texts.nowhere_for_all()
            )
    return plain(said)
