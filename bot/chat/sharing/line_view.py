"""Messages of sharing a line: the menu of paragraphs, the private preview, and the post for everybody."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.i18n.gettext import listed
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import (
    Attachment,
    Item,
    Message,
    button,
    container,
    plain,
    row,
)
from bot.chat.pages import page_texts
from bot.chat.pages.chapter_labels import chapter_name
from bot.chat.pages.page_frame_view import story_color
from bot.chat.sharing import line_ids, line_texts
from bot.chat.sharing.line_picture import LinePicture, draw
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.domain.pages import escape
from bot.services.sharing.shareable_lines import ShareablePage, SharedLine

_OPTIONS = 25
_LABEL = 100
_TITLE = 180
_AUTHORS = 3
_NAME = 80
_ALT = 1024
_FILE = "line.jpg"


def picker_message(page: ShareablePage, start: int = 0) -> Message:
    """Render the menu of a page's paragraphs from `start` on."""
    title = literal_line(page.story.title, _TITLE)
    chapter = literal_line(chapter_name(page.release.number, page.release.title), _TITLE)
    text: Item = ui.TextDisplay(line_texts.pick_title(title, chapter))
    return Message((container([text, row(_paragraph_menu(page, start))], color=story_color(page.story)),))


def _paragraph_menu(page: ShareablePage, start: int) -> ui.Select[Any]:
    count = len(page.paragraphs)
    start = start if 0 < start < count else 0
    room = _OPTIONS if count <= _OPTIONS else _OPTIONS - 2
    shown = range(start, min(count, start + room))
    options = [
        discord.SelectOption(label=one_line(page.paragraphs[index].plain, _LABEL), value=str(index))
        for index in shown
    ]
    if start:
        options.insert(0, discord.SelectOption(label=line_texts.first_paragraphs(), value="from:0"))
    if shown.stop < count:
        options.append(discord.SelectOption(label=line_texts.more_paragraphs(), value=f"from:{shown.stop}"))
    return ui.Select(
        custom_id=line_ids.pick(*_place(page)),
        placeholder=line_texts.pick_placeholder(),
        options=options,
    )


def picture_of(line: SharedLine) -> Attachment | None:
    """Draw a line; None where it cannot be drawn. It takes some tenths of a second, so call it in a thread."""
    story, release = line.page.story, line.page.release
    drawn = draw(
        LinePicture(
            spans=line.text.spans,
            title=one_line(story.title, _TITLE),
            author=_authors(line),
            chapter=one_line(line_texts.chapter(release.number, line.page.edition.title), _TITLE),
            color=story_color(story),
            language=story.language,
            cover=line.cover.data if line.cover is not None else None,
        )
    )
    return None if drawn is None else Attachment(_FILE, drawn, clip(line.text.plain, _ALT))


def preview_message(line: SharedLine, picture: Attachment | None, *, ahead: bool) -> Message:
    """Render the preview that only the reader sees, with the ways on."""
    note = line_texts.preview_note_ahead() if ahead else line_texts.preview_note()
    if picture is None:
        note = f"{line_texts.text_note()}\n{note}"
    parts = [*_body(line, picture, ahead=False), ui.TextDisplay(note)]
    if len(line.page.paragraphs[line.paragraph].ends) > 1:
        parts.append(row(_sentence_menu(line)))
    parts.append(
        row(
            button(line_texts.post_button(), _post_id(line), emoji="📣", loud=True),
            button(line_texts.other_button(), line_ids.list_(*_place(line.page)), emoji="↩️"),
        )
    )
    return _message(line, parts, picture)


def shared_message(line: SharedLine, picture: Attachment | None, *, ahead: bool, person: int) -> Message:
    """Render the post for everybody in the channel."""
    story, mention = literal_line(line.page.story.title, _TITLE), f"<@{person}>"
    number, authors = line.page.release.number, _authors(line)
    if picture is None and authors:
        named = line_texts.attribution_by(story, literal_line(authors, _TITLE), number, mention)
    else:
        named = line_texts.attribution(story, number, mention)
    parts = [*_body(line, picture, ahead=ahead), ui.TextDisplay(named)]
    parts.append(row(button(page_texts.read(), custom_ids.read(line.page.release.id), emoji="📖")))
    return _message(line, parts, picture)


def posted_message() -> Message:
    """Render what becomes of the preview once the line was posted."""
    return plain(line_texts.posted_answer())


def _message(line: SharedLine, parts: list[Item], picture: Attachment | None) -> Message:
    files = (picture,) if picture is not None else ()
    return Message((container(parts, color=story_color(line.page.story)),), files)


def _body(line: SharedLine, picture: Attachment | None, *, ahead: bool) -> list[Item]:
    if picture is not None:
        gallery: ui.MediaGallery[Any] = ui.MediaGallery()
        gallery.add_item(media=f"attachment://{picture.name}", description=picture.description, spoiler=ahead)
        return [gallery]
    lines = [escape(each) for each in line.text.plain.split("\n")]
    return [ui.TextDisplay("\n".join(f"> ||{each}||" if ahead and each else f"> {each}" for each in lines))]


def _sentence_menu(line: SharedLine) -> ui.Select[Any]:
    """Render the menu of the paragraph's sentences, those of the line picked; of many, those around them."""
    sentences = line.page.paragraphs[line.paragraph].sentences
    before = min(line.text.first - _OPTIONS // 2, len(sentences) - _OPTIONS)
    start = max(0, before, line.text.last + 1 - _OPTIONS)
    shown = range(start, min(len(sentences), start + _OPTIONS))
    return ui.Select(
        custom_id=line_ids.cut(*_place(line.page), line.paragraph),
        placeholder=line_texts.sentences_placeholder(),
        min_values=1,
        max_values=len(shown),
        options=[
            discord.SelectOption(
                label=one_line(sentences[index], _LABEL),
                value=str(index),
                default=line.text.first <= index <= line.text.last,
            )
            for index in shown
        ],
    )


def _place(page: ShareablePage) -> tuple[int, int, int]:
    return page.reference.release_id, page.reference.page, page.reference.revision


def _post_id(line: SharedLine) -> str:
    return line_ids.post(*_place(line.page), line.paragraph, (line.text.first, line.text.last), line.checksum)


def _authors(line: SharedLine) -> str:
    return listed([one_line(author.name, _NAME) for author in line.page.story.authors[:_AUTHORS]])
