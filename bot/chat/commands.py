"""The slash commands, one module a family. A command's body translates, asks a service, and answers."""

from __future__ import annotations

from bot.chat.interactions.contexts import AnyCommand
from bot.chat.privacy import privacy_commands
from bot.chat.reading import reading_commands
from bot.chat.statistics import statistics_commands
from bot.chat.stories import help_commands
from bot.chat.subscriptions import follow_commands, subscription_commands
from bot.chat.suggestions import (
    author_commands,
    review_channel_commands,
    suggestion_commands,
)

for _command in statistics_commands.OF_AUTHORS:
    author_commands.author.add_command(_command)
author_commands.author.add_command(review_channel_commands.review)

COMMANDS: tuple[AnyCommand, ...] = (
    *subscription_commands.COMMANDS,
    *reading_commands.COMMANDS,
    *follow_commands.COMMANDS,
    *suggestion_commands.COMMANDS,
    *author_commands.COMMANDS,
    *privacy_commands.COMMANDS,
    *help_commands.COMMANDS,
)
