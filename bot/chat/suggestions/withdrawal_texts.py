"""Texts of the question before an idea is taken back.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def question(number: int, story: str) -> str:
    """Return the question before an idea is taken back."""
    return t("Withdraw idea **{number}** for **{story}**? That can’t be undone.", number=number, story=story)


def supporters_lost(count: int) -> str:
    """Return the line about the people behind the idea."""
    return n(
        "{count} person supports it, and will be told.", "{count} people support it, and will be told.", count
    )


def withdraw_button() -> str:
    """Return the label of the button that takes the idea back."""
    return t("Withdraw it")


def keep_button() -> str:
    """Return the label of the button that keeps it."""
    return t("Keep it")


def kept(number: int) -> str:
    """Return the answer after deciding to keep it."""
    return t("OK, idea **{number}** stays.", number=number)
