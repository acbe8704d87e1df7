"""Clean-up of whole documents, before they are split into chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.manuscript_import.book_matter import drop_book_matter
from bot.domain.manuscript_import.contents_splitting import find_contents_starts
from bot.domain.manuscript_import.doubled_passages import drop_doubled_passages, drop_repeated_paragraphs
from bot.domain.manuscript_import.front_pages import is_front_page
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.line_editor import LineEditor
from bot.domain.manuscript_import.listed_footnotes import gather_listed_footnotes
from bot.domain.manuscript_import.page_furniture import drop_page_furniture
from bot.domain.manuscript_import.site_furniture import drop_site_furniture
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    ContentsEntry,
    Source,
    SourceBlock,
    SourceDocument,
)
from bot.domain.manuscript_import.typing_cleanup import is_blank, tidy_blocks
from bot.domain.manuscript_import.work_preface import move_page_summary, move_work_preface

_REASONS = {
    BlockTrait.HIDDEN: "text that the page hides from its readers",
    BlockTrait.NAVIGATION: "a part of the web page around the text, such as a menu or comments",
    BlockTrait.CONTENTS_LINE: "a line of the table of contents",
}


def clean_documents(source: Source, log: DecisionLog) -> Source:
    """Take out what belongs to no chapter, such as menus and hidden text.

    The source's table of contents keeps pointing to the blocks that it names, or to the next that is left.
    """
    cleaned: list[SourceDocument] = []
    kept: list[Sequence[int]] = []
    first = min(find_contents_starts(source), default=0)
    for number, document in enumerate(source.documents):
        if number < first and is_front_page(document.blocks):
            # A book's reader marks all pages before the text; this one is the author's.
            document = replace(document, blocks=tuple(map(_as_text, document.blocks)))
        document = gather_listed_footnotes(number, document, log)
        blocks, origins = _clean_document(number, document, log)
        cleaned.append(replace(document, blocks=blocks))
        kept.append(origins)
    contents = tuple(_follow(entry, kept) for entry in source.contents)
    return replace(source, documents=tuple(cleaned), contents=contents)


def _clean_document(
    number: int, document: SourceDocument, log: DecisionLog
) -> tuple[tuple[SourceBlock, ...], Sequence[int]]:
    """Return the blocks that are left, and the index of the block that each of them was."""
    shown = [index for index, block in enumerate(document.blocks) if not is_blank(block)]
    editor = LineEditor(number, document, [document.blocks[index] for index in shown], log)
    move_page_summary(editor)
    editor.drop(_marked_lines(editor))
    move_work_preface(editor)
    drop_book_matter(editor)
    drop_page_furniture(editor)
    drop_doubled_passages(editor)
    drop_site_furniture(editor)
    if editor.has_changed:
        drop_repeated_paragraphs(editor)
    log.keep(number, editor.refused_blocks())
    left = sorted({line.block for line in editor.lines})
    return tidy_blocks(editor.blocks()), [shown[index] for index in left]


def _marked_lines(editor: LineEditor) -> dict[int, str]:
    """Return the lines that their source marks as no part of the text."""
    marked = {
        index: reason
        for index, line in enumerate(editor.lines)
        if line.traits
        for trait, reason in _REASONS.items()
        if trait in line.traits and line.kind is not BlockKind.SCENE_BREAK
    }
    if len(marked) == len(editor.lines) and set(marked.values()) == {_REASONS[BlockTrait.NAVIGATION]}:
        return dict.fromkeys(marked, "a page that is no chapter, such as a cover or an imprint")
    return marked


def _as_text(block: SourceBlock) -> SourceBlock:
    return replace(block, traits=block.traits - {BlockTrait.NAVIGATION})


def _follow(entry: ContentsEntry, kept: Sequence[Sequence[int]]) -> ContentsEntry:
    if not 0 <= entry.document < len(kept):
        return entry
    origins = kept[entry.document]
    block = next((index for index, origin in enumerate(origins) if origin >= entry.block), len(origins))
    return replace(entry, block=block)
