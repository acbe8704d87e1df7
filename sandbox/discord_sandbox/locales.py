"""Discord's locales, and localized command texts."""

from __future__ import annotations

from discord_sandbox.discord_objects import Json
from discord_sandbox.validation.command_rules import GROUP, SLASH, SUBCOMMAND

LOCALES = {
    "id": "Bahasa Indonesia", "da": "Dansk", "de": "Deutsch", "en-GB": "English, UK", "en-US": "English, US",
    "es-ES": "Español", "es-419": "Español, LATAM", "fr": "Français", "hr": "Hrvatski", "it": "Italiano",
    "lt": "Lietuviškai", "hu": "Magyar", "nl": "Nederlands", "no": "Norsk", "pl": "Polski",
    "pt-BR": "Português do Brasil", "ro": "Română", "fi": "Suomi", "sv-SE": "Svenska", "vi": "Tiếng Việt",
    "tr": "Türkçe", "cs": "Čeština", "el": "Ελληνικά", "bg": "български", "ru": "Pусский", "uk": "Українська",
    "hi": "हिन्दी", "th": "ไทย", "zh-CN": "中文", "ja": "日本語", "zh-TW": "繁體中文", "ko": "한국어",
}  # fmt: skip
"""Every locale a person or guild can choose, with its own name (docs: reference, Locales)."""

_NEAREST = {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES"}
"""Locale to fall back to before the text as registered."""


def localized_text(said: Json, what: str, locale: str) -> str:
    """Return a command's, option's or choice's `name` or `description` in a locale."""
    told = said.get(f"{what}_localizations") or {}
    text: str = told.get(locale) or told.get(_NEAREST.get(locale, "")) or said.get(what) or ""
    return text


def localize(options: list[Json], locale: str) -> list[Json]:
    """Return options with localized names (as `shown`), descriptions and choices."""
    return [
        option
        | {
            "shown": localized_text(option, "name", locale),
            "description": localized_text(option, "description", locale),
        }
        | ({"choices": _choices(option["choices"], locale)} if option.get("choices") else {})
        for option in options
    ]


def _choices(choices: list[Json], locale: str) -> list[Json]:
    return [choice | {"name": localized_text(choice, "name", locale)} for choice in choices]


def localized_path(command: Json, path: str, locale: str) -> str:
    """Return a command's full path in a locale."""
    node, said = command, [localized_text(command, "name", locale)]
    # Only a slash command's name has no spaces of its own.
    for name in path.split(" ")[1:] if command["type"] == SLASH else ():
        node = next(
            each for each in node["options"] if each["name"] == name and each["type"] in (SUBCOMMAND, GROUP)
        )
        said.append(localized_text(node, "name", locale))
    return " ".join(said)
