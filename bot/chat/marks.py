"""The mark by which the bot finds a post of its own: the numeric id of the post's container, or, in plain messages, a
line of small print.

A component's id is a 32-bit integer that the bot may choose; those it leaves out Discord numbers from 1 (docs:
components/reference, Anatomy of a Component). A message has at most 40 components, so ids from `BASE` on are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BASE = 1_000
_ROOM = 2**31 - BASE
_CONTAINER = 17
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def container_id(marker: int) -> int | None:
    """The container's id for a marker; None for marker 0, a post that nobody will look for."""
    return BASE + marker % _ROOM if marker else None


def small_print(marker: int) -> str:
    """The line with a short code that ends a plain message; empty for marker 0."""
    return f"-# ⁂ {_base36(marker)}" if marker else ""


def bears(message: Mapping[str, Any], author_id: int, marker: int) -> bool:
    """Whether a message, as REST tells it, is the author's own with that marker."""
    if int(message["author"]["id"]) != author_id or not marker:
        return False
    wanted = container_id(marker)
    if str(message.get("content") or "").rstrip().endswith(f"\n{small_print(marker)}"):
        return True
    return any(
        component.get("type") == _CONTAINER and component.get("id") == wanted
        for component in message.get("components") or ()
    )


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
