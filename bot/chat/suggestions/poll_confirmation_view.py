"""The questions before a poll is posted, and before it is ended early."""

from __future__ import annotations

from datetime import timedelta

from discord import ui

from bot.chat.interactions.outgoing_message import Item, Message, button, container, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.suggestions import confirmation_ids, poll_confirmation_texts
from bot.chat.suggestions.poll_view import poll_message
from bot.chat.text.user_text import literal_line
from bot.domain.suggestions.panel_contents import PollCommandResult, PollDraft, PollPost
from bot.services.suggestions.poll_drafts import draft_digest

_TITLE = 100
_QUESTION = 600
_ANSWER = 110


def poll_question(draft: PollDraft, *, changed: bool = False) -> Message:
    """Render a poll before it is posted; `changed`: the author has seen another one before."""
    story, channel = literal_line(draft.story.title, _TITLE), draft.channel_id
    suggestions = dict(enumerate(draft.suggestions, 1))
    # What it shows is taken from the message that would be posted.
    poll = poll_message(PollPost(draft.story, draft.question, suggestions, draft.length)).poll
    answers = [poll_confirmation_texts.answer(literal_line(each.text, _ANSWER)) for each in poll.answers]
    hours = round(draft.length / timedelta(hours=1))
    parts: list[Item] = [
        ui.TextDisplay(poll_confirmation_texts.title(story, channel)),
        ui.TextDisplay("\n".join([f"**{literal_line(str(poll.question), _QUESTION)}**", *answers])),
        ui.TextDisplay(
            f"{poll_confirmation_texts.run_time(hours)} {poll_confirmation_texts.consequences(channel)}"
        ),
        row(
            button(
                poll_confirmation_texts.post_button(),
                confirmation_ids.post_poll(
                    draft.story.slug, channel, hours=hours, answers=draft.answers, seen=draft_digest(draft)
                ),
                loud=True,
            ),
            button(poll_confirmation_texts.not_now_button(), confirmation_ids.no_poll()),
        ),
    ]
    note: list[Item] = [ui.TextDisplay(poll_confirmation_texts.changed())] if changed else []
    return Message((*note, container(parts, color=story_color(draft.story))))


def end_question(running: PollCommandResult) -> Message:
    """Render the question whether a poll is to end early."""
    story, poll = literal_line(running.story.title, _TITLE), running.poll
    text = poll_confirmation_texts.end_question(story, poll.channel_id, int(poll.ends_at.timestamp()))
    return Message(
        (
            ui.TextDisplay(text),
            row(
                button(
                    poll_confirmation_texts.end_now_button(),
                    confirmation_ids.poll_end(poll.id, sure=True),
                    loud=True,
                ),
                button(
                    poll_confirmation_texts.let_run_button(), confirmation_ids.poll_end(poll.id, sure=False)
                ),
            ),
        )
    )
