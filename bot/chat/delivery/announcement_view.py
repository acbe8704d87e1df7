"""Announcements without the chapter's text: cards, openings of threads, and first messages of forum posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Attachment, Item, MessageBudget
from bot.chat.pages import page_texts
from bot.chat.pages.page_body_view import ENDINGS
from bot.chat.pages.page_frame_view import PageFrame, frame_head, frame_tail
from bot.chat.text import post_markers
from bot.chat.text.user_text import clip, literal_line, utf16_length
from bot.domain.pages import excerpt
from bot.domain.releases.release import PictureFile, Release
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import ChapterPost

CONTENT_LIMIT = 2000
"""Units in a plain message (docs: resources/message, Create Message)."""

_TEASER = 350
_SHOWN_TEASER = 600
_TITLE = 120
_NAMED = 5


def announcement_items(
    post: ChapterPost, room: int, *, buttons: bool
) -> tuple[list[Item], tuple[Attachment, ...]]:
    """Return the components of a card or a thread's opening, within `room` units of text, and its picture."""
    named_below = buttons and post.shape is MessageForm.CARD
    leaf = _page_frame(post, names_next=not named_below)
    budget = MessageBudget(room)
    _, *ending = frame_tail(leaf)
    above = [taken for text in frame_head(leaf) if (taken := budget.take(text))]
    teaser = budget.take(_teaser(post))
    last = page_texts.in_thread() if post.shape is MessageForm.OPENING else page_texts.on_card()
    below = [taken for text in (last, *ending) if (taken := budget.take(f"{text}\n"))]
    items: list[Item] = [ui.TextDisplay(text) for text in above]
    if teaser:
        items.append(ui.TextDisplay(teaser))
    files = tuple(_attachment(picture) for picture in post.pictures[:1])
    items += [_gallery(post, file) for file in files]
    if below:
        items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        items.append(ui.TextDisplay("".join(below).rstrip("\n")))
    return items, files


def starter_text(post: ChapterPost) -> str:
    """Return a forum post's first message: plain text whose last line is the bot's marker."""
    mark = post_markers.small_print(post.marker, post_markers.mark_of(post))
    mention = f"<@&{post.mention}>" if post.mention is not None else ""
    if post.release.is_withdrawn:
        return "\n".join(filter(None, [page_texts.withdrawn(), mark]))
    leaf = _page_frame(post)
    _, *ending = frame_tail(leaf)
    budget = MessageBudget(CONTENT_LIMIT - utf16_length(mark) - 1)
    wanted = [
        mention,
        *frame_head(leaf),
        _teaser(post),
        _list_of_skipped(post.skipped),
        page_texts.follows(),
        *ending,
    ]
    lines = [text for text in wanted if text and budget.take(f"{text}\n")]
    return clip("\n".join([*lines, *([mark] if mark else [])]), CONTENT_LIMIT)


def _page_frame(post: ChapterPost, *, names_next: bool = True) -> PageFrame:
    """Return the chapter as a page that is its first and its last."""
    figures = post.figures if post.shape is MessageForm.CARD else None
    return PageFrame(
        post.story,
        post.release,
        post.edition,
        post.page,
        1,
        1,
        post.next_at,
        figures=figures,
        credits=post.credits,
        succeeding=post.succeeding,
        names_next=names_next,
    )


def _teaser(post: ChapterPost) -> str:
    """Quote the chapter's beginning; where it has no words to show, the story's summary."""
    told = excerpt(post.edition.text, _TEASER) or excerpt(post.story.summary, _TEASER)
    return f"> {literal_line(told, _SHOWN_TEASER)}" if told else ""


def _list_of_skipped(skipped: Sequence[Release]) -> str:
    """List the chapters that this post stands for too, where no buttons can lead to them."""
    if not skipped:
        return ""
    lines = [
        f"- {page_texts.numbered(each.number, literal_line(each.title, _TITLE))}"
        for each in skipped[-_NAMED:]
    ]
    more = [page_texts.and_more(len(skipped) - _NAMED)] if len(skipped) > _NAMED else []
    return "\n".join([page_texts.skipped(len(skipped)), *lines, *more])


def _attachment(picture: PictureFile) -> Attachment:
    return Attachment(f"cover.{ENDINGS.get(picture.media_type, 'png')}", picture.data, "")


def _gallery(post: ChapterPost, file: Attachment) -> Item:
    gallery: ui.MediaGallery[Any] = ui.MediaGallery()
    # A chapter's content notes may apply to its picture; the story's cover is for everybody.
    covered = bool(post.edition.warnings) and post.pictures[0].path != post.story.cover
    gallery.add_item(media=f"attachment://{file.name}", spoiler=covered)
    return gallery
