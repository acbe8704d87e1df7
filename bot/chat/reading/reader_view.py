"""The private reader: one page, with buttons to every other page and chapter."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import (
    TEXT_LIMIT,
    Attachment,
    Item,
    Message,
    button,
    container,
    row,
)
from bot.chat.pages import page_texts
from bot.chat.pages.chapter_labels import chapter_name, next_chapter_label
from bot.chat.pages.page_frame_view import PageFrame, story_color
from bot.chat.pages.page_view import page_items
from bot.chat.pages.withdrawn_view import withdrawn_items
from bot.chat.reading import reader_texts
from bot.chat.stories import catalogue_texts
from bot.chat.text.user_text import one_line, utf16_length
from bot.domain.releases.release import Release
from bot.services.reading.private_reader_page import ReaderView

_LABEL = 100
_MARKED = 65
_PLACEHOLDER = 150
_ROW = 5


def reader_message(view: ReaderView) -> Message:
    """Render one page in the private reader."""
    leaf = PageFrame(
        view.story,
        view.release,
        view.edition,
        view.page,
        view.page_number,
        view.page_count,
        view.next_at,
        released=view.released_count,
        figures=view.counters,
        credits=view.credits,
        succeeding=view.next_readable,
        names_next=False,
    )
    first, last = _new_chapters(view), _up_to_date(view)
    parts: list[Item] = withdrawn_items(view.story, view.release)
    files: tuple[Attachment, ...] = ()
    if not view.release.is_withdrawn:
        parts, files, _ = page_items(
            leaf, view.pictures, TEXT_LIMIT - utf16_length(first) - utf16_length(last)
        )
    parts = [*_texts(first), *parts, *_texts(last), _navigation(view), *_actions(view)]
    if view.is_elsewhere:
        parts.append(_bookmark_buttons(view))
    if len(view.listed) > 1:
        parts.append(row(_menu(view)))
    return Message((container(parts, color=story_color(view.story)),), files)


def _texts(text: str) -> list[Item]:
    return [ui.TextDisplay(text)] if text else []


def _new_chapters(view: ReaderView) -> str:
    return (
        catalogue_texts.new_chapters(view.new_since_visit)
        if view.new_since_visit and _offered_chapter(view) is not None
        else ""
    )


def _up_to_date(view: ReaderView) -> str:
    if view.is_following is None or view.release.is_withdrawn or not view.ends_all:
        return ""
    if view.first_unread is not None:
        return reader_texts.newest()
    return reader_texts.up_to_date() if view.is_following else reader_texts.all_read()


def _has_next(view: ReaderView) -> bool:
    """Return whether the reader is at the end of a chapter that has a successor."""
    return view.is_last_page and view.next_readable is not None


def _offered_chapter(view: ReaderView) -> Release | None:
    """Return the chapter to read next: the successor at a chapter's end, else the first unread chapter.

    The successor is not offered as the first unread chapter twice: only a visit with new chapters names it.
    """
    if _has_next(view):
        return view.next_readable
    if view.first_unread is None or view.first_unread.id == view.release.id:
        return None
    return view.first_unread if view.new_since_visit or view.first_unread != view.next_readable else None


def _navigation(view: ReaderView) -> Item:
    """Render the row of page buttons; the one in the middle asks for a page number."""
    here, number, count, revision = view.release.id, view.page_number, view.page_count, view.edition.revision
    previous, following = view.previous, view.following
    return row(
        button(
            "",
            custom_ids.page(previous.id, 1) if previous else "off:previous",
            emoji="⏮️",
            disabled=previous is None,
        ),
        button("", custom_ids.page(here, number - 1, revision), emoji="◀️", disabled=number <= 1),
        button(f"{number} / {count}", custom_ids.jump(here, count, revision), disabled=count <= 1),
        button("", custom_ids.page(here, number + 1, revision), emoji="▶️", disabled=number >= count),
        button(
            "",
            custom_ids.page(following.id, 1) if following else "off:following",
            emoji="⏭️",
            disabled=not following,
        ),
    )


def _actions(view: ReaderView) -> list[Item]:
    """Render the rows of actions, the most likely first."""
    here, number, revision = view.release.id, view.page_number, view.edition.revision
    made: list[Item] = []
    offer = _offered_chapter(view)
    if offer is not None:
        if _has_next(view):
            made.append(button(next_chapter_label(offer), custom_ids.go(offer.id), loud=True))
        else:
            made.append(
                button(
                    catalogue_texts.first_unread(offer.number), custom_ids.go(offer.id), emoji="📖", loud=True
                )
            )
    if view.is_following is not None:
        made.append(_follow_button(view, loud=offer is None))
    made.append(
        button(
            reader_texts.starred() if view.starred else reader_texts.star(),
            custom_ids.star(here, number, revision),
            emoji="⭐",
            loud=view.starred,
        )
    )
    if view.story.suggestions.open:
        made.append(
            button(page_texts.suggest(), custom_ids.suggest(view.story.slug, view.release.number), emoji="💡")
        )
    if not view.story.rating.age_restricted and not view.release.is_withdrawn:
        made.append(button(reader_texts.send(), custom_ids.send(here, number, revision), emoji="📬"))
    if not view.release.is_withdrawn:
        made.append(button(reader_texts.share(), custom_ids.share(here, number, revision), emoji="✨"))
    return [row(*made[start : start + _ROW]) for start in range(0, len(made), _ROW)]


def _follow_button(view: ReaderView, *, loud: bool) -> Item:
    """Render the button that follows the story, or ends that, and shows the page again."""
    here, number, revision = view.release.id, view.page_number, view.edition.revision
    if view.is_following:
        return button(
            page_texts.following(), custom_ids.follow_here(here, number, revision, on=False), emoji="🔔"
        )
    return button(
        page_texts.follow(),
        custom_ids.follow_here(here, number, revision, on=True),
        emoji="🔔",
        loud=loud,
    )


def _bookmark_buttons(view: ReaderView) -> Item:
    """Render the buttons for somebody who is not at their bookmark."""
    here, number, revision = view.release.id, view.page_number, view.edition.revision
    ways = [button(reader_texts.back_to_bookmark(), custom_ids.back(here), emoji="↩️")]
    if not view.release.is_withdrawn:
        ways.append(
            button(reader_texts.read_on_here(), custom_ids.settle(here, number, revision), emoji="🔖")
        )
    return row(*ways)


def _menu(view: ReaderView) -> ui.Select[Any]:
    """Render the menu of nearby chapters, with entries that lead to those before and after."""
    options = [
        discord.SelectOption(
            label=one_line(
                chapter_name(each.number, each.title if each.number <= view.spoiler_limit else None), _LABEL
            ),
            value=str(each.id),
            description=page_texts.withdrawn_briefly() if each.is_withdrawn else None,
            default=each.id == view.release.id,
        )
        for each in view.listed
    ]
    first, last = view.listed[0].number, view.listed[-1].number
    if first > 1:
        before = f"from:{max(first - 1 - len(options), 0)}"
        options.insert(0, discord.SelectOption(label=page_texts.earlier(), value=before))
    if last < view.released_count:
        options.append(discord.SelectOption(label=page_texts.later_ones(), value=f"from:{last}"))
    return ui.Select(
        custom_id=custom_ids.chapters(view.release.id, view.page_number, view.edition.revision),
        placeholder=one_line(page_texts.chapter_of(view.release.number, view.released_count), _PLACEHOLDER),
        options=options,
    )
