"""A message ready to be sent, and the budget that keeps every one within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.text.user_text import clip, utf16_length

TEXT_LIMIT = 4000
"""Units of text over all of a message (docs: components/reference, Text Display)."""

COMPONENT_LIMIT = 40
"""Components in a message, nested ones counted (docs: components/reference)."""

Item = ui.Item[Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a component of the message shows. Bytes, so that a second attempt can send them again."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its components and its files."""

    items: tuple[Item, ...]
    files: tuple[Attachment, ...] = ()

    def view(self) -> ui.LayoutView:
        """The components as discord.py takes them; stopped, so that it does not keep a copy for every message: the
        buttons find their way by their ids."""
        view = ui.LayoutView(timeout=None)
        for item in self.items:
            view.add_item(item)
        view.stop()
        return view


def plain(text: str) -> Message:
    """A message of nothing but words."""
    return Message((ui.TextDisplay(clip(text, TEXT_LIMIT)),))


def row(*items: Item) -> ui.ActionRow[Any]:
    """Buttons side by side (five at most), or one menu."""
    return ui.ActionRow(*items)


def container(
    parts: Iterable[Item], *, color: int | None = None, marker: int | None = None
) -> ui.Container[Any]:
    """The box that most messages are."""
    return ui.Container(*parts, accent_color=color, id=marker)


class MessageBudget:
    """Hands out what is left of a message's text."""

    def __init__(self, total: int = TEXT_LIMIT) -> None:
        self.left = total

    def take(self, text: str) -> str | None:
        """The text, if it still fits."""
        size = utf16_length(text)
        if not text or size > self.left:
            return None
        self.left -= size
        return text


def texts(view: ui.LayoutView) -> list[str]:
    """All text of a message, in order."""
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def button(
    label: str, custom_id: str, *, emoji: str | None = None, disabled: bool = False, loud: bool = False
) -> ui.Button[Any]:
    """A quiet button, or the loud one that most people want; what it does is in its id."""
    return ui.Button(
        label=label or None,
        custom_id=custom_id,
        emoji=emoji,
        disabled=disabled,
        style=discord.ButtonStyle.primary if loud else discord.ButtonStyle.secondary,
    )
