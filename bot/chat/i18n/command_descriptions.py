"""Descriptions shared by the slash commands of several subjects, in English and of 100 characters at most.

The other descriptions are in the `_texts` module of their subject. All are plain strings: Discord gets every language
at once when the commands are registered (see `bot.chat.i18n.command_translator`).
"""

from __future__ import annotations

AUTHOR = "For authors: ideas, release times, statistics"
"""The group `/author`."""

AUTHOR_STORY = "Your story"
"""The option `story` of a command for authors."""

STORY_OPTION = "The story"
"""The option `story` of a command for readers."""
