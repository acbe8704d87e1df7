"""Names of new stories' folders, made from their titles."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_UNFIT = re.compile(r"[^\w]+")
_LONGEST = 60
_FALLBACK = "story"


def slug_from_title(title: str) -> str:
    """Return the folder name for a title: `The Lamplighters` becomes `the-lamplighters`, at most 60 characters."""
    plain = unicodedata.normalize("NFKC", title).casefold().replace("’", "").replace("'", "")
    slug = _UNFIT.sub("-", plain).strip("-_")[:_LONGEST].strip("-_")
    return slug or _FALLBACK


def free_slug(root: Path, title: str) -> str:
    """Return a name for a new story's folder that no other has, whatever its case."""
    taken = {path.name.casefold() for path in root.iterdir()} if root.is_dir() else set()
    slug = slug_from_title(title)
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free
