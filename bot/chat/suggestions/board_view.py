"""Ideas for everybody: a story's board, and a poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.message import Item, Message, button, panel, plain, row
from bot.chat.pages.page_frame_view import shade
from bot.chat.rest.fault_reason import reason_line
from bot.chat.suggestions import panel_texts
from bot.chat.suggestions.review_queue_view import review
from bot.chat.text import post_markers
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.suggestions.panel_views import BoardPost, PanelPost, PollPost, ReviewPost
from bot.domain.suggestions.suggestion import Suggestion
from bot.services.suggestions.panels import BoardResult
from bot.services.suggestions.polls import PollCommandResult

_TITLE = 100
_IDEA = 300
_REASON = 200
_FAULTS = 5

_QUESTION, _ANSWER = 300, 55
"""Discord's limits for a poll (docs: resources/poll)."""


def panel_message(post: PanelPost) -> Message:
    """A board or a review."""
    if isinstance(post, ReviewPost):
        return review(post.view, marker=post_markers.container_id(post.marker))
    return board(post)


def board(post: BoardPost) -> Message:
    """A story's best ideas, each with a button to support it. Each takes three components of forty."""
    title = panel_texts.board_title(literal_line(post.story.title, _TITLE))
    about = panel_texts.board_count(post.total) if post.ideas else panel_texts.board_empty()
    parts: list[Item] = [ui.TextDisplay(f"{title}\n{about}")]
    parts += [
        ui.Section(
            ui.TextDisplay(_line(post, one)),
            accessory=button(f"👍 {one.supporters}", custom_ids.support(one.number)),
        )
        for one in post.ideas
    ]
    if post.ideas:
        parts.append(ui.TextDisplay(panel_texts.board_more()))
    return Message((panel(parts, color=shade(post.story), marker=post_markers.container_id(post.marker)),))


def _line(post: BoardPost, one: Suggestion) -> str:
    lines = [panel_texts.board_idea(one.number, literal_line(one.idea, _IDEA))]
    if one.chapter is not None and one.chapter in post.titles:
        lines.append(panel_texts.board_under(literal_line(post.titles[one.chapter], _TITLE)))
    if one.number in post.votes:
        lines.append(panel_texts.poll_votes(post.votes[one.number]))
    return "\n".join(lines)


def board_done(done: BoardResult) -> Message:
    """After /author board."""
    title = literal_line(done.story.title, _TITLE)
    lines = [panel_texts.board_made(title, done.board.channel_id)]
    lines += [
        panel_texts.board_fault(each.channel_id, reason_line(each.fault or "", _REASON))
        for each in done.faulty[:_FAULTS]
    ]
    remove = button(panel_texts.button("remove"), custom_ids.unboard(done.board.id))
    return Message((ui.TextDisplay("\n".join(lines)), row(remove)))


def board_removed() -> Message:
    """After a board was taken away."""
    return plain(panel_texts.board_removed())


@dataclass(frozen=True, slots=True)
class PollMessage:
    """A poll as it is sent: plain, for it stands beside no components (docs: resources/poll)."""

    content: str
    poll: discord.Poll


def poll(post: PollPost) -> PollMessage:
    """A poll of Discord's. The line of small print is what it is found by."""
    question = post.question.strip() or panel_texts.poll_question(post.story.title)
    made = discord.Poll(question=one_line(question, _QUESTION), duration=max(post.length, timedelta(hours=1)))
    for one in post.ideas.values():
        made.add_answer(text=_answer(one))
    title = literal_line(post.story.title, _TITLE)
    intro = f"{panel_texts.poll_intro(title)}\n{post_markers.small_print(post.marker)}"
    return PollMessage(intro, made)


def _answer(one: Suggestion | None) -> str:
    if one is None:
        return one_line(panel_texts.poll_lost(), _ANSWER)
    # What would be a link in a client is broken; nothing else is active in an answer.
    idea = " ".join(one.idea.split()).replace("://", ": //").replace("@", "@\u200b")
    return clip(panel_texts.poll_answer(one.number, idea), _ANSWER)


def poll_done(done: PollCommandResult) -> Message:
    """After /author poll."""
    story, one = literal_line(done.story.title, _TITLE), done.poll
    ends = int(one.ends_at.timestamp())
    said = panel_texts.poll_begun if done.fresh else panel_texts.poll_running
    end = button(panel_texts.button("end"), custom_ids.end_poll(one.id))
    return Message((ui.TextDisplay(said(story, one.channel_id, ends)), row(end)))


def poll_ended() -> Message:
    """After a poll was ended early."""
    return plain(panel_texts.poll_ended())
