"""What is kept of somebody, as a file; and asking twice before it is erased."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.message import Attachment, Item, Message, button, panel, plain, row
from bot.chat.privacy import privacy_texts
from bot.services.privacy.personal_data import ErasureReport, Export, SuggestionTally

_LARGEST = 10 * 1024 * 1024
"""Bytes of a file, at most (docs: reference, Uploading Files)."""


def export(made: Export) -> Message:
    """The file, with a word above it."""
    data = made.text.encode()
    if len(data) > _LARGEST:
        return plain(privacy_texts.too_large())
    file = Attachment(f"fascicle-{made.made_at:%Y-%m-%d}.json", data, "")
    said = privacy_texts.nothing_kept() if made.empty else privacy_texts.exported()
    shown: ui.File[Any] = ui.File(f"attachment://{file.name}")
    return Message((ui.TextDisplay(said), shown), (file,))


def asking(ideas: SuggestionTally) -> Message:
    """The first of two questions."""
    if ideas.all:
        choices = [
            button(privacy_texts.erase_ideas_stay(), custom_ids.privacy("ask", stay=True)),
            button(privacy_texts.erase_ideas_go(), custom_ids.privacy("ask", stay=False)),
        ]
    else:
        choices = [button(privacy_texts.erase(), custom_ids.privacy("ask", stay=False))]
    return _panel(privacy_texts.erasing(ideas.made, ideas.stayed), *choices, _keep())


def asking_again(ideas: SuggestionTally, *, stay: bool) -> Message:
    """The second one."""
    yes: ui.Button[Any] = ui.Button(
        label=privacy_texts.really(),
        custom_id=custom_ids.privacy("erase", stay=stay),
        style=discord.ButtonStyle.danger,
    )
    return _panel(privacy_texts.sure(ideas.all, stay=stay), yes, _keep())


def erased(done: ErasureReport) -> Message:
    """It is done."""
    return _panel(privacy_texts.erased(done.ideas, stayed=done.stayed))


def kept() -> Message:
    """Nothing was done."""
    return _panel(privacy_texts.kept())


def news(*, told: bool) -> Message:
    """After news by direct message were turned off, or on; with the way back."""
    back = button(privacy_texts.news_off() if told else privacy_texts.news_on(), custom_ids.news(not told))
    return Message(
        (ui.TextDisplay(privacy_texts.news_come() if told else privacy_texts.news_wait()), row(back))
    )


def _keep() -> Item:
    return button(privacy_texts.keep(), custom_ids.privacy("keep", stay=True))


def _panel(text: str, *buttons: Item) -> Message:
    parts: list[Item] = [ui.TextDisplay(text)]
    if buttons:
        parts.append(row(*buttons))
    return Message((panel(parts),))
