"""A chapter as the page opens it: its saved text, its draft, and the pages of the one that is shown."""

from __future__ import annotations

from typing import Any

from bot.desk.desk import Desk
from bot.desk.desk_content import DeskStory
from bot.desk.draft_store import Draft
from bot.schemas.text_file import UnreadableFile


def read_chapter(desk: Desk, slug: str, file: str) -> dict[str, Any]:
    """Return a chapter's saved text with its version, and its draft or None.

    Raises:
        OSError: the file cannot be read.
        UnreadableFile: it is no text.
    """
    saved = desk.files.read_text(slug, file)
    draft = desk.drafts.read(slug, file)
    return {
        "text": saved.text,
        "version": saved.version,
        "draft": None if draft is None else show_draft(draft),
    }


def show_draft(draft: Draft) -> dict[str, Any]:
    """Return a draft as the page knows it."""
    return {"text": draft.text, "base": draft.base, "draft": draft.version}


def open_chapter(desk: Desk, story: DeskStory, file: str) -> dict[str, Any] | None:
    """Return a chapter with the pages of its draft, or of its saved text, so that the page need not ask for them.

    Without a `file` it is the story's first. None for one that is not there or cannot be read: the page asks for that
    again by itself, and gets the reason.
    """
    parts = story.loaded.parts
    found = next((part.file for part in parts if file in ("", part.file)), None)
    if found is None:
        return None
    try:
        read = read_chapter(desk, story.slug, found)
    except (OSError, UnreadableFile):
        return None
    shown = (read["draft"] or read)["text"]
    return {"file": found, **read, "look": desk.pages.look(story, found, shown, ())}
