"""Giving a refused suggestion back to its writer as a file, and reading it from there again.

The text is kept nowhere else, so this works after a restart too.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import discord

from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import failure_text, report_failure, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions.submission_view import DRAFT_FILE, Draft, draft_message
from bot.domain.suggestions.submission_refusals import IdeaDoubted, IdeaLost
from bot.domain.suggestions.suggestion import SUGGESTION_LENGTH
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose

_log = logging.getLogger(__name__)


_LONGEST_FILE = 32 * SUGGESTION_LENGTH
_PATIENCE = 2.0
"""Seconds for fetching the file: a form must be opened within three (docs: interactions/receiving-and-responding)."""


async def return_draft(interaction: Interaction, error: BaseException, draft: Draft) -> None:
    """Tell the person why their suggestion was not accepted, and give the text back. Never raises."""
    if not draft.text.strip():
        await report_failure(interaction, error)
        return
    try:
        stories = await _stories(interaction) if draft.story is None else []
        shown = replace(draft, doubted=isinstance(error, IdeaDoubted))
        await respond(interaction, draft_message(failure_text(interaction, error), shown, stories))
    except Exception:
        _log.error("an idea could not be given back", exc_info=True, extra={"action": "answer_failed"})


async def _stories(interaction: Interaction) -> list[Choice]:
    """Return the stories it may have been for; none if they cannot be looked up."""
    try:
        return await services(interaction).autocomplete_choices.story_choices(
            viewer_of(interaction), "", ChoicePurpose.SUGGEST
        )
    except Exception:
        _log.warning("no stories to choose from", exc_info=True, extra={"action": "choices_failed"})
        return []


async def draft_text(interaction: Interaction) -> str:
    """Return the text in the file of the message whose button was pressed.

    Raises:
        IdeaLost: the file is missing, too large, or cannot be fetched in time.
    """
    message = interaction.message
    attached = (
        next((each for each in message.attachments if each.filename == DRAFT_FILE), None) if message else None
    )
    if attached is None or attached.size > _LONGEST_FILE:
        raise IdeaLost
    try:
        async with asyncio.timeout(_PATIENCE):
            return (await attached.read()).decode("utf-8", "replace")
    except (discord.HTTPException, TimeoutError, OSError) as error:
        raise IdeaLost from error
