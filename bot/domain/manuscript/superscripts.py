"""Superscripts and subscripts: Discord has no mark for them, but Unicode has the digits and some letters."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ORDINALS = {
    "st": "ˢᵗ",
    "nd": "ⁿᵈ",
    "rd": "ʳᵈ",
    "th": "ᵗʰ",
    "er": "ᵉʳ",
    "re": "ʳᵉ",
    "e": "ᵉ",
    "o": "º",
    "a": "ª",
    "TM": "™",
}


def to_superscript(text: str) -> str | None:
    """Return the text in superscript, or None if one of its characters has none."""
    if text in _ORDINALS:
        return _ORDINALS[text]
    return text.translate(_RAISED) if all(ord(char) in _RAISED for char in text) else None


def to_subscript(text: str) -> str | None:
    """Return the text in subscript, or None if one of its characters has none."""
    return text.translate(_LOWERED) if all(ord(char) in _LOWERED for char in text) else None
