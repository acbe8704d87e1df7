"""Translation of commands: Discord shows each person names and descriptions in their language."""

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
    """Translates discord.py's commands, which are declared in English, by the catalogue."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """Return the string in the locale's language; None for English, or to fall back to it."""
        if nearest_language(locale.value) == ENGLISH:
            return None
        with in_language(locale.value):
            said = p(NAME, string.message) if context.location in _NAMES else t(string.message)
        return None if said == string.message else said
