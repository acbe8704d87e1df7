"""Texts of a story's suggestion board.

Seen by: authors, everyone in the channel.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t

BOARD = "Show a story’s most supported ideas in a channel, always up to date"
BOARD_CHANNEL = "The channel for the board"


def title(story: str) -> str:
    """Return the heading of a board."""
    return t("### 💡 Ideas for {story}", story=story)


def count(count: int) -> str:
    """Return the number of open suggestions."""
    return n(
        "-# {count} open idea. Press its button to support it.",
        "-# {count} open ideas. Press a button to support one.",
        count,
    )


def empty() -> str:
    """Return the text of a board without suggestions."""
    return t("There are no open ideas yet. Be the first with `/suggest`.")


def line(one: int, text: str) -> str:
    """Return the line of a suggestion."""
    return t("**{number}** · {idea}", number=one, idea=text)


def made_under(chapter: str) -> str:
    """Return the chapter of a suggestion, behind a spoiler: a title may give something away."""
    return t("-# under ||{chapter}||", chapter=chapter)


def more() -> str:
    """Return the line that leads to the suggestions left out."""
    return t("-# See all with `/suggestions top`, or send your own with `/suggest`.")


def board_answer(story: str, channel: int) -> str:
    """Return the answer to `/author board`.

    Seen by: authors.
    """
    return t(
        "Done: the most supported ideas for **{story}** appear on a board in <#{channel}>, "
        "and I keep it up to date. To move it to the end of the channel, use the same "
        "command again.",
        story=story,
        channel=channel,
    )


def fault(channel: int, reason: str) -> str:
    """Return the problem of another board of the story.

    Seen by: authors.
    """
    return t("-# ⚠️ The board in <#{channel}> cannot be updated: {reason}", channel=channel, reason=reason)


def remove_answer() -> str:
    """Return the answer after a board was removed.

    Seen by: authors.
    """
    return t("Done: the board is removed. To make a new one, use `/author board`.")


def remove_button() -> str:
    """Return the label of the button that removes a board.

    Seen by: authors.
    """
    return t("Remove the board")
