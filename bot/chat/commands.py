"""The slash commands, one module a family. A command's body translates, asks a service, and answers."""

from __future__ import annotations

from bot.chat.interactions.contexts import AnyCommand
from bot.chat.privacy import privacy_commands as privacy
from bot.chat.reading import reading_commands as reading
from bot.chat.statistics import statistics_commands as figures
from bot.chat.stories import help_commands as helping
from bot.chat.subscriptions import follow_commands as following
from bot.chat.subscriptions import subscription_commands as subscriptions
from bot.chat.suggestions import (
    author_commands as authoring,
)
from bot.chat.suggestions import (
    review_channel_commands as reviewing,
)
from bot.chat.suggestions import (
    suggestion_commands as suggesting,
)

for _command in figures.OF_AUTHORS:
    authoring.author.add_command(_command)
authoring.author.add_command(reviewing.review)

COMMANDS: tuple[AnyCommand, ...] = (
    *subscriptions.COMMANDS,
    *reading.COMMANDS,
    *following.COMMANDS,
    *suggesting.COMMANDS,
    *authoring.COMMANDS,
    *privacy.COMMANDS,
    *helping.COMMANDS,
)
