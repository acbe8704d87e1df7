"""Disclaimers, which go from the chapters to `story.yaml`, or to a chapter's own notes if it alone has one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.manuscript.web_pages.web_page_lines import SENTENCE_ENDS
from bot.domain.manuscript_import.author_notes import AFTER, BEFORE
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.note_phrases import (
    disclaims,
    find_disclaimer,
    find_note_label,
    is_bracketed,
    may_address_readers,
)
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait

PLACE = "disclaimer"
"""Place of a disclaimer of the whole story: the field of `story.yaml`."""

_TOP, _END = 8, 12
_MARKS = " \t*_"


class MovedDisclaimer(NamedTuple):
    """A disclaimer that was taken out of a chapter."""

    text: str
    place: str
    """`disclaimer`, or the note that it is a part of."""


class _Found(NamedTuple):
    first: int
    last: int
    text: str
    is_at_top: bool


def move_disclaimers(editors: Sequence[LineEditor]) -> list[MovedDisclaimer | None]:
    """Take out each chapter's disclaimer; return it, by chapter.

    The story's is that of the first chapter, or the one that every chapter with one has.
    """
    found = [_find(editor, has_others=False) for editor in editors]
    if any(found) and not all(found):
        found = [each or _find(editor, has_others=True) for each, editor in zip(found, editors, strict=True)]
    texts = {each.text for each in found if each is not None}
    story = found[0].text if found and found[0] is not None else texts.pop() if len(texts) == 1 else None
    result: list[MovedDisclaimer | None] = []
    for editor, each in zip(editors, found, strict=True):
        if each is None:
            result.append(None)
            continue
        place = PLACE if each.text == story else BEFORE if each.is_at_top else AFTER
        is_moved = editor.move("a disclaimer", each.first, each.last, place)
        result.append(MovedDisclaimer(each.text, place) if is_moved else None)
    return result


def story_disclaimer(drafts: Sequence[ChapterDraft]) -> str | None:
    """Return the disclaimer of the whole story, which is the same in every chapter that has one."""
    return next((draft.disclaimer for draft in drafts if draft.disclaimer), None)


def _find(editor: LineEditor, *, has_others: bool) -> _Found | None:
    """Return a chapter's disclaimer: above or below its text, or set apart from it.

    Args:
        editor: The chapter's lines.
        has_others: Set if other chapters have one, so that its first or last line is one whatever it says.
    """
    lines = editor.lines
    near = [*range(min(_TOP, len(lines))), *range(max(_TOP, len(lines) - _END), len(lines))]
    for index in near:
        line = lines[index]
        if not line.is_prose:
            continue
        beside = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
        is_apart = (
            is_bracketed(line.text)
            or not line.traits.isdisjoint(
                (BlockTrait.ALL_ITALIC, BlockTrait.ALL_BOLD, BlockTrait.AUTHOR_NOTE)
            )
            or any(each.kind is BlockKind.SCENE_BREAK for each in beside)
        )
        text = find_disclaimer(line.text, is_apart=is_apart)
        if text is None:
            continue
        last = index
        if not text and index + 1 < len(lines) and len(lines[index + 1].text) < 500:
            last, text = index + 1, lines[index + 1].text
        is_outer = not _has_text(lines[:index]) or not _has_text(lines[last + 1 :])
        says_so = disclaims(text) or (has_others and (index == 0 or last == len(lines) - 1))
        if not says_so or not (is_outer or is_apart):
            continue
        if text and len(lines) > last - index + 1:
            return _Found(index, last, text, index < min(_TOP, len(lines) / 2))
    return None


def _has_text(lines: Sequence[BlockLine]) -> bool:
    """Return whether some lines at an end of a chapter have any of its text, other than titles and notes."""
    if len(lines) > _END:
        return True
    label = next((at for at, line in enumerate(lines) if find_note_label(line.text) is not None), len(lines))
    if label < len(lines):
        lines = lines[:label]
    return any(
        line.is_prose
        and line.text.rstrip(_MARKS)[-1:] in tuple(SENTENCE_ENDS)
        and not may_address_readers(line.text)
        for line in lines
    )
