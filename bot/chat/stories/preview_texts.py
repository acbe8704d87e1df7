"""Texts of a chapter's preview."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import n, t

PREVIEW = "See a chapter as readers will see it, from its file as it is now"
PREVIEW_CHAPTER = "The chapter, also one that is not out yet"


def title(released: bool) -> str:
    """Return the line above a preview."""
    if released:
        return t("-# 👁️ Preview: the chapter as its file is now. Only you see this, and nothing is recorded.")
    return t("-# 👁️ Preview of a chapter that is not out. Only you see this, and nothing is recorded.")


def faults(found: Sequence[str], more: int) -> str:
    """Return the faults in the story's files, and the number of those left out."""
    head = t("⚠️ The files have faults; you see what was last sound:")
    lines = [f"- {fault}" for fault in found]
    if more:
        lines.append(n("- and {count} more", "- and {count} more", more))
    return "\n".join([head, *lines])
