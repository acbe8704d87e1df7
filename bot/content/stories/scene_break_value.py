"""Value of `scene_break` in `story.yaml`."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.pages.text_length import is_blank
from bot.domain.stories.scene_break_style import BLANK, LONGEST_SIGN, RULE
from bot.schemas.base import nearest_word, validation_error

_MEANT = {
    **dict.fromkeys(
        ("line", "hr", "rule", "ruler", "separator", "divider", "default", "yes", "linie", "dash"), RULE
    ),
    **dict.fromkeys(
        ("blank", "space", "empty", "gap", "none", "nothing", "no", "off", "leer", "spacer"), BLANK
    ),
}
_HOW = f"Write rule, blank, or signs of your own in quotes, such as “⁂” or “* * *”, up to {LONGEST_SIGN} of them."
_LEAST_WORD = 3
_UNQUOTED = re.compile(r"(?m)^scene_break[ \t]*:[ \t]+(?P<sign>~|#[^\n]*?)[ \t]*$")
"""What YAML takes for nothing, or for a comment."""


def find_unquoted_sign(story: str) -> str | None:
    """Return the sign that a `story.yaml` gives without quotes though YAML reads nothing there, or None."""
    found = _UNQUOTED.search(story) if "scene_break" in story else None
    return found["sign"] if found and is_scene_break_sign(found["sign"]) else None


def is_scene_break_sign(text: str) -> bool:
    """Return whether a text can be the sign of a scene break, and is no comment."""
    return len(text) <= LONGEST_SIGN and not any(char.isalnum() for char in text)


def scene_break_style(value: Any) -> str:
    """Return how a story shows its scene breaks: `rule`, `blank`, or the text to show.

    Raises:
        PydanticCustomError: The value is neither, or the text is empty, too long, or a word without any sign.
    """
    if not isinstance(value, (str, int, float)):
        raise validation_error("a scene break is one text", _HOW)
    text = str(value).strip()
    if text.casefold() in (RULE, BLANK):
        return text.casefold()
    if is_blank(text):
        raise validation_error("this text is empty", f"{_HOW} For a blank space write blank.")
    if len(text) > LONGEST_SIGN:
        raise validation_error(f"this has {len(text)} characters, and {LONGEST_SIGN} is the most", _HOW)
    if text.isalpha() and len(text) >= _LEAST_WORD and classify_scene_break(text) is None:
        raise validation_error(f"“{text}” is a word, which readers would see as one", _meant(text))
    return text


def _meant(word: str) -> str:
    near = nearest_word(word, list(_MEANT), likeness=0.7)
    if near is not None:
        return f"Did you mean “{_MEANT[near]}”? To show a word, put signs around it: “~ {word} ~”."
    return f"{_HOW} To show a word, put signs around it: “~ {word} ~”."
