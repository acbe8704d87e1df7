"""The export of personal data, and the two questions before an erasure."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Attachment, Item, Message, button, container, plain, row
from bot.chat.privacy import privacy_texts
from bot.services.privacy.personal_data import ErasureReport, Export, SuggestionTally

_LARGEST = 10 * 1024 * 1024
"""Bytes of a file, at most (docs: reference, Uploading Files)."""


def export_message(made: Export) -> Message:
    """Render the exported file."""
    data = made.text.encode()
    if len(data) > _LARGEST:
        return plain(privacy_texts.export_too_large())
    file = Attachment(f"fascicle-{made.made_at:%Y-%m-%d}.json", data, "")
    text = privacy_texts.export_empty() if made.is_empty else privacy_texts.export_answer()
    shown: ui.File[Any] = ui.File(f"attachment://{file.name}")
    return Message((ui.TextDisplay(text), shown), (file,))


def erasure_question(tally: SuggestionTally) -> Message:
    """Render the first question."""
    if tally.total:
        choices = [
            button(privacy_texts.erase_keeping_suggestions_button(), custom_ids.privacy("ask", stay=True)),
            button(privacy_texts.erase_with_suggestions_button(), custom_ids.privacy("ask", stay=False)),
        ]
    else:
        choices = [button(privacy_texts.erase_button(), custom_ids.privacy("ask", stay=False))]
    return _panel(privacy_texts.erasure_question(tally.current, tally.kept), *choices, _keep_button())


def confirmation(tally: SuggestionTally, *, stay: bool) -> Message:
    """Render the second question."""
    yes: ui.Button[Any] = ui.Button(
        label=privacy_texts.confirm_button(),
        custom_id=custom_ids.privacy("erase", stay=stay),
        style=discord.ButtonStyle.danger,
    )
    return _panel(privacy_texts.confirmation(tally.total, stay=stay), yes, _keep_button())


def erasure_answer(done: ErasureReport) -> Message:
    """Render the answer after the erasure."""
    return _panel(privacy_texts.erasure_answer(done.count, stayed=done.kept))


def nothing_erased() -> Message:
    """Render the answer to somebody who keeps everything."""
    return _panel(privacy_texts.nothing_erased())


def _keep_button() -> Item:
    return button(privacy_texts.keep_button(), custom_ids.privacy("keep", stay=True))


def _panel(text: str, *buttons: Item) -> Message:
    parts: list[Item] = [ui.TextDisplay(text)]
    if buttons:
        parts.append(row(*buttons))
    return Message((container(parts),))
