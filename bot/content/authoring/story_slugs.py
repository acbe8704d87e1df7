"""Names of new stories' folders, made from their titles."""

from __future__ import annotations

from pathlib import Path

from bot.content.authoring.chapter_file_names import free_name, name_from_title


def slug_from_title(title: str) -> str:
    """Return the folder name for a title: `The Lamplighters` becomes `the-lamplighters`, at most 60 characters."""
    return name_from_title(title, fallback="story", marks=False)


def free_slug(root: Path, title: str) -> str:
    """Return a name for a new story's folder that no other has, whatever its case."""
    return free_name(slug_from_title(title), (path.name for path in root.iterdir()) if root.is_dir() else ())
