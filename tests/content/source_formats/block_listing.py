"""Listing of blocks for comparison: one string for each block, with all that clean-up and splitting go by."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.manuscript_import.source_document import SourceBlock, SourceDocument


def list_blocks(blocks: Iterable[SourceBlock]) -> list[str]:
    """Return `kind level (traits): text` for each block."""
    listed = []
    for block in blocks:
        level = f" {block.level}" if block.level else ""
        traits = f" ({', '.join(sorted(block.traits))})" if block.traits else ""
        listed.append(f"{block.kind}{level}{traits}: {block.text}")
    return listed


def assert_lines_fit(document: SourceDocument) -> None:
    """Assert that the blocks point into the document's lines, one after the other."""
    for block in document.blocks:
        assert block.line >= 1
        assert block.last_line <= len(document.lines)
