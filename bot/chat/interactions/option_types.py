"""Types of command options that the commands of several subjects share."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

LARGEST_INTEGER = 2**53 - 1
"""Discord's limit for an integer option (docs: interactions/application-commands)."""

SuggestionNumber = app_commands.Range[int, 1, LARGEST_INTEGER]
ReasonText = app_commands.Range[str, 1, 500]
MomentText = app_commands.Range[str, 1, 100]
"""A date, a time or a duration, as people write it."""


class PostableChannel(app_commands.Transformer):
    """A channel in which the bot can post, given as its id.

    The id is enough: discord.py's cache of channels is not kept up to date.
    """

    def __init__(self, *, forums: bool) -> None:
        self._forums = forums

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        forums = [kinds.forum] if self._forums else []
        return [kinds.text, kinds.news, *forums, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(
        self, _interaction: discord.Interaction[Any], value: app_commands.AppCommandChannel, /
    ) -> int:
        return value.id


ChapterChannel = app_commands.Transform[int, PostableChannel(forums=True)]
MessageChannel = app_commands.Transform[int, PostableChannel(forums=False)]
"""A channel for single messages, which a forum does not take."""
