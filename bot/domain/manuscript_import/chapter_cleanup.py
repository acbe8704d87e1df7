"""Clean-up of chapters: what a site left around the text, and what belongs into front matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.manuscript_import.author_notes import AFTER, BEFORE, ChapterNotes, move_notes
from bot.domain.manuscript_import.chapter_top import (
    drop_titles,
    find_pov_names,
    mark_pov_changes,
    move_pov,
    move_warnings,
)
from bot.domain.manuscript_import.disclaimers import PLACE, MovedDisclaimer, move_disclaimers
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.line_editor import LineEditor
from bot.domain.manuscript_import.refused_blocks import put_back
from bot.domain.manuscript_import.site_furniture import drop_site_furniture
from bot.domain.manuscript_import.source_document import BlockKind, Source

_INITIALS = 2
"""Letters of a name in capitals that may be one, such as `JD`."""


def clean_chapters(drafts: Sequence[ChapterDraft], source: Source, log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters without pieces of a web page, with notes and points of view in their fields.

    A chapter of which nothing is left was none, and is left out.
    """
    editors = [
        LineEditor(draft.document, source.documents[draft.document], draft.blocks, log) for draft in drafts
    ]
    titles = [_titles(draft, source) for draft in drafts]
    warnings: list[tuple[str, ...]] = []
    for editor, names in zip(editors, titles, strict=True):
        drop_site_furniture(editor)
        drop_titles(editor, names)
        warnings.append(move_warnings(editor))
    disclaimers = move_disclaimers(editors)
    notes = [move_notes(editor) for editor in editors]
    for editor, names in zip(editors, titles, strict=True):
        drop_titles(editor, names)
        _drop_bare_ends(editor)
    pov_names = find_pov_names(editors)
    cleaned: list[ChapterDraft] = []
    for number, (draft, editor) in enumerate(zip(drafts, editors, strict=True)):
        pov = move_pov(editor, pov_names)
        mark_pov_changes(editor)
        result = _fill(draft, notes[number], disclaimers[number])
        result = replace(
            result,
            blocks=editor.blocks_with_refused(),
            pov=draft.pov or (pov and _write_name(pov)),
            warnings=(*draft.warnings, *(each for each in warnings[number] if each not in draft.warnings)),
        )
        cleaned.append(result)
    were_empty = {(draft.document, draft.line) for draft in drafts if not draft.blocks}
    return [
        draft
        for draft in put_back(cleaned, source, log)
        if draft.blocks or (draft.document, draft.line) in were_empty or draft.note_before or draft.note_after
    ]


def _write_name(name: str) -> str:
    """Return a person's name as it is written in a sentence: `Mara` for `MARA`."""
    return name.title() if name.isupper() and len(name) > _INITIALS else name


def _titles(draft: ChapterDraft, source: Source) -> list[str]:
    """Return what may stand above the text because the chapter, the book or its author is called so."""
    document = source.documents[draft.document]
    books = {
        each for each in (source.title, document.title if document.title != draft.title else None) if each
    }
    authors = {each for each in (source.author, document.author) if each}
    own = {each for each in (draft.title, draft.number, draft.part) if each}
    if draft.number and draft.title:
        own |= {f"{draft.number} {draft.title}"}
    by = {f"by {author}" for author in authors} | {
        f"{book} by {author}" for book in books for author in authors
    }
    return [*own, *books, *authors, *by]


def _drop_bare_ends(editor: LineEditor) -> None:
    """Take out scene breaks that have become the first or last of a chapter."""
    lines = editor.lines
    if not lines or not editor.has_changed:
        return
    reasons: dict[int, str] = {}
    reason = "a line between the text and what stood beside it"
    if lines[0].kind is BlockKind.SCENE_BREAK and lines[0].block > 0:
        reasons[0] = reason
    if lines[-1].kind is BlockKind.SCENE_BREAK and lines[-1].block < editor.block_count - 1:
        reasons[len(lines) - 1] = reason
    editor.drop(reasons)


def _fill(draft: ChapterDraft, notes: ChapterNotes, disclaimer: MovedDisclaimer | None) -> ChapterDraft:
    before, after = list(notes.before), list(notes.after)
    if disclaimer is not None and disclaimer.place == BEFORE:
        before.append(disclaimer.text)
    if disclaimer is not None and disclaimer.place == AFTER:
        after.append(disclaimer.text)
    story = disclaimer.text if disclaimer is not None and disclaimer.place == PLACE else None
    return replace(
        draft,
        note_before=_join([draft.note_before, *before]),
        note_after=_join([draft.note_after, *after]),
        disclaimer=draft.disclaimer or story,
    )


def _join(texts: Iterable[str | None]) -> str | None:
    return "\n\n".join(text for text in texts if text) or None
