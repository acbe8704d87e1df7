"""A story's release calendar, as the commands that move it answer."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import Item, Message, button, plain, row
from bot.chat.releases import calendar_ids, calendar_question_texts, calendar_texts
from bot.chat.releases.calendar_news_view import tell_button
from bot.chat.stories import catalogue_texts
from bot.chat.text.user_text import literal_line, when
from bot.services.releases.calendar_overrides import Calendar

_TITLE = 120


def calendar(story: Calendar) -> Message:
    """Render a story's calendar after an author has changed it, with what may be done next."""
    title = literal_line(story.story.title, _TITLE)
    lines = []
    if story.published is not None:
        published = literal_line(story.published.title, _TITLE)
        lines.append(calendar_texts.publish_answer(story.published.number, published, title))
    lines.append(calendar_texts.title(title))
    if story.hold is not None:
        until = when(story.hold.until) if story.hold.until is not None else None
        reason = literal_line(story.hold.reason, _REASON) if story.hold.reason else ""
        lines.append(catalogue_texts.hold(until, reason))
        if story.hold.until is not None:
            zone = story.story.release_rules.zone
            lines.append(calendar_texts.in_story_zone(story.hold.until.astimezone(zone)))
    lines += [
        calendar_texts.release(literal_line(story.titles.get(due.chapter, due.chapter), _TITLE), when(due.at))
        for due in story.upcoming
    ]
    if not story.upcoming and story.hold is None:
        lines.append(calendar_texts.empty())
    if story.first_empty_slot is not None:
        lines.append(calendar_texts.finished_until(when(story.first_empty_slot)))
    if story.is_resumable:
        lines.append(calendar_question_texts.how_to_continue())
    message = plain("\n".join(lines))
    buttons = _buttons(story)
    return Message((*message.items, row(*buttons))) if buttons else message


def _buttons(story: Calendar) -> list[Item]:
    buttons: list[Item] = []
    if story.is_resumable:
        label = calendar_question_texts.continue_button()
        buttons.append(button(label, calendar_ids.resume(story.story.slug, story.change)))
    if story.offer is not None:
        buttons.append(tell_button(story.story, story.offer))
    return buttons


_REASON = 200
