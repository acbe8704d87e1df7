"""Traces of typing that no reader sees: blanks in a row, tabs, paragraphs of nothing but blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.manuscript_import.source_document import BlockKind, SourceBlock

_INVISIBLE = " \t\r\n\u00a0\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad"
_ENTITY_BLANKS = re.compile(r"&nbsp;|&#160;|&#xa0;|&emsp;|&ensp;", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*\t[ \t]*| {2,}")


def is_blank(block: SourceBlock) -> bool:
    """Return whether a paragraph has nothing that shows."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    text = block.text
    if "&" in text and len(text) < 100:
        text = _ENTITY_BLANKS.sub(" ", text)
    return not text.strip(_INVISIBLE)


def tidy_blocks(blocks: Sequence[SourceBlock]) -> tuple[SourceBlock, ...]:
    """Return paragraphs and headings with one blank for several; verse keeps its indents."""
    return tuple(map(_tidy, blocks))


def _tidy(block: SourceBlock) -> SourceBlock:
    text = block.text
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or ("  " not in text and "\t" not in text):
        return block
    tidied = "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return block if tidied == text else replace(block, text=tidied)
