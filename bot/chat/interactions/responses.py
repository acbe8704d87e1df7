"""Private answers to interactions, within Discord's three seconds and whatever happens.

Every failure ends here: a refusal becomes its text, anything unforeseen a reference that the log has too.
"""

from __future__ import annotations

import io
import logging
import secrets

import discord
from discord import app_commands

from bot.chat.i18n.gettext import t
from bot.chat.i18n.message_translation import render_fact
from bot.chat.interactions import error_texts
from bot.chat.interactions.interaction_context import Interaction
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Attachment, Message, plain
from bot.chat.text.user_text import clip, literal_line
from bot.domain.errors import Refusal
from bot.store.engine.errors import DatabaseAway

_log = logging.getLogger(__name__)

NO_PINGS = discord.AllowedMentions.none()

_GONE = {10062, 10015, 50027}
"""Codes of an interaction that can no longer be answered (docs: interactions/receiving-and-responding)."""

_FACT = 150

_FILLED = "filled"
"""Marks an interaction whose “thinking…” has become the answer, so that what follows is a message of its own."""


def uploads(attached: tuple[Attachment, ...]) -> list[discord.File]:
    """Return a message's files for one attempt to send it."""
    return [
        discord.File(io.BytesIO(each.data), filename=each.name, description=each.description or None)
        for each in attached
    ]


async def defer(interaction: Interaction) -> None:
    """Acknowledge at once, in private, because the answer may take longer than three seconds."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def respond(interaction: Interaction, message: Message) -> None:
    """Answer in private: as the first answer, in place of “thinking…”, or after an earlier answer."""
    if not interaction.response.is_done():
        if not message.files:
            await interaction.response.send_message(
                view=message.view(), ephemeral=True, allowed_mentions=NO_PINGS
            )
            return
        # An upload may outlast the three seconds.
        await defer(interaction)
    thinking = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    if thinking and not interaction.extras.get(_FILLED):
        await _fill(interaction, message)
    else:
        await interaction.followup.send(
            view=message.view(), files=uploads(message.files), ephemeral=True, allowed_mentions=NO_PINGS
        )


async def update(interaction: Interaction, message: Message) -> None:
    """Replace the private message whose button was pressed or whose modal was submitted."""
    if message.files and not interaction.response.is_done():
        await interaction.response.defer()
    if interaction.response.is_done():
        await _fill(interaction, message)
    else:
        await interaction.response.edit_message(
            view=message.view(), attachments=[], allowed_mentions=NO_PINGS
        )


async def _fill(interaction: Interaction, message: Message) -> None:
    await interaction.edit_original_response(
        view=message.view(), attachments=uploads(message.files), allowed_mentions=NO_PINGS
    )
    interaction.extras[_FILLED] = True


def refusal_text(refusal: Refusal) -> str:
    """Return a refusal's text, with people's text in it escaped and shortened."""
    facts = {name: render_fact(name, fact, _short) for name, fact in refusal.facts.items()}
    return clip(t(refusal.template, **facts), TEXT_LIMIT)


def _short(text: str) -> str:
    return literal_line(text, _FACT)


async def report_failure(interaction: Interaction, error: BaseException) -> None:
    """Tell the person, in private, why it did not work. Never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, discord.HTTPException) and error.code in _GONE:
        _log.warning("an answer came too late (%s)", error.code, extra={"action": "answer_late"})
        return
    try:
        await respond(interaction, plain(failure_text(interaction, error)))
    except Exception:
        _log.error("a failure could not be told", exc_info=True, extra={"action": "answer_failed"})


def failure_text(interaction: Interaction, error: BaseException) -> str:
    """Return the explanation of a failure, and log it if it was not foreseen."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, Refusal):
        return refusal_text(error)
    if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return error_texts.old_command()
    if isinstance(error, app_commands.TransformerError):
        return error_texts.bad_option()
    if isinstance(error, DatabaseAway):
        # The log has it already.
        return error_texts.database_away()
    reference = secrets.token_hex(3).upper()
    _log.error(
        "interaction %s failed, reference %s",
        interaction.id,
        reference,
        exc_info=error,
        extra={"action": "interaction_failed", "reference": reference},
    )
    return error_texts.broke(reference)
