"""Custom ids of the buttons of `/help` that no other message has.

They follow the rules of `bot.chat.interactions.custom_ids`.
"""

from __future__ import annotations

HELP = r"help:(?P<topic>[a-z]{2,12})"
"""The buttons between topics."""

NEW_IDEAS = "queue:home:0:0:nn-q::-:"
"""Shows the first new idea for any of the author's stories, as `QueuePosition().button("home")` does."""


def show_help(topic: str) -> str:
    """Show that topic of the help."""
    return f"help:{topic}"
