"""Texts of `/follow` and `/unfollow`.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t

FOLLOW = "Get a story’s new chapters by direct message"
UNFOLLOW = "Stop getting a story’s chapters by direct message"
FOLLOWED_STORY = "A story you follow"


def follow_answer(title: str, *, news: bool) -> str:
    """Return the answer to `/follow`."""
    if not news:
        return t(
            "You already follow **{title}**: its new chapters come to your direct messages.", title=title
        )
    return t(
        "Done: new chapters of **{title}** come to your direct messages. To stop, use `/unfollow`.",
        title=title,
    )


def unfollow_answer(title: str) -> str:
    """Return the answer to `/unfollow`."""
    return t(
        "Done: **{title}** no longer comes to your direct messages. To get it again, use `/follow`.",
        title=title,
    )


def all_followed() -> str:
    """Return the label of the button that lists the stories one follows."""
    return t("What you follow")
