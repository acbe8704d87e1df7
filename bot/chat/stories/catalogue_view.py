"""The library and the page of one story."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.chat.text.user_text import literal_block, literal_line, one_line, when
from bot.domain.releases.release import PictureFile, Release
from bot.domain.stories.story import Status, Story
from bot.services.stories.catalogue import StoryCard, StoryDetail

_CARDS = 5
_CHAPTERS = 12


_TITLE, _NAMES, _TAGS = 150, 150, 150


_CARD_SUMMARY, _SUMMARY = 220, 900


_REASON = 200
_CHAPTER = 120
_LABEL = 100


def library_message(cards: Sequence[StoryCard], page: int) -> Message:
    """Render one page of the library."""
    if not cards:
        return plain(catalogue_texts.library_empty())
    shown, number, count = paginate(cards, page, _CARDS)
    parts: list[Item] = [ui.TextDisplay(catalogue_texts.library_title())]
    for card in shown:
        parts.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        parts.append(ui.TextDisplay(_card(card)))
    options = [
        discord.SelectOption(
            label=one_line(card.story.title, _LABEL), value=custom_ids.story_token(card.story.slug)
        )
        for card in shown
    ]
    parts.append(
        row(
            ui.Select(
                custom_id=custom_ids.SHELF_PICK, placeholder=catalogue_texts.story_menu(), options=options
            )
        )
    )
    parts += page_buttons(number, count, custom_ids.shelf)
    return Message((container(parts),))


def _card(card: StoryCard) -> str:
    story = card.story
    lines = [f"### {literal_line(story.title, _TITLE)}", f"-# {_facts(story)}"]
    if story.summary.strip():
        lines.append(literal_line(story.summary, _CARD_SUMMARY))
    lines.append(f"-# {_progress_and_bookmark(card)}")
    return "\n".join(lines)


def _facts(story: Story) -> str:
    facts = []
    if story.authors:
        facts.append(
            catalogue_texts.authors(literal_line(", ".join(author.name for author in story.authors), _NAMES))
        )
    facts.append(rating_name(story.rating))
    if story.status is not Status.HIATUS:
        facts.append(catalogue_texts.status(story.status))
    return " · ".join(facts)


def _progress(card: StoryCard) -> str:
    """Return the chapter count and the date of the next chapter, or the reason why there is none."""
    parts = [catalogue_texts.chapter_count(card.released)]
    if card.next_at is not None:
        parts.append(catalogue_texts.next_chapter(when(card.next_at)))
    elif card.unscheduled is not None:
        parts.append(catalogue_texts.unscheduled(card.unscheduled))
    if card.hold is not None:
        until = when(card.hold.until) if card.hold.until is not None else None
        parts.append(
            catalogue_texts.hold(until, literal_line(card.hold.reason, _REASON) if card.hold.reason else "")
        )
    return " · ".join(parts)


def _progress_and_bookmark(card: StoryCard) -> str:
    parts = [_progress(card)]
    if card.bookmark is not None and card.released:
        parts.append(catalogue_texts.bookmark(card.bookmark.position.number))
    return " · ".join(parts)


def story_message(detail: StoryDetail, page: int | None = None) -> Message:
    """Render a story's page; the newest chapters are shown unless `page` is given."""
    about = detail.card.story
    chapters, number, count = paginate(detail.releases, page if page is not None else 10**6, _CHAPTERS)
    files = (_cover(detail.card.story, detail.cover),) if detail.cover is not None else ()
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
    if not detail.is_following and not about.rating.age_restricted:
        actions.append(button(catalogue_texts.follow(), custom_ids.follow(about.slug), emoji="🔔"))
    if about.suggestions.open:
        actions.append(button(page_texts.suggest(), custom_ids.suggest(about.slug), emoji="💡"))
    actions.append(button(catalogue_texts.library_button(), custom_ids.shelf(0), emoji="📚"))
    parts.append(row(*actions))
    return Message((container(parts, color=story_color(about)),), files)


def _cover(about: Story, picture: PictureFile) -> Attachment:
    name = f"cover.{ENDINGS.get(picture.media_type, 'png')}"
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
    lines = [f"## {literal_line(about.title, _TITLE)}", f"-# {_facts(about)}"]
    if about.tags:
        lines.append(f"-# {literal_line(', '.join(about.tags), _TAGS)}")
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
    if detail.is_following:
        lines.append(catalogue_texts.following_story())
    return lines
