"""A poll about a story's suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Message, button, plain, row
from bot.chat.suggestions import poll_texts
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.suggestions.panel_contents import PollCommandResult, PollPost
from bot.domain.suggestions.suggestion import Suggestion

_TITLE = 100


@dataclass(frozen=True, slots=True)
class PollMessage:
    """A poll's message: plain text, since a poll takes no components (docs: resources/poll)."""

    content: str
    poll: discord.Poll


def poll_message(post: PollPost) -> PollMessage:
    """Render a poll."""
    question = post.question.strip() or poll_texts.question(post.story.title)
    made = discord.Poll(question=one_line(question, _QUESTION), duration=max(post.length, timedelta(hours=1)))
    for one in post.suggestions.values():
        made.add_answer(text=_option(one))
    title = literal_line(post.story.title, _TITLE)
    return PollMessage(poll_texts.intro(title), made)


def is_poll_about(
    message: Mapping[str, Any], author_id: int, suggestions: Mapping[int, Suggestion | None]
) -> bool:
    """Return whether a message from REST is the author's own poll about these suggestions, by answer.

    A suggestion that was erased meanwhile is None or missing here but may be named in the poll.
    """
    answers = (message.get("poll") or {}).get("answers") or ()
    if int(message["author"]["id"]) != author_id or len(answers) < len(suggestions):
        return False
    shown = [str(each["poll_media"].get("text", "")) for each in answers]
    wanted = [suggestions[answer] for answer in sorted(suggestions)]
    return all(
        one is None or text.startswith(poll_texts.option(one.number, "").rstrip())
        for one, text in zip(wanted, shown, strict=False)
    )


def _option(one: Suggestion | None) -> str:
    if one is None:
        return one_line(poll_texts.erased_option(), _OPTION)
    # What would be a link in a client is broken; nothing else is active in an answer.
    text = " ".join(one.text.split()).replace("://", ": //").replace("@", "@\u200b")
    return clip(poll_texts.option(one.number, text), _OPTION)


def poll_answer(done: PollCommandResult) -> Message:
    """Render the answer to `/author poll`."""
    story, one = literal_line(done.story.title, _TITLE), done.poll
    ends = int(one.ends_at.timestamp())
    answer = poll_texts.poll_answer if done.is_new else poll_texts.already_running
    end = button(poll_texts.end_button(), custom_ids.end_poll(one.id))
    return Message((ui.TextDisplay(answer(story, one.channel_id, ends)), row(end)))


def end_answer() -> Message:
    """Render the answer after a poll was ended early."""
    return plain(poll_texts.end_answer())


_QUESTION, _OPTION = 300, 55
"""Discord's limits for a poll (docs: resources/poll)."""
