"""What is kept of somebody, as a file; and asking twice before it is erased."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids as ids
from bot.chat.interactions.message import Attachment, Item, Message, button, panel, plain, row
from bot.chat.privacy import privacy_texts as words
from bot.services.privacy.personal_data import ErasureReport, Export, SuggestionTally

_LARGEST = 10 * 1024 * 1024
"""Bytes of a file, at most (docs: reference, Uploading Files)."""


def export(made: Export) -> Message:
    """The file, with a word above it."""
    data = made.text.encode()
    if len(data) > _LARGEST:
        return plain(words.too_large())
    file = Attachment(f"fascicle-{made.made_at:%Y-%m-%d}.json", data, "")
    said = words.nothing_kept() if made.empty else words.exported()
    shown: ui.File[Any] = ui.File(f"attachment://{file.name}")
    return Message((ui.TextDisplay(said), shown), (file,))


def asking(ideas: SuggestionTally) -> Message:
    """The first of two questions."""
    if ideas.all:
        choices = [
            button(words.erase_ideas_stay(), ids.privacy("ask", stay=True)),
            button(words.erase_ideas_go(), ids.privacy("ask", stay=False)),
        ]
    else:
        choices = [button(words.erase(), ids.privacy("ask", stay=False))]
    return _panel(words.erasing(ideas.made, ideas.stayed), *choices, _keep())


def asking_again(ideas: SuggestionTally, *, stay: bool) -> Message:
    """The second one."""
    yes: ui.Button[Any] = ui.Button(
        label=words.really(), custom_id=ids.privacy("erase", stay=stay), style=discord.ButtonStyle.danger
    )
    return _panel(words.sure(ideas.all, stay=stay), yes, _keep())


def erased(done: ErasureReport) -> Message:
    """It is done."""
    return _panel(words.erased(done.ideas, stayed=done.stayed))


def kept() -> Message:
    """Nothing was done."""
    return _panel(words.kept())


def news(*, told: bool) -> Message:
    """After news by direct message were turned off, or on; with the way back."""
    back = button(words.news_off() if told else words.news_on(), ids.news(not told))
    return Message((ui.TextDisplay(words.news_come() if told else words.news_wait()), row(back)))


def _keep() -> Item:
    return button(words.keep(), ids.privacy("keep", stay=True))


def _panel(text: str, *buttons: Item) -> Message:
    parts: list[Item] = [ui.TextDisplay(text)]
    if buttons:
        parts.append(row(*buttons))
    return Message((panel(parts),))
