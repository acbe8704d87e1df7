"""Commands in every language at once: Discord shows each person names and descriptions in theirs."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as At

from bot.chat.i18n.gettext import ENGLISH, in_language, nearest_language, p, t

NAME = "name"
"""The catalogue's context of what people type: one word in small letters."""

_NAMES = (At.command_name, At.group_name, At.parameter_name)


class Translator(app_commands.Translator):
    """Reads the catalogue; English is what the commands are made with."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The string in the language of that locale; None where that is English or Discord shall fall back to it."""
        if nearest_language(locale.value) == ENGLISH:
            return None
        with in_language(locale.value):
            said = p(NAME, string.message) if context.location in _NAMES else t(string.message)
        return None if said == string.message else said
