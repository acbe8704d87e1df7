"""All slash commands. A command translates its options, calls a service, and answers."""

from __future__ import annotations

from discord import app_commands

from bot.chat.authoring import authoring_commands
from bot.chat.gateway.registered_commands import AnyCommand
from bot.chat.i18n import command_descriptions
from bot.chat.interactions.command_availability import (
    ALL_INSTALLS,
    GUILDS_AND_BOT_DMS,
    make_available,
)
from bot.chat.privacy import privacy_commands
from bot.chat.reading import reading_commands
from bot.chat.releases import calendar_commands
from bot.chat.statistics import statistics_commands
from bot.chat.stories import catalogue_commands, help_commands, preview_commands
from bot.chat.subscriptions import follow_commands, subscription_commands
from bot.chat.suggestions import (
    blocking_commands,
    panel_commands,
    review_channel_commands,
    review_queue_commands,
    suggestion_commands,
)

author = app_commands.Group(name="author", description=command_descriptions.AUTHOR)
for _command in (
    *authoring_commands.AUTHOR_COMMANDS,
    *review_queue_commands.AUTHOR_COMMANDS,
    *panel_commands.AUTHOR_COMMANDS,
    *blocking_commands.AUTHOR_COMMANDS,
    *calendar_commands.AUTHOR_COMMANDS,
    *statistics_commands.AUTHOR_COMMANDS,
    *preview_commands.AUTHOR_COMMANDS,
):
    author.add_command(_command)
author.add_command(review_channel_commands.review)

COMMANDS: tuple[AnyCommand, ...] = (
    *subscription_commands.COMMANDS,
    *catalogue_commands.COMMANDS,
    *reading_commands.COMMANDS,
    *follow_commands.COMMANDS,
    *suggestion_commands.COMMANDS,
    *make_available(author, contexts=GUILDS_AND_BOT_DMS, installs=ALL_INSTALLS),
    *privacy_commands.COMMANDS,
    *help_commands.COMMANDS,
)
