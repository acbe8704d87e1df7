"""Notices of changed calendars, their preview, and the report of how far they have come."""

from __future__ import annotations

from discord import ui

from bot.chat.i18n.refusal_line import refusal_line
from bot.chat.interactions.outgoing_message import Item, Message, button, container, plain, row
from bot.chat.releases import calendar_ids, calendar_news_texts, calendar_question_texts
from bot.chat.releases.calendar_question_view import not_now
from bot.chat.text.user_text import literal_block, literal_line
from bot.domain.releases.calendar_news import CalendarChange, CalendarNews, NewsKind
from bot.domain.stories.story import Story
from bot.services.releases.calendar_notice_messenger import CalendarNoticePost
from bot.services.releases.calendar_notices import NewsPreview, NewsReport

_TITLE = 120
_NOTE = 1500
_NOTE_BLOCK = 3000
_REASON = 300
_SHOWN_REASONS = 5


def news_message(post: CalendarNoticePost) -> Message:
    """Render the notice as a channel gets it."""
    shown: ui.TextDisplay[ui.LayoutView] = ui.TextDisplay(_text(post.story, post.news))
    return Message((container([shown], marker=post.marker),))


def note_text(story: Story, by: str, words: str) -> str:
    """Return a note as a channel gets it."""
    return _text(story, CalendarNews(NewsKind.NOTE, reason=words, by=by))


def tell_button(story: Story, change: CalendarChange) -> Item:
    """Return the button that offers to tell the channels."""
    return button(
        calendar_news_texts.tell_button(change.kind), _id(story, "ask", change, with_reason=True), emoji="📣"
    )


def news_preview(seen: NewsPreview, *, with_reason: bool) -> Message:
    """Render what would be told, and to whom."""
    texts = calendar_news_texts
    quoted = "\n".join(f"> {line.removeprefix('> ')}" for line in _text(seen.story, seen.news).split("\n"))
    places = calendar_question_texts.places(
        len(seen.audience.channels) - seen.silent_forums, len(seen.audience.followers)
    )
    lines = [texts.preview_title(), quoted]
    lines.append(texts.preview_reached(places) if places else texts.preview_reaches_nobody())
    lines += [line for line in (calendar_question_texts.left_out(seen.audience, seen.silent_forums),) if line]
    buttons = []
    if places:
        send = _id(seen.story, "send", seen.change, with_reason=with_reason)
        buttons.append(button(texts.send_button(), send, loud=True))
    if places and seen.has_reason:
        label = texts.without_note_button() if with_reason else texts.with_note_button()
        buttons.append(button(label, _id(seen.story, "ask", seen.change, with_reason=not with_reason)))
    return Message((container([ui.TextDisplay("\n".join(lines)), row(*buttons, not_now())]),))


def news_report(told: NewsReport, look_id: str | None = None) -> Message:
    """Render how far the notice has come; `look_id` is that of another button to look again."""
    texts = calendar_news_texts
    places = calendar_question_texts.places(told.told, told.followers)
    lines = [texts.report_told(places) if places else texts.report_told_nobody()]
    if told.waiting:
        lines.append(texts.report_waiting(told.waiting))
    lines += [
        texts.report_refused(count, refusal_line(reason, _REASON))
        for reason, count in told.refusals[:_SHOWN_REASONS]
    ]
    lines += [line for line in (calendar_question_texts.left_out(told.audience, told.silent_forums),) if line]
    message = plain("\n".join(lines))
    if not told.waiting:
        return message
    look = look_id or _id(told.story, "look", told.change, with_reason=told.has_reason)
    return Message((*message.items, row(button(texts.look_button(), look))))


def _text(story: Story, news: CalendarNews) -> str:
    if news.kind is NewsKind.NOTE:
        # Each of its lines is quoted, by two more letters.
        longest = _NOTE_BLOCK - 2 * news.reason.count("\n")
        words = "\n> ".join(literal_block(news.reason, longest).split("\n"))
        by = literal_line(news.by, _TITLE) if news.by else ""
        return calendar_news_texts.note(by, literal_line(story.title, _TITLE), words)
    reason = literal_line(news.reason, _NOTE) if news.reason else ""
    return calendar_news_texts.news(news, literal_line(story.title, _TITLE), reason)


def _id(story: Story, step: str, change: CalendarChange, *, with_reason: bool) -> str:
    return calendar_ids.tell(
        story.slug,
        step,
        change.kind.value,
        change=change.number,
        instead_of=change.instead_of,
        with_reason=with_reason,
    )
