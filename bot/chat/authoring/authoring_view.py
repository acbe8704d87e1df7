"""Messages of a new story, its schedule, and a note to its readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discord import ui

from bot.chat.authoring import authoring_ids, authoring_texts
from bot.chat.interactions.outgoing_message import Item, Message, button, container, plain, row
from bot.chat.releases import calendar_news_texts, calendar_question_texts
from bot.chat.releases.calendar_news_view import news_report, note_text
from bot.chat.stories import catalogue_texts
from bot.chat.text.user_text import literal_line, when
from bot.services.authoring.reader_notes import NotePreview
from bot.services.authoring.story_creation import CreatedStory
from bot.services.authoring.story_schedules import ScheduleView
from bot.services.releases.calendar_notices import NewsReport

_TITLE = 120
_TYPED = 150


def created(story: CreatedStory) -> Message:
    """Render a story that was just made, with what to do next."""
    title = literal_line(story.title, _TITLE)
    lines = [authoring_texts.created(title), *_schedule_lines(story.schedule, story.zone, story.slots)]
    return plain("\n".join([*lines, authoring_texts.created_next()]))


def form_fault(why: str, schedule: str, zone: str, again: str) -> Message:
    """Render why a form was not taken, with a button that opens it again; `again` is the button's id."""
    lines = [why]
    if schedule or zone:
        typed = (literal_line(each, _TYPED) if each else "—" for each in (schedule, zone))
        lines.append(authoring_texts.typed_kept(*typed))
    press = button(authoring_texts.try_again_button(), again, loud=True)
    return Message((container([ui.TextDisplay("\n".join(lines)), row(press)]),))


def schedule(view: ScheduleView, *, saved: bool = False) -> Message:
    """Render a story's schedule: as it is, as it has just been saved, or as it would be."""
    texts = authoring_texts
    lines = [texts.schedule_title(literal_line(view.story.title, _TITLE))]
    lines += _schedule_lines(view.schedule, view.zone, view.slots)
    if view.hold is not None:
        until = when(view.hold.until) if view.hold.until is not None else None
        lines.append(
            catalogue_texts.hold(until, literal_line(view.hold.reason, _TYPED) if view.hold.reason else "")
        )
        lines.append(calendar_question_texts.how_to_continue())
    if view.draft_id is None:
        lines += [texts.schedule_saved()] if saved else []
        buttons = [button(texts.schedule_button(), authoring_ids.schedule("form", view.story.slug))]
    else:
        lines.append(texts.schedule_preview())
        again = authoring_ids.schedule_draft("again", view.draft_id)
        buttons = [
            button(texts.save_button(), authoring_ids.schedule_draft("save", view.draft_id), loud=True),
            button(texts.schedule_button(), again),
            button(texts.discard_button(), authoring_ids.schedule("show", view.story.slug)),
        ]
    return _box(lines, buttons)


def note_preview(seen: NotePreview) -> Message:
    """Render a note as it would go out, and to whom."""
    news = calendar_news_texts
    shown = note_text(seen.story, seen.by, seen.text)
    channels = len(seen.audience.channels) - seen.silent_forums
    places = calendar_question_texts.places(channels, len(seen.audience.followers))
    lines = [authoring_texts.note_preview(shown)]
    lines.append(news.preview_reached(places) if places else news.preview_reaches_nobody())
    left_out = calendar_question_texts.left_out(seen.audience, seen.silent_forums)
    lines += [left_out] if left_out else []
    send = button(news.send_button(), authoring_ids.note("send", seen.draft_id), loud=True)
    discard = button(authoring_texts.discard_button(), authoring_ids.note("discard", seen.draft_id))
    return _box(lines, [send, discard] if places else [discard])


def note_report(told: NewsReport) -> Message:
    """Render how far a note has come."""
    return news_report(told, authoring_ids.note_look(told.story.slug, told.change.number))


def _schedule_lines(schedule: str, zone: str, slots: Sequence[datetime]) -> list[str]:
    if not schedule:
        return [authoring_texts.no_schedule(zone)]
    moments = " · ".join(f"<t:{int(each.timestamp())}:f>" for each in slots)
    lines = [authoring_texts.schedule_words(literal_line(schedule, _TYPED), zone)]
    return [*lines, authoring_texts.slots(moments)] if moments else lines


def _box(lines: Sequence[str], buttons: Sequence[Item]) -> Message:
    return Message((container([ui.TextDisplay("\n".join(lines)), row(*buttons)]),))
