"""Configuration: YAML and environment become frozen settings; every fault at once."""

from bot.config.loading import DEFAULT_FILE, ConfigErrors, load_settings, stray_variables
from bot.config.secret import Secret, TokenMissing, file_for_all, load_token
from bot.config.settings import Settings

__all__ = [
    "DEFAULT_FILE",
    "ConfigErrors",
    "Secret",
    "Settings",
    "TokenMissing",
    "file_for_all",
    "load_settings",
    "load_token",
    "stray_variables",
]
