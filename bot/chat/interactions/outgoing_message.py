"""Messages ready to be sent, and the budget that keeps them within Discord's limits."""

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
    """A file that a component of the message shows. It holds bytes, so that a second attempt can send them again."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Message:
    """The components and files of a message."""

    items: tuple[Item, ...]
    files: tuple[Attachment, ...] = ()

    def view(self) -> ui.LayoutView:
        """Return the components as discord.py takes them.

        The view is stopped, so that discord.py does not keep a copy for every message: buttons are found by their ids.
        """
        view = ui.LayoutView(timeout=None)
        for item in self.items:
            view.add_item(item)
        view.stop()
        return view


def plain(text: str) -> Message:
    """Return a message of nothing but text."""
    return Message((ui.TextDisplay(clip(text, TEXT_LIMIT)),))


def row(*items: Item) -> ui.ActionRow[Any]:
    """Put up to five buttons side by side, or one menu."""
    return ui.ActionRow(*items)


def container(
    parts: Iterable[Item], *, color: int | None = None, marker: int | None = None
) -> ui.Container[Any]:
    """Return the box that most messages consist of."""
    return ui.Container(*parts, accent_color=color, id=marker)


class MessageBudget:
    """The text that a message has room for."""

    def __init__(self, total: int = TEXT_LIMIT) -> None:
        self.left = total

    def take(self, text: str) -> str | None:
        """Return the text and deduct it from the budget if it still fits, else None."""
        size = utf16_length(text)
        if not text or size > self.left:
            return None
        self.left -= size
        return text


def texts(view: ui.LayoutView) -> list[str]:
    """Return all text of a message, in order."""
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def button(
    label: str, custom_id: str, *, emoji: str | None = None, disabled: bool = False, loud: bool = False
) -> ui.Button[Any]:
    """Return a secondary button, or a primary one that most people will want."""
    return ui.Button(
        label=label or None,
        custom_id=custom_id,
        emoji=emoji,
        disabled=disabled,
        style=discord.ButtonStyle.primary if loud else discord.ButtonStyle.secondary,
    )
