"""Fields of chapters that the front matter of their file has already, as in a folder that Fascicle exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.manuscript_import.imported_story import ChapterDraft


def fill_from_matter(drafts: Sequence[ChapterDraft], matter: Mapping[str, object]) -> list[ChapterDraft]:
    """Return the chapters of a file with what its front matter says of them.

    What stands before the text belongs to the first chapter, the note after it to the last, the mark as a draft to all.
    A time and whose point of view it is are known of one chapter only.
    """
    if not drafts or not matter:
        return list(drafts)
    said = {key.replace("-", "_").replace(" ", "_"): value for key, value in matter.items()}
    is_draft = said.get("draft") in (True, "true", "True", "yes")
    filled = [replace(draft, draft=draft.draft or is_draft) for draft in drafts]
    first = filled[0]
    filled[0] = replace(
        first,
        note_before=_text(said.get("note_before")) or first.note_before,
        disclaimer=first.disclaimer or _text(said.get("disclaimer")),
        warnings=first.warnings or _texts(said.get("warnings")),
    )
    if len(filled) == 1:
        filled[0] = replace(
            filled[0],
            pov=first.pov or _text(said.get("pov")),
            publish_at=first.publish_at or _text(said.get("publish_at")),
        )
    filled[-1] = replace(filled[-1], note_after=_text(said.get("note_after")) or filled[-1].note_after)
    return filled


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float)) and value is not True else None


def _texts(value: object) -> tuple[str, ...]:
    values = value.split(",") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    return tuple(text for each in values if (text := _text(each)))
