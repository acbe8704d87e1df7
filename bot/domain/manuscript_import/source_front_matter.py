"""Front matter that a source has already, such as a story that was exported: its fields go with its chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import SourceDocument


def with_front_matter(document: SourceDocument, drafts: Sequence[ChapterDraft]) -> Sequence[ChapterDraft]:
    """Return a document's chapters with the fields that its front matter states for a chapter.

    Notes frame the whole document. What is true of one chapter only is left out where there are several.
    """
    matter = {key.replace("-", "_").replace(" ", "_"): value for key, value in document.matter.items()}
    if not matter or not drafts:
        return drafts
    filled = list(drafts)
    if len(filled) == 1:
        filled[0] = replace(
            filled[0],
            pov=filled[0].pov or _text(matter, "pov"),
            warnings=filled[0].warnings or _texts(matter, "warnings"),
            publish_at=filled[0].publish_at or _text(matter, "publish_at"),
        )
    filled[0] = replace(filled[0], note_before=_text(matter, "note_before") or filled[0].note_before)
    filled[-1] = replace(filled[-1], note_after=_text(matter, "note_after") or filled[-1].note_after)
    return filled


def _text(matter: Mapping[str, object], key: str) -> str | None:
    value = matter.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _texts(matter: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = matter.get(key)
    found = value.split(",") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    return tuple(text for each in found if isinstance(each, str) and (text := each.strip()))
