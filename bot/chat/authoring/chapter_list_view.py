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
from bot.services.authoring.chapter_overview import ChapterOverview, ChapterState, ListedChapter

_TITLE, _FAULT, _WHOLE_FAULT, _OPTION = 80, 160, 800, 100
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
    slug, taken_out = listing.story.slug, listing.just_removed
    if taken_out is not None:
        lines.append(texts.removed(literal_line(taken_out.title, _TITLE)))
    lines.append(texts.title(literal_line(listing.story.title, _TITLE)))
    lines += [_line(each) for each in shown] or [texts.empty()]
    parts: list[Item] = [ui.TextDisplay("\n".join(lines))]
    if shown:
        options = [_option(f"{each.place}. {each.title}", each.token, _SIGNS[each.state]) for each in shown]
        parts.append(_menu(authoring_ids.chapter_pick(slug, number), texts.pick_placeholder(), options))
    parts += page_buttons(number, count, lambda to: authoring_ids.chapter_list(slug, to))
    buttons: list[Item] = []
    if taken_out is not None:
        undo = authoring_ids.restore(slug, taken_out.token)
        buttons.append(button(texts.undo_button(), undo, emoji="↩️"))
    if listing.removed:
        label = texts.removed_button(len(listing.removed))
        buttons.append(button(label, authoring_ids.removed_list(slug, 0)))
    parts += [row(*buttons)] if buttons else []
    return Message((container(parts, color=story_color(listing.story)),))


def removed_list(listing: ChapterOverview, page: int) -> Message:
    """Render a page of the chapters that were taken out, with a menu that brings one back."""
    slug = listing.story.slug
    shown, number, count = paginate(listing.removed, page, _PAGE)
    lines = [texts.removed_title(literal_line(listing.story.title, _TITLE))]
    lines += [f"- **{literal_line(each.title, _TITLE)}**" for each in shown]
    parts: list[Item] = [ui.TextDisplay("\n".join(lines if shown else [texts.removed_empty()]))]
    if shown:
        options = [_option(each.title, each.token) for each in shown]
        parts.append(_menu(authoring_ids.removed_pick(slug, number), texts.restore_placeholder(), options))
    parts += page_buttons(number, count, lambda to: authoring_ids.removed_list(slug, to))
    parts.append(row(_back(listing, listing.first_free_place)))
    return Message((container(parts, color=story_color(listing.story)),))


def chapter_card(listing: ChapterOverview, token: str, *, said: str = "") -> Message:
    """Render one chapter with what can be done with it, below a line that says what was done."""
    chapter = listing.chapter(token)
    lines = [
        *([said] if said else []),
        texts.title(literal_line(listing.story.title, _TITLE)),
        _line(chapter, _WHOLE_FAULT),
        *([texts.how_to_mend()] if chapter.is_broken else []),
    ]

    def act(label: str, what: str, *, off: bool = False) -> Item:
        return button(label, _id(what, listing, token), disabled=off)

    back = _back(listing, chapter.place)
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
                act(*draft, off=chapter.is_broken),
                act(texts.time_button(), "time", off=chapter.is_broken),
                replace,
                act(texts.remove_button(), "ask"),
                back,
            ),
        ]
    return Message((container([ui.TextDisplay("\n".join(lines)), *rows], color=story_color(listing.story)),))


def remove_question(listing: ChapterOverview, token: str) -> Message:
    """Render the question before a chapter is taken out."""
    chapter = listing.chapter(token)
    title = literal_line(chapter.title, _TITLE)
    yes = button(texts.sure_button(), _id("remove", listing, token), loud=True)
    buttons = row(yes, _back(listing, chapter.place))
    return Message((container([ui.TextDisplay(texts.ask_remove(title)), buttons]),))


def _option(label: str, value: str, emoji: str | None = None) -> discord.SelectOption:
    return discord.SelectOption(label=one_line(label, _OPTION), value=value, emoji=emoji)


def _menu(custom_id: str, placeholder: str, options: list[discord.SelectOption]) -> Item:
    menu: ui.Select[Any] = ui.Select(custom_id=custom_id, placeholder=placeholder, options=options)
    return row(menu)


def _back(listing: ChapterOverview, place: int) -> Item:
    """Return the button to the page of the list with that place."""
    page = authoring_ids.chapter_list(listing.story.slug, max(place - 1, 0) // _PAGE)
    return button(texts.back_button(), page)


def _line(chapter: ListedChapter, longest_fault: int = _FAULT) -> str:
    title, state = literal_line(chapter.title, _TITLE), _state(chapter, longest_fault)
    return f"{_SIGNS[chapter.state]} {chapter.place}. **{title}** · {state}"


def _state(chapter: ListedChapter, longest_fault: int) -> str:
    match chapter.state:
        case ChapterState.OUT if chapter.at is not None:
            return texts.out(short_when(chapter.at))
        case ChapterState.PLANNED if chapter.at is not None:
            return texts.planned(short_when(chapter.at))
        case ChapterState.DRAFT:
            return texts.draft()
        case ChapterState.HELD:
            return texts.held(literal_line(chapter.fault, longest_fault) if chapter.fault else "")
    return texts.waiting()


def _id(what: str, listing: ChapterOverview, token: str) -> str:
    return authoring_ids.change(what, listing.story.slug, listing.mark, token)
