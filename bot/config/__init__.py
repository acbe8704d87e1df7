"""Configuration: YAML and environment become frozen settings, with all faults at once."""

from bot.config.loading import DEFAULT_FILE, ConfigErrors, load_settings, unknown_variables
from bot.config.secret import MissingToken, Secret, load_token, world_readable_token_file
from bot.config.settings import Settings

__all__ = [
    "DEFAULT_FILE",
    "ConfigErrors",
    "MissingToken",
    "Secret",
    "Settings",
    "load_settings",
    "load_token",
    "unknown_variables",
    "world_readable_token_file",
]
