"""A story's release calendar, as the commands that move it answer."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import Message, plain
from bot.chat.releases import calendar_texts
from bot.chat.stories import catalogue_texts
from bot.chat.text.user_text import literal_line, when
from bot.services.releases.calendar_overrides import Calendar

_TITLE = 120


def calendar(story: Calendar) -> Message:
    """Render a story's calendar after an author has changed it."""
    title = literal_line(story.story.title, _TITLE)
    lines = []
    if story.published is not None:
        published = literal_line(story.published.title, _TITLE)
        lines.append(calendar_texts.publish_answer(story.published.number, published, title))
    lines.append(calendar_texts.title(title))
    if story.hold is not None:
        until = when(story.hold.until) if story.hold.until is not None else None
        lines.append(
            catalogue_texts.hold(until, literal_line(story.hold.reason, _REASON) if story.hold.reason else "")
        )
    lines += [
        calendar_texts.release(literal_line(story.titles.get(due.chapter, due.chapter), _TITLE), when(due.at))
        for due in story.upcoming
    ]
    if not story.upcoming and story.hold is None:
        lines.append(calendar_texts.empty())
    if story.first_empty_slot is not None:
        lines.append(calendar_texts.finished_until(when(story.first_empty_slot)))
    return plain("\n".join(lines))


_REASON = 200
