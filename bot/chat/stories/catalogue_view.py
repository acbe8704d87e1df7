"""The library and the page of one story."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.chat.i18n.rating_names import rating_name
from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import Attachment, Item, Message, button, container, plain, row
from bot.chat.pages import page_texts
from bot.chat.pages.page_body_view import ENDINGS
from bot.chat.pages.page_frame_view import story_color
from bot.chat.stories import catalogue_texts
from bot.chat.stories.library_position import MAX_SEARCH, WHOLE_LIBRARY, LibraryPosition, searchable
from bot.chat.text.user_text import literal_block, literal_line, one_line, short_when, soon
from bot.domain.pages import excerpt
from bot.domain.releases.release import PictureFile, Release
from bot.domain.stories.story import Status, Story
from bot.services.stories.catalogue import LibraryFilter, LibraryPage, StoryCard, StoryDetail

_CHAPTERS = 12


_TITLE, _NAMES, _TAGS = 150, 150, 150
_SUMMARY = 900

_CARD_TITLE, _CARD_NAMES, _CARD_TAGS, _CARD_SUMMARY = 100, 80, 80, 120
"""Units of each part of a card, so that a page of them fits into a message."""

_REASON, _CARD_REASON = 200, 80
_CHAPTER = 120
_LABEL = 100


def library_message(page: LibraryPage) -> Message:
    """Render one page of the library."""
    if not page.total:
        return plain(catalogue_texts.library_empty())
    request = page.request
    here = LibraryPosition(request.shown, searchable(request.search), request.page)
    parts: list[Item] = [ui.TextDisplay(_library_head(page, here))]
    files: list[Attachment] = []
    for card in page.cards:
        parts.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        text: ui.TextDisplay[Any] = ui.TextDisplay(_card(card))
        if card.cover is None:
            parts.append(text)
            continue
        files.append(_cover(card.story, card.cover, len(files)))
        parts.append(_beside(text, files[-1]))
    if page.cards:
        parts.append(row(_story_menu(page, here)))
    parts.append(row(*_filters(here)))
    if here.search:
        clear = replace(here, search="", page=0).show_id
        parts.append(row(button(catalogue_texts.show_all(), clear, emoji="✖️")))
    parts += page_buttons(request.page, page.page_count, here.turn)
    return Message((container(parts),), tuple(files))


def _library_head(page: LibraryPage, here: LibraryPosition) -> str:
    lines = [catalogue_texts.library_title()]
    if here.search:
        lines.append(catalogue_texts.search_result(literal_line(here.search, 2 * MAX_SEARCH), page.found))
    elif not page.found and here.shown is LibraryFilter.FOLLOWED:
        lines.append(catalogue_texts.nothing_followed())
    else:
        lines.append(catalogue_texts.story_count(page.found))
    return "\n".join(lines)


def _story_menu(page: LibraryPage, here: LibraryPosition) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=one_line(card.story.title, _LABEL),
            value=custom_ids.story_token(card.story.slug),
            emoji="🔔" if card.is_following else None,
        )
        for card in page.cards
    ]
    return ui.Select(custom_id=here.pick_id, placeholder=catalogue_texts.story_menu(), options=options)


def _filters(here: LibraryPosition) -> list[Item]:
    """Return the buttons that choose what is shown; the one in force cannot be pressed."""
    made: list[Item] = [
        button(
            catalogue_texts.library_filter(each),
            "off:filter" if each is here.shown else replace(here, shown=each, page=0).show_id,
            disabled=each is here.shown,
            loud=each is here.shown,
        )
        for each in LibraryFilter
    ]
    return [*made, button(catalogue_texts.search(), here.ask_id, emoji="🔎")]


def _card(card: StoryCard) -> str:
    story = card.story
    mark = "🔔 " if card.is_following else ""
    lines = [
        f"### {mark}{literal_line(story.title, _CARD_TITLE)}",
        f"-# {_facts(story, _CARD_NAMES)}",
    ]
    if story.tags:
        lines.append(f"-# {_tags(story, _CARD_TAGS)}")
    if told := excerpt(story.summary, _CARD_SUMMARY):
        lines.append(literal_line(told, 2 * _CARD_SUMMARY))
    lines.append(f"-# {_progress_and_bookmark(card)}")
    return "\n".join(lines)


def _tags(story: Story, limit: int) -> str:
    return literal_line(", ".join(story.tags), limit)


def _facts(story: Story, names: int) -> str:
    facts = []
    if story.authors:
        facts.append(
            catalogue_texts.authors(literal_line(", ".join(author.name for author in story.authors), names))
        )
    facts.append(rating_name(story.rating))
    if story.status is not Status.HIATUS:
        facts.append(catalogue_texts.status(story.status))
    return " · ".join(facts)


def _progress(card: StoryCard, reason: int = _REASON) -> str:
    """Return the chapter count and the date of the next chapter, or the reason why there is none."""
    parts = [catalogue_texts.chapter_count(card.released)]
    if card.next_at is not None:
        parts.append(catalogue_texts.next_chapter(soon(card.next_at)))
    elif card.unscheduled is not None:
        parts.append(catalogue_texts.unscheduled(card.unscheduled))
    if card.hold is not None:
        until = short_when(card.hold.until) if card.hold.until is not None else None
        parts.append(
            catalogue_texts.hold(until, literal_line(card.hold.reason, reason) if card.hold.reason else "")
        )
    return " · ".join(parts)


def _progress_and_bookmark(card: StoryCard) -> str:
    parts = [_progress(card, _CARD_REASON)]
    if card.bookmark is not None and card.released:
        parts.append(catalogue_texts.bookmark(card.bookmark.position.number))
    return " · ".join(parts)


def story_message(
    detail: StoryDetail, page: int | None = None, back: LibraryPosition = WHOLE_LIBRARY
) -> Message:
    """Render a story's page; the newest chapters are shown unless `page` is given. `back` is where it was picked."""
    about = detail.card.story
    chapters, number, count = paginate(detail.releases, page if page is not None else 10**6, _CHAPTERS)
    files = (_cover(about, detail.card.cover),) if detail.card.cover is not None else ()
    head: ui.TextDisplay[Any] = ui.TextDisplay("\n".join(_story_lines(detail)))
    parts: list[Item] = [_beside(head, files[0]) if files else head]
    if chapters:
        lines = [_chapter(each, told=each.number <= detail.spoiler_limit) for each in chapters]
        parts.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        parts.append(ui.TextDisplay("\n".join(lines)))
    parts += page_buttons(number, count, lambda to: custom_ids.story(about.slug, to))
    actions: list[Item] = []
    if detail.releases:
        actions.append(button(page_texts.read(), custom_ids.open_story(about.slug), emoji="📖"))
    if detail.unread is not None:
        label = catalogue_texts.first_unread(detail.unread.number)
        actions.append(
            button(label, custom_ids.read(detail.unread.id), emoji="🆕", loud=bool(detail.new_since_visit))
        )
    if detail.card.is_following:
        toggle = custom_ids.follow_story(about.slug, number, on=False)
        actions.append(button(catalogue_texts.unfollow(), toggle, emoji="🔕"))
    elif not about.rating.age_restricted:
        toggle = custom_ids.follow_story(about.slug, number, on=True)
        actions.append(button(page_texts.follow(), toggle, emoji="🔔"))
    if about.suggestions.open:
        actions.append(button(page_texts.suggest(), custom_ids.suggest(about.slug), emoji="💡"))
    actions.append(button(catalogue_texts.library_button(), back.show_id, emoji="📚"))
    parts.append(row(*actions))
    return Message((container(parts, color=story_color(about)),), files)


