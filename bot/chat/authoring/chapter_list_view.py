"""A story's chapters as its author orders and plans them."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.authoring import authoring_ids
from bot.chat.authoring import chapter_list_texts as texts
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import Item, Message, button, container, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.text.user_text import literal_line, one_line, short_when
from bot.services.authoring.chapter_lists import ChapterOverview, ChapterState, ListedChapter

_TITLE, _FAULT, _OPTION = 80, 160, 100
_PAGE = 15
_SIGNS = {
    ChapterState.OUT: "📖",
    ChapterState.PLANNED: "🗓️",
    ChapterState.WAITING: "📄",
    ChapterState.DRAFT: "✏️",
    ChapterState.HELD: "⚠️",
}


def chapter_list(listing: ChapterOverview, page: int | None = None) -> Message:
    """Render a page of the list; without a number, the one with the first chapter that is not out."""
    if page is None:
        page = (listing.first_free_place - 1) // _PAGE
    shown, number, count = paginate(listing.chapters, page, _PAGE)
    lines = [texts.stale()] if listing.is_stale else []
    lines.append(texts.title(literal_line(listing.story.title, _TITLE)))
    lines += [_line(each) for each in shown] or [texts.empty()]
    parts: list[Item] = [ui.TextDisplay("\n".join(lines))]
    slug = listing.story.slug
    if shown:
        menu: ui.Select[Any] = ui.Select(
            custom_id=authoring_ids.chapter_pick(slug, number),
            placeholder=texts.pick_placeholder(),
            options=[
                discord.SelectOption(
                    label=one_line(f"{each.place}. {each.title}", _OPTION),
                    value=each.token,
                    emoji=_SIGNS[each.state],
                )
                for each in shown
            ],
        )
        parts.append(row(menu))
    parts += page_buttons(number, count, lambda to: authoring_ids.chapter_list(slug, to))
    return Message((container(parts, color=story_color(listing.story)),))


def chapter_card(listing: ChapterOverview, token: str, *, said: str = "") -> Message:
    """Render one chapter with what can be done with it, below a line that says what was done."""
    chapter = listing.chapter(token)
    lines = [
        *([said] if said else []),
        texts.title(literal_line(listing.story.title, _TITLE)),
        _line(chapter),
    ]

    def act(label: str, what: str, *, off: bool = False) -> Item:
        return button(label, _id(what, listing, token), disabled=off)

    back = button(
        texts.back_button(), authoring_ids.chapter_list(listing.story.slug, (chapter.place - 1) // _PAGE)
    )
    replace = act(texts.replace_button(), "replace")
    if chapter.state is ChapterState.OUT:
        lines.append(texts.is_out())
        rows = [row(replace, back)]
    else:
        is_draft = chapter.state is ChapterState.DRAFT
        draft = (texts.ready_button(), "ready") if is_draft else (texts.draft_button(), "draft")
        first, last = chapter.place <= listing.first_free_place, chapter.place >= len(listing.chapters)
        rows = [
            row(
                act(texts.up_button(), "up", off=first),
                act(texts.down_button(), "down", off=last),
                act(texts.place_button(), "place"),
            ),
            row(
                act(*draft),
                act(texts.time_button(), "time"),
                replace,
                act(texts.remove_button(), "ask"),
                back,
            ),
        ]
    return Message((container([ui.TextDisplay("\n".join(lines)), *rows], color=story_color(listing.story)),))


def remove_question(listing: ChapterOverview, token: str) -> Message:
    """Render the question before a chapter is taken out."""
    title = literal_line(listing.chapter(token).title, _TITLE)
    yes = button(texts.sure_button(), _id("remove", listing, token), loud=True)
    no = button(texts.back_button(), authoring_ids.chapter_list(listing.story.slug, 0))
    return Message((container([ui.TextDisplay(texts.ask_remove(title)), row(yes, no)]),))


def _line(chapter: ListedChapter) -> str:
    return f"{_SIGNS[chapter.state]} {chapter.place}. **{literal_line(chapter.title, _TITLE)}** · {_state(chapter)}"


def _state(chapter: ListedChapter) -> str:
    match chapter.state:
        case ChapterState.OUT if chapter.at is not None:
            return texts.out(short_when(chapter.at))
        case ChapterState.PLANNED if chapter.at is not None:
            return texts.planned(short_when(chapter.at))
        case ChapterState.DRAFT:
            return texts.draft()
        case ChapterState.HELD:
            return texts.held(literal_line(chapter.fault, _FAULT) if chapter.fault else "")
    return texts.waiting()


def _id(what: str, listing: ChapterOverview, token: str) -> str:
    return authoring_ids.change(what, listing.story.slug, listing.mark, token)
