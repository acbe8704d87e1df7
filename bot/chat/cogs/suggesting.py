"""Readers' ideas."""

from __future__ import annotations

from discord import app_commands

from bot.chat import forms
from bot.chat.answering import respond
from bot.chat.cogs.choices import chapters, own_ideas, stories
from bot.chat.cogs.places import BY_ANYBODY, EVERYWHERE, allowing
from bot.chat.desk import Interaction, changed, services
from bot.chat.rendering import suggestions as rendering
from bot.chat.viewer import viewer_of
from bot.chat.words import commands as words
from bot.domain.suggestion import IDEA_LENGTH
from bot.services.browse import Purpose

LARGEST = 2**53 - 1
"""Discord's limit for an integer option (docs: interactions/application-commands)."""


@app_commands.command(description=words.SUGGEST)
@app_commands.describe(
    idea=words.SUGGEST_IDEA,
    story=words.SUGGEST_STORY,
    chapter=words.SUGGEST_CHAPTER,
    anonymous=words.SUGGEST_ANONYMOUS,
)
@app_commands.autocomplete(story=stories(Purpose.SUGGEST), chapter=chapters)
async def suggest(
    interaction: Interaction,
    idea: app_commands.Range[str, 1, IDEA_LENGTH] | None = None,
    story: str | None = None,
    chapter: str | None = None,
    anonymous: bool = False,
) -> None:
    """Queue an idea, or open the form for one."""
    desk, viewer = services(interaction), viewer_of(interaction)
    if idea is None:
        target = await desk.suggest.target(viewer, story, chapter)
        await forms.show(interaction, forms.idea_form(target, anonymous=anonymous))
        return
    made = await desk.suggest.suggest(viewer, idea, story=story, chapter=chapter, anonymous=anonymous)
    changed(interaction)
    await respond(interaction, rendering.suggested(made))


suggestions = app_commands.Group(
    name="suggestions",
    description=words.SUGGESTIONS,
)


@suggestions.command(description=words.MINE)
async def mine(interaction: Interaction) -> None:
    """One's own ideas."""
    made = await services(interaction).suggest.mine(viewer_of(interaction))
    await respond(interaction, rendering.mine(made))


@suggestions.command(description=words.WITHDRAW)
@app_commands.describe(number=words.WITHDRAW_NUMBER)
@app_commands.autocomplete(number=own_ideas)
async def withdraw(interaction: Interaction, number: app_commands.Range[int, 1, LARGEST]) -> None:
    """Take one back."""
    made = await services(interaction).suggest.withdraw(viewer_of(interaction), number)
    await respond(interaction, rendering.withdrawn(made))


COMMANDS = allowing(suggest, suggestions, contexts=EVERYWHERE, installs=BY_ANYBODY)
