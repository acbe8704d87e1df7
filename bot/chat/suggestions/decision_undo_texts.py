"""Texts of undoing a decision.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def undo_button() -> str:
    """Return the label of the button that undoes a decision."""
    return t("Undo")


def decided(number: int, state: str, stamp: int) -> str:
    """Return the answer after a decision that can be undone."""
    return t(
        "Idea **{number}** is {state} now. I will tell the person who sent it <t:{stamp}:R>. Until then you can "
        "undo it.",
        number=number,
        state=state,
        stamp=stamp,
    )


def decided_for_later(number: int, state: str, stamp: int) -> str:
    """Return the answer after a use in a chapter that is not out."""
    return t(
        "Idea **{number}** is {state} now. I will tell the person who sent it when that chapter is out. "
        "You can undo it until <t:{stamp}:T>.",
        number=number,
        state=state,
        stamp=stamp,
    )


def undone(number: int, state: str) -> str:
    """Return the answer after an undo."""
    return t(
        "Undone: idea **{number}** is {state}, as it was before. Nobody was told anything.",
        number=number,
        state=state,
    )


def undo_until(stamp: int) -> str:
    """Return the line under an idea whose last decision can be undone.

    Seen by: authors, everyone in the channel.
    """
    return t("-# ↩️ Readers don’t know yet. Undo works until <t:{stamp}:T>.", stamp=stamp)
