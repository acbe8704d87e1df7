"""Style in which a story shows its scene breaks."""

from __future__ import annotations

RULE = "rule"
"""A line from side to side."""

BLANK = "blank"
"""A blank space."""

ASTERISM = "⁂"
"""The sign of a scene break where neither a line nor a space can show one, as at the end of a page."""

LONGEST_SIGN = 40
"""Characters of a text shown as a scene break, at most."""


def scene_break_text(style: str) -> str | None:
    """Return the text that a style shows as a line of its own; None for a rule or a blank space."""
    return None if style in (RULE, BLANK) else style
