"""The answer to `/author review channel`."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import Message, plain
from bot.chat.suggestions import review_channel_texts
from bot.chat.text.user_text import literal_line
from bot.services.suggestions.review_channels import ReviewChannelResult, ReviewState

_TITLE = 120


def review_channel_answer(done: ReviewChannelResult) -> Message:
    """Render the answer to `/author review channel`."""
    title = literal_line(done.story.title, _TITLE) if done.story is not None else None
    match done.state, done.channel_id:
        case ReviewState.ACCEPTED, int(channel):
            text = (
                review_channel_texts.shown_in(title, channel)
                if title is not None
                else review_channel_texts.all_shown_in(channel)
            )
        case ReviewState.ASKED, int(channel):
            text = (
                review_channel_texts.awaiting_consent(title, channel)
                if title is not None
                else review_channel_texts.all_awaiting_consent(channel)
            )
        case _:
            text = (
                review_channel_texts.shown_nowhere(title)
                if title is not None
                else review_channel_texts.all_shown_nowhere()
            )
    return plain(text)
