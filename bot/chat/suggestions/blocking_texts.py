"""Texts of blocking a suggester.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t

BLOCK = "Take no more ideas for a story from whoever made this one"
BLOCK_NUMBER = "The number of an idea of theirs"
BLOCK_UNDO = "Undo the block made with that number"


def block_answer(one: int, story: str) -> str:
    """Return the answer to `/author block`.

    It is the same if they were blocked before: otherwise it would tell that two suggestions are by one person.
    """
    return t(
        "Done: whoever made idea **{number}** can send no more ideas for **{story}**. Those they sent stay. "
        "`/author block` with `undo` takes it back.",
        number=one,
        story=story,
    )


def unblock_answer(one: int, story: str) -> str:
    """Return the answer to `/author block` with `undo`."""
    return t(
        "Done: the block made with idea **{number}** is gone. Whoever made it can send ideas for **{story}** again, "
        "unless you blocked another of theirs too.",
        number=one,
        story=story,
    )


def block_button() -> str:
    """Return the label of the button that blocks a suggester."""
    return t("Block its maker")
