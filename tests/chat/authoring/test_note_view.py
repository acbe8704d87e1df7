"""Notes as they are shown: within Discord's limit, with nothing in them that does anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from discord import ui

from bot.chat.authoring.authoring_view import note_preview
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Message
from bot.chat.releases.calendar_news_view import news_message
from bot.chat.text.user_text import utf16_length
from bot.domain.releases.calendar_news import CalendarNews, NewsKind
from bot.services.authoring.reader_notes import NOTE_LENGTH, NotePreview
from bot.services.releases.calendar_audience import CalendarAudience
from bot.services.releases.calendar_notice_messenger import CalendarNoticePost
from tests.chat.samples import story


def texts(message: Message) -> list[str]:
    """All texts of a message, in order."""
    children = [child for item in message.items for child in item.walk_children()]  # type: ignore[attr-defined]
    return [child.content for child in children if isinstance(child, ui.TextDisplay)]


LONGEST = [
    "a",
    "*",
    "👩‍🚀",
    "*\n",
    "a\n\n",
    "*\n\n",
    "\n",
    "@everyone ",
    "<@1> ",
    "# x\n",
    "https://x.y/_a_ ",
]


@pytest.mark.parametrize("piece", LONGEST)
def test_the_longest_note_fits_into_its_message_and_into_its_preview(piece: str) -> None:
    told = replace(story(), title="*" * 300)
    words, by = (f"x{piece * NOTE_LENGTH}")[:NOTE_LENGTH], "_" * 100
    audience = CalendarAudience(paused=100_000, parked=100_000, paced=100_000)
    preview = note_preview(NotePreview("0" * 16, told, by, words, audience, 99))
    news = CalendarNews(NewsKind.NOTE, reason=words, by=by)
    for message in (preview, news_message(CalendarNoticePost(told, news, 1))):
        assert 0 < utf16_length("".join(texts(message))) <= TEXT_LIMIT


def test_marks_in_a_note_stay_signs() -> None:
    news = CalendarNews(NewsKind.NOTE, reason="# Big\n> quoted\n**loud** [x](https://x.y)", by="Ada")
    shown = "".join(texts(news_message(CalendarNoticePost(story(), news, 1))))
    assert "\n> \\# Big\n> \\> quoted\n> \\*\\*loud" in shown
    assert "[x](" not in shown
