"""The controls under a post."""

from __future__ import annotations

BACK = "◀️"
ON = "▶️"
STAR = "⭐"

_SELECTOR = "\ufe0f"


def bare(emoji: str) -> str:
    """Without the variation selector, which clients and API set or leave out as they please."""
    return emoji.replace(_SELECTOR, "")


STEPS = {bare(BACK): -1, bare(ON): 1}
"""By how many pages each control turns, by its bare form."""

CONTROLS = frozenset({*STEPS, bare(STAR)})


def controls(*, turnable: bool) -> tuple[str, ...]:
    """What the bot adds under a post, in order."""
    return (BACK, ON, STAR) if turnable else (STAR,)
