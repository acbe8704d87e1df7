"""The questions before a chapter is published or a hiatus begins, with their buttons."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.i18n.gettext import listed
from bot.chat.interactions.outgoing_message import Item, Message, button, container, plain, row
from bot.chat.pages import page_texts
from bot.chat.releases import calendar_ids, calendar_question_texts, calendar_texts
from bot.chat.text.user_text import literal_block, literal_line, when
from bot.domain.pages import unescape
from bot.domain.releases.release_refusals import ReasonLost
from bot.services.releases.calendar_questions import AlreadyReleased, HiatusQuestion, PublicationQuestion

_TITLE = 120
_NOTES = 600
_NOTE = 2000
"""Units of an author's note, escaped: it has at most 500 characters, so all of it is shown."""

_NOTE_ID = 5_001
"""Numeric id of the component that quotes the note; Discord numbers others from 1."""

_QUOTE = ">>> "


def publication_question(asked: PublicationQuestion) -> Message:
    """Render the question whether a chapter is to come out now."""
    texts = calendar_question_texts
    lines = [texts.asked_again(asked.outdated)] if asked.outdated is not None else []
    lines += [
        texts.publish_title(literal_line(asked.title, _TITLE)),
        texts.chapter(asked.number, literal_line(asked.story.title, _TITLE), texts.length(asked.length)),
    ]
    if asked.warnings:
        lines.append(page_texts.warnings(literal_line(listed(asked.warnings), _NOTES)))
    places = texts.places(len(asked.audience.channels), len(asked.audience.followers))
    lines.append(texts.goes_to(places) if places else texts.goes_to_nobody())
    lines += [line for line in (texts.left_out(asked.audience),) if line]
    lines.append(texts.slot_stays_empty(when(asked.emptied)) if asked.emptied else texts.nothing_moves())
    if asked.hold is not None:
        lines.append(texts.hold_stays())
    lines.append(texts.no_way_back())
    mark = asked.mark
    yes = calendar_ids.publish(asked.story.slug, mark.chapter, mark.state, mark.count)
    return _question([ui.TextDisplay("\n".join(lines))], texts.publish_button(), yes)


def already_released(found: AlreadyReleased) -> Message:
    """Render the answer if the chapter that was asked about is out."""
    title = literal_line(found.release.title, _TITLE)
    story = literal_line(found.story.title, _TITLE)
    return plain(calendar_question_texts.released_already(found.release.number, title, story))


def hiatus_question(asked: HiatusQuestion) -> Message:
    """Render the question whether a story is to pause."""
    texts = calendar_question_texts
    lines = [texts.hiatus_asked_again()] if asked.outdated else []
    lines.append(texts.hiatus_title(literal_line(asked.story.title, _TITLE)))
    lines.append(texts.what_stops() if asked.stopped else texts.nothing_planned())
    lines += [
        calendar_texts.release(literal_line(asked.titles.get(due.chapter, due.chapter), _TITLE), when(due.at))
        for due in asked.stopped
    ]
    if asked.more:
        lines.append(texts.more_chapters(asked.more))
    places = texts.places(len(asked.audience.channels), len(asked.audience.followers))
    lines += [texts.concerns(places)] if places else []
    lines += [texts.paced_go_on(asked.audience.paced)] if asked.audience.paced else []
    lines.append(texts.how_to_continue())
    parts: list[Item] = []
    if asked.reason:
        lines.append(texts.note())
        note: ui.TextDisplay[Any] = ui.TextDisplay(_QUOTE + literal_block(asked.reason, _NOTE), id=_NOTE_ID)
        parts.append(note)
    yes = calendar_ids.hiatus(
        asked.story.slug, asked.mark.change, asked.mark.chapter, noted=bool(asked.reason)
    )
    return _question([ui.TextDisplay("\n".join(lines)), *parts], texts.hiatus_button(), yes)


def read_note(message: discord.Message | None) -> str:
    """Return the author's note that a question quotes: it is kept nowhere else, so this works after a restart too.

    Raises:
        ReasonLost: The message has none.
    """
    boxes = message.components if message is not None else []
    for part in (part for box in boxes for part in getattr(box, "children", ())):
        if isinstance(part, discord.TextDisplay) and part.id == _NOTE_ID:
            return unescape(part.content.removeprefix(_QUOTE))
    raise ReasonLost


def nothing_done() -> Message:
    """Render the answer to somebody who leaves everything as it is."""
    return plain(calendar_question_texts.nothing_done())


def not_now() -> Item:
    """Return the button that leaves everything as it is."""
    return button(calendar_question_texts.not_now_button(), calendar_ids.LEAVE)


def _question(parts: list[Item], label: str, yes: str) -> Message:
    return Message((container([*parts, row(button(label, yes, loud=True), not_now())]),))
