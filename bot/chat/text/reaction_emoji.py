"""Emoji of the reactions that control a post."""

from __future__ import annotations

BACK = "◀️"
ON = "▶️"
STAR = "⭐"

_SELECTOR = "\ufe0f"


def bare(emoji: str) -> str:
    """Remove the variation selector, which clients and the API set or omit inconsistently."""
    return emoji.replace(_SELECTOR, "")


STEPS = {bare(BACK): -1, bare(ON): 1}
"""Pages to turn, by the bare form of the emoji."""

CONTROLS = frozenset({*STEPS, bare(STAR)})


def controls(*, turnable: bool) -> tuple[str, ...]:
    """Return the reactions that the bot adds to a post, in order."""
    return (BACK, ON, STAR) if turnable else (STAR,)
