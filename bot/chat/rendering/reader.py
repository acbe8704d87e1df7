"""The private reader: the same page, with every other page and chapter a press away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat import ids
from bot.chat.rendering.frame import Leaf, shade
from bot.chat.rendering.leaf import leaf_items
from bot.chat.rendering.message import Attached, Item, Message, button, panel, row
from bot.chat.rendering.withdrawn import withdrawn_items
from bot.chat.text import one_line
from bot.chat.words import pages as words
from bot.domain.release import Release
from bot.services.read import ReaderView

_CHOICES = 25
_WINDOW = _CHOICES - 2
_LABEL = 100
_PLACEHOLDER = 150


def reader(view: ReaderView, chapters: Sequence[Release], *, list_from: int | None = None) -> Message:
    """One page in the reader. `list_from` is the index at which the list of chapters starts, else the chapter on show
    stands in its middle."""
    leaf = Leaf(
        view.story,
        view.release,
        view.edition,
        view.page,
        view.page_number,
        view.page_count,
        view.next_at,
        released=view.released,
    )
    parts: list[Item] = withdrawn_items(view.story, view.release)
    files: tuple[Attached, ...] = ()
    if not view.release.withdrawn:
        parts, files, _ = leaf_items(leaf, view.pictures)
    parts.append(_controls(view))
    if len(chapters) > 1:
        parts.append(row(_menu(view, chapters, list_from)))
    return Message((panel(parts, color=shade(view.story)),), files)


def _controls(view: ReaderView) -> Item:
    here, number, revision = view.release.id, view.page_number, view.edition.revision
    previous, following = view.previous, view.following
    made = [
        button(
            "", ids.page(previous.id, 1) if previous else "off:previous", emoji="⏮️", disabled=previous is None
        ),
        button("", ids.page(here, number - 1, revision), emoji="◀️", disabled=number <= 1),
        button("", ids.page(here, number + 1, revision), emoji="▶️", disabled=number >= view.page_count),
        button(
            "", ids.page(following.id, 1) if following else "off:following", emoji="⏭️", disabled=not following
        ),
    ]
    if view.story.suggestions.open:
        made.append(button(words.SUGGEST, ids.suggest(view.story.slug, view.release.number), emoji="💡"))
    return row(*made)


def window(count: int, current: int, start: int | None) -> tuple[int, int]:
    """The half-open range of chapters (by index) that a menu shows: all if they fit, else `_WINDOW` of them."""
    if count <= _CHOICES:
        return 0, count
    first = current - _WINDOW // 2 if start is None else start
    first = min(max(first, 0), count - _WINDOW)
    return first, first + _WINDOW


def _menu(view: ReaderView, chapters: Sequence[Release], start: int | None) -> ui.Select[Any]:
    current = next((i for i, each in enumerate(chapters) if each.id == view.release.id), 0)
    first, end = window(len(chapters), current, start)
    options = [
        discord.SelectOption(
            label=one_line(words.numbered(each.number, each.title), _LABEL),
            value=str(each.id),
            description=words.WITHDRAWN_BRIEFLY if each.withdrawn else None,
            default=each.id == view.release.id,
        )
        for each in chapters[first:end]
    ]
    if first > 0:
        options.insert(0, discord.SelectOption(label=words.EARLIER, value=f"from:{max(first - _WINDOW, 0)}"))
    if end < len(chapters):
        options.append(discord.SelectOption(label=words.LATER, value=f"from:{end}"))
    return ui.Select(
        custom_id=ids.chapters(view.release.id, view.page_number, view.edition.revision),
        placeholder=one_line(words.chapter_of(view.release.number, view.released), _PLACEHOLDER),
        options=options,
    )
