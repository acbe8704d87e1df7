"""The commands that move a story's release calendar: `/author publish`, `delay`, `hiatus` and `continue`."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import MomentText, ReasonText
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.releases import calendar_texts
from bot.chat.releases.calendar_question_view import hiatus_question, publication_question
from bot.chat.releases.calendar_view import calendar
from bot.chat.stories.story_autocomplete import stories
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose


@app_commands.command(description=calendar_texts.PUBLISH)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def publish(interaction: Interaction, story: str) -> None:
    """Ask whether the next finished chapter is to be published now."""
    await defer(interaction)
    asked = await services(interaction).calendar_confirmations.ask_publication(viewer_of(interaction), story)
    wake_background_jobs(interaction)
    await respond(interaction, publication_question(asked))


async def _moments(interaction: Interaction, typed: str) -> list[Choice]:
    moments = await services(interaction).calendar_overrides.suggest_moments(
        viewer_of(interaction), interaction.namespace.story or "", typed
    )
    return [
        Choice(calendar_texts.moment_choice(each), each.isoformat(timespec="seconds")) for each in moments
    ]


@app_commands.command(description=calendar_texts.DELAY)
@app_commands.describe(
    story=command_descriptions.AUTHOR_STORY,
    until=calendar_texts.DELAY_UNTIL,
    reason=calendar_texts.HOLD_REASON,
)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR), until=make_autocomplete(_moments, str))
async def delay(
    interaction: Interaction,
    story: str,
    until: MomentText,
    reason: ReasonText | None = None,
) -> None:
    """Hold releases until a moment."""
    await defer(interaction)
    done = await services(interaction).calendar_overrides.delay(viewer_of(interaction), story, until, reason)
    wake_background_jobs(interaction)
    await respond(interaction, calendar(done))


@app_commands.command(description=calendar_texts.HIATUS)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, reason=calendar_texts.HOLD_REASON)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def hiatus(interaction: Interaction, story: str, reason: ReasonText | None = None) -> None:
    """Ask whether releases are to be held until further notice."""
    await defer(interaction)
    confirmations = services(interaction).calendar_confirmations
    asked = await confirmations.ask_hiatus(viewer_of(interaction), story, reason)
    await respond(interaction, hiatus_question(asked))


@app_commands.command(name="continue", description=calendar_texts.CONTINUE)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def end_hold(interaction: Interaction, story: str) -> None:
    """End a delay or a hiatus."""
    await defer(interaction)
    done = await services(interaction).calendar_overrides.resume(viewer_of(interaction), story)
    wake_background_jobs(interaction)
    await respond(interaction, calendar(done))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (publish, delay, hiatus, end_hold)
"""Members of the group `/author`."""