def _cover(about: Story, picture: PictureFile, number: int = 0) -> Attachment:
    name = f"cover{number or ''}.{ENDINGS.get(picture.media_type, 'png')}"
    return Attachment(name, picture.data, catalogue_texts.cover_description(one_line(about.title, _TITLE)))


def _beside(text: ui.TextDisplay[Any], picture: Attachment) -> Item:
    """Render a text with a thumbnail beside it."""
    shown: ui.Thumbnail[Any] = ui.Thumbnail(f"attachment://{picture.name}", description=picture.description)
    return ui.Section(text, accessory=shown)


def _chapter(release: Release, *, told: bool) -> str:
    """Return a chapter's line, its title hidden behind a spoiler if this reader has not got that far."""
    mark = f" · {page_texts.withdrawn_briefly()}" if release.is_withdrawn else ""
    title = literal_line(release.title, _CHAPTER - len(mark))
    if not told:
        title = f"||{title}||"
    line = page_texts.numbered(release.number, title).replace(".", "\\.", 1)
    return catalogue_texts.dated_chapter(line, int(release.released_at.timestamp())) + mark


def _story_lines(detail: StoryDetail) -> list[str]:
    about = detail.card.story
    lines = [f"## {literal_line(about.title, _TITLE)}", f"-# {_facts(about, _NAMES)}"]
    if about.tags:
        lines.append(f"-# {_tags(about, _TAGS)}")
    if about.warnings:
        lines.append(page_texts.warnings(literal_line(", ".join(about.warnings), _TAGS)))
    if about.summary.strip():
        lines.append(literal_block(about.summary, _SUMMARY))
    lines.append(f"-# {_progress(detail.card)}")
    lines += _reader_lines(detail)
    if detail.waiting is not None:
        lines.append(catalogue_texts.finished_chapters(detail.waiting))
    return lines


def _reader_lines(detail: StoryDetail) -> list[str]:
    """Return the lines about this reader's progress."""
    lines, place = [], detail.card.bookmark
    if detail.new_since_visit:
        lines.append(catalogue_texts.new_chapters(detail.new_since_visit))
    if place is not None and detail.releases:
        lines.append(catalogue_texts.bookmark_of(place.position.number, len(detail.releases)))
    if detail.card.is_following:
        lines.append(catalogue_texts.following_story())
    return lines
