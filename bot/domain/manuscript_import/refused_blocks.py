"""Return of blocks whose removal the author refused to the chapters from which they were taken.

Every step works as if they were gone, so that a refusal changes no other decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.manuscript_import.heading_candidates import show_plain
from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.imported_titles import title_of_name
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock


def put_back(drafts: Sequence[ChapterDraft], source: Source, log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters with the refused blocks at their places.

    Those of a document without a chapter are a chapter of their own.
    """
    result = list(drafts)
    for number in range(len(source.documents)):
        blocks = sorted(log.kept(number), key=lambda block: block.line)
        mine = [at for at, draft in enumerate(result) if draft.document == number]
        if blocks and not mine:
            at = next((at for at, draft in enumerate(result) if draft.document > number), len(result))
            result.insert(at, _own_chapter(number, blocks, source))
            continue
        for block in blocks:
            at = next((at for at in reversed(mine) if result[at].line <= block.line), mine[0])
            result[at] = replace(result[at], blocks=_insert(result[at].blocks, block))
    return result


def _own_chapter(number: int, blocks: list[SourceBlock], source: Source) -> ChapterDraft:
    document = source.documents[number]
    title = document.title or title_of_name(document.name)
    if blocks[0].kind is BlockKind.HEADING and len(blocks) > 1:
        title = show_plain(blocks[0].text)
        blocks = blocks[1:]
    return ChapterDraft(number, tuple(blocks), title, footnotes=document.footnotes, line=1)


def _insert(blocks: tuple[SourceBlock, ...], block: SourceBlock) -> tuple[SourceBlock, ...]:
    """Put a block before those that stood below it; a line of verse goes back into its stanza."""
    at = next((at for at, each in enumerate(blocks) if each.line > block.line), len(blocks))
    before, after = list(blocks[:at]), list(blocks[at:])
    if before and _is_one_stanza(before[-1], block):
        block = _join(before.pop(), block)
    if after and _is_one_stanza(block, after[0]):
        block = _join(block, after.pop(0))
    return (*before, block, *after)


def _is_one_stanza(one: SourceBlock, other: SourceBlock) -> bool:
    return one.kind is other.kind is BlockKind.VERSE and one.last_line + 1 == other.line


def _join(one: SourceBlock, other: SourceBlock) -> SourceBlock:
    count = other.last_line - one.line + 1
    return replace(one, text=f"{one.text}\n{other.text}", line_count=count)
