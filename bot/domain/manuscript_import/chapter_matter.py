"""Fields of chapters that the front matter of their file has already, as in a folder that Fascicle exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.manuscript_import.imported_story import ChapterDraft


def fill_from_matter(drafts: Sequence[ChapterDraft], matter: Mapping[str, object]) -> list[ChapterDraft]:
    """Return the chapters of a file with what its front matter says of them.

    What stands before the text belongs to the first chapter, the note after it to the last; a time and a mark as draft
    belong to all.
    """
    if not drafts or not matter:
        return list(drafts)
    publish_at, is_draft = (
        _text(matter.get("publish_at")),
        matter.get("draft") in (True, "true", "True", "yes"),
    )
    filled = [
        replace(draft, publish_at=draft.publish_at or publish_at, draft=draft.draft or is_draft)
        for draft in drafts
    ]
    first = filled[0]
    filled[0] = replace(
        first,
        note_before=first.note_before or _text(matter.get("note_before")),
        disclaimer=first.disclaimer or _text(matter.get("disclaimer")),
        pov=first.pov or _text(matter.get("pov")),
        warnings=first.warnings or _texts(matter.get("warnings")),
    )
    filled[-1] = replace(filled[-1], note_after=filled[-1].note_after or _text(matter.get("note_after")))
    return filled


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float)) and value is not True else None


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(text for each in values if (text := _text(each)))
