"""Texts of a chapter's preview.

Seen by: authors.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import n, t

PREVIEW = "See a chapter as readers will see it"
PREVIEW_CHAPTER = "The chapter; it need not be out yet"


def title(released: bool) -> str:
    """Return the line above a preview."""
    if released:
        return t("-# 👁️ Preview of the chapter’s file as it is now. Only you see this, and it is not counted.")
    return t("-# 👁️ Preview of a chapter that is not out yet. Only you see this, and it is not counted.")


def faults(found: Sequence[str], more: int) -> str:
    """Return the faults in the story's files, and the number of those left out."""
    head = t("⚠️ The files have errors. You see the last version that worked:")
    lines = [f"- {fault}" for fault in found]
    if more:
        lines.append(n("- and {count} more", "- and {count} more", more))
    return "\n".join([head, *lines])
