"""`/follow` and `/unfollow`: chapters by direct message."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.stories.story_autocomplete import stories
from bot.chat.subscriptions import follow_texts, follow_view
from bot.services.stories.autocomplete_choices import Choice, ChoicePurpose


async def _followed(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).followers.story_choices(viewer_of(interaction), typed)


@app_commands.command(description=follow_texts.FOLLOW)
@app_commands.describe(story=command_descriptions.STORY_OPTION)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ))
async def follow(interaction: Interaction, story: str) -> None:
    """Follow a story. The greeting by direct message may take longer than three seconds."""
    await defer(interaction)
    done = await services(interaction).followers.follow(viewer_of(interaction), story)
    wake_background_jobs(interaction)
    await respond(interaction, follow_view.follow_answer(done))


@app_commands.command(description=follow_texts.UNFOLLOW)
@app_commands.describe(story=follow_texts.FOLLOWED_STORY)
@app_commands.autocomplete(story=make_autocomplete(_followed, str))
async def unfollow(interaction: Interaction, story: str) -> None:
    """Stop following a story."""
    done = await services(interaction).followers.unfollow(viewer_of(interaction), story)
    await respond(interaction, follow_view.unfollow_answer(done))


COMMANDS = make_available(follow, unfollow, contexts=EVERYWHERE, installs=ALL_INSTALLS)
