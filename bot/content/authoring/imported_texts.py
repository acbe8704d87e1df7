"""Texts of the files that an import writes: a chapter with its front matter, and `story.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.content.authoring.front_matter_edit import change_front_matter, change_keys
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory

_FIELDS = ("title", "part", "pov", "publish_at", "note_before", "note_after")

_HINTS = """
# rating: general          # general, teen, mature or explicit
# tags: [fantasy]
"""
STORY_HINTS = f"""{_HINTS}# release:
#   schedule: tue, fri at 18:00
#   timezone: Europe/London
"""
"""Comments at the end of a new `story.yaml`."""


def chapter_matter(chapter: ImportedChapter) -> dict[str, Any]:
    """Return the front matter of a chapter as keys and values."""
    found: dict[str, Any] = {name: value for name in _FIELDS if (value := getattr(chapter, name))}
    if chapter.warnings:
        found["warnings"] = list(chapter.warnings)
    if chapter.draft:
        found["draft"] = True
    return found


def chapter_text(chapter: ImportedChapter, body: str) -> str:
    """Return the text of a chapter's file."""
    matter = change_keys("", chapter_matter(chapter))
    return f"---\n{matter}---\n{body}"


def draft_text(text: str) -> str:
    """Return a chapter's text as that of a draft."""
    return change_front_matter(text, {"draft": True})


def story_file_text(imported: ImportedStory, settings: Mapping[str, Any], slug: str) -> str:
    """Return the text of a new story's `story.yaml`, with what is worth setting as comments."""
    title = imported.title or slug.replace("-", " ").replace("_", " ").title()
    stated: dict[str, Any] = {
        "title": title,
        "authors": [{"name": imported.author}] if imported.author else None,
        "summary": imported.summary,
        "language": imported.language,
        "disclaimer": imported.disclaimer,
    }
    given = {name: value for name, value in {**stated, **settings}.items() if value is not None}
    hints = _HINTS if any(name.startswith("release") for name in given) else STORY_HINTS
    return change_keys("", given) + hints
