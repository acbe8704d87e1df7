"""Texts of blocking a suggester.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t

BLOCK = "Stop taking ideas for a story from the person who sent this one"
BLOCK_NUMBER = "The number of one of their ideas"
BLOCK_UNDO = "Undo the block you made with that number"


def block_answer(one: int, story: str) -> str:
    """Return the answer to `/author block`.

    It is the same if they were blocked before: otherwise it would tell that two suggestions are by one person.
    """
    return t(
        "Done: the person who sent idea **{number}** can send no more ideas for **{story}**. "
        "Their earlier ideas stay. To undo this, use `/author block` with `undo`.",
        number=one,
        story=story,
    )


def unblock_answer(one: int, story: str) -> str:
    """Return the answer to `/author block` with `undo`."""
    return t(
        "Done: the block with idea **{number}** is lifted. The person who sent it can send "
        "ideas for **{story}** again, unless you also blocked them with another idea.",
        number=one,
        story=story,
    )


def block_button() -> str:
    """Return the label of the button that blocks a suggester."""
    return t("Block this person")
