"""The story that an import came into before, so that giving a source once more brings it up to date."""

from __future__ import annotations

from pathlib import Path

from bot.content.authoring.import_record import RECORD_FILE, paragraph_digests, read_record
from bot.domain.manuscript_import.imported_story import ImportedStory

_ALIKE = 0.3
"""Share of a chapter's paragraphs that are known when it was imported before; the rest may have been revised."""


def find_imported_story(root: Path, imported: ImportedStory) -> str | None:
    """Return the slug of the story below `root` that has most of these chapters from an import; None without any."""
    found: dict[str, int] = {}
    chapters = [set(paragraph_digests(each.body)) for each in imported.chapters]
    for record in sorted(root.glob(f"*/{RECORD_FILE}")):
        known = [set(each.paragraphs) for each in read_record(record.parent).values()]
        everything = set().union(*known)
        found[record.parent.name] = sum(
            bool(each) and len(each & everything) >= max(1, _ALIKE * len(each)) for each in chapters
        )
    best = max(found, key=lambda slug: found[slug], default=None)
    return best if best is not None and found[best] else None
