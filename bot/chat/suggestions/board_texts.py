"""Texts of a story's suggestion board.

Seen by: authors, everyone in the channel.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t

BOARD = "Show the best ideas for a story in a channel, always current"
BOARD_CHANNEL = "Where the board goes"


def title(story: str) -> str:
    """Return the heading of a board."""
    return t("### 💡 Ideas for {story}", story=story)


def count(count: int) -> str:
    """Return the number of open suggestions."""
    return n(
        "-# {count} open idea. Press to support one.", "-# {count} open ideas. Press to support one.", count
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
    return t("-# `/suggestions top` shows all of them; suggest another with `/suggest`.")


def board_answer(story: str, channel: int) -> str:
    """Return the answer to `/author board`."""
    return t(
        "Done: the best ideas for **{story}** appear in <#{channel}>, and I keep them current. "
        "The same command moves the board to the channel’s end.",
        story=story,
        channel=channel,
    )


def fault(channel: int, reason: str) -> str:
    """Return the problem of another board of the story."""
    return t("-# ⚠️ The board in <#{channel}> cannot be updated: {reason}", channel=channel, reason=reason)


def remove_answer() -> str:
    """Return the answer after a board was removed."""
    return t("Done: the board is gone. `/author board` makes one again.")


def remove_button() -> str:
    """Return the label of the button that removes a board."""
    return t("Remove the board")
